"""What follows from deeds: those concerned are told."""

from cop_site.activity.listening import AGAIN, listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.forums.models import Post, Topic

from . import actions
from .choices import Reason
from .selectors import deciding, gathering, telling

AT_ONCE = 500  # people told of a post before other listeners get their turn


@listens_to(Verb.STARTED_TOPIC, Verb.REPLIED)
def follow_what_one_writes_in(activity: Activity) -> None:
    """Whoever writes in a topic wishes to hear how it goes on, also while her words wait."""
    posts = Post.objects.unscoped("its author follows the topic").select_related("topic", "pseudonym")
    chosen = {"topic": activity.subject_id} if activity.verb == Verb.STARTED_TOPIC else {"pk": activity.subject_id}
    post = posts.filter(**chosen).order_by("pk").first()
    if post and (person := telling.author_of(post)):
        actions.watch_by_writing(person, post.topic)


@listens_to(Verb.MERGED_TOPICS, Verb.SPLIT_TOPIC)
def follow_where_the_posts_went(activity: Activity) -> None:
    """Followers go with a topic that was merged; of one that was split, those whose own posts went."""
    topics = Topic.objects.unscoped("its followers go on following")
    if activity.verb == Verb.MERGED_TOPICS:
        actions.carry_watches(topics.get(pk=activity.facts["merged"]), topics.get(pk=activity.subject_id))
        return
    moved = Post.objects.unscoped("their authors go on following").filter(pk__in=activity.facts["posts"]).select_related("pseudonym")
    authors = {person for post in moved if (person := telling.author_of(post))}
    actions.carry_watches(topics.get(pk=activity.subject_id), topics.get(pk=activity.facts["made"]), authors)


@listens_to(Verb.STARTED_TOPIC, Verb.REPLIED, Verb.RELEASED_POST, Verb.EDITED_POST)
def tell_of_a_post(activity: Activity) -> str | None:
    """Those whom a post answers, names or calls, then those who follow. What waits is told when it is let through."""
    post = telling.post_told_of(activity)
    if post is None:
        return None
    in_person = telling.in_person(post)
    if activity.verb == Verb.EDITED_POST or (activity.verb == Verb.RELEASED_POST and telling.was_told_before(post, activity)):
        actions.tell(in_person[Reason.MENTIONED], Reason.MENTIONED, of=activity, post=post)
        return None
    for reason, people in in_person.items():
        actions.tell(people, reason, of=activity, post=post)
    watchers = list(telling.watchers(post)[:AT_ONCE])
    actions.tell(watchers, Reason.WATCHED, of=activity, post=post)
    return AGAIN if len(watchers) == AT_ONCE else None


@listens_to(*deciding.OF_POSTS, *deciding.OF_TOPICS, *deciding.OF_NAMES, *deciding.OF_CASES)
def tell_of_a_decision(activity: Activity) -> None:
    """Whoever wrote something hears what others decided about it, and finds why."""
    for people, about in deciding.concerned(activity):
        actions.tell(telling.in_good_standing(people), Reason.DECIDED, of=activity, **about)


@listens_to(*deciding.OF_PRACTICES, *deciding.OF_OTHER_ROWS)
def tell_of_a_decision_elsewhere(activity: Activity) -> None:
    """The same in the library and the directory, which mail by themselves."""
    for people, about in deciding.concerned(activity):
        actions.tell(telling.in_good_standing(people), Reason.DECIDED, of=activity, by_mail=False, **about)


@listens_to(Verb.DECIDED_CASE)
def tell_of_what_was_reported(activity: Activity) -> None:
    """Whoever reported something hears that it was looked at, and nothing of what became of whom."""
    people = telling.in_good_standing(deciding.reporters(activity.subject))
    actions.tell(people, Reason.LOOKED_AT, of=activity, decision=activity.subject)


@listens_to(*gathering.SENTENCES)
def tell_of_an_event(activity: Activity) -> None:
    """Whoever is invited, moves up or comes hears of it, where she sees the event."""
    event = gathering.event_of(activity)
    if event is None:
        return
    concerned = gathering.concerned(activity).filter(gathering.who_may_hear(activity, event))
    actions.tell(telling.in_good_standing(set(concerned.values_list("pk", flat=True))), Reason.GATHERING, of=activity, event=event)
