"""Who hears of a post, and why: readers only, nobody of her own words, nobody twice, nobody who muted it."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cop_site.accounts.blocking import blocked_people_of, who_block
from cop_site.accounts.models import SYSTEM_HANDLE, User
from cop_site.accounts.policy import people_for_circles
from cop_site.accounts.readers import readers_of
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.forums.models import CallWish, Mention, Post, Pseudonym, Topic
from cop_site.forums.policy import KIND
from cop_site.forums.selectors.firsts import with_first_post

from ..choices import NEWS_BY_ITSELF, Reason, Tag
from ..models import Notification, Watch
from .gathering import concerns_still


def author_of(post: Post | None) -> int | None:
    """The person behind a post, under whichever name it stands. For telling that person alone."""
    if post is None:
        return None
    return post.pseudonym.person_id if post.pseudonym else post.author_id


def starter_of(topic: Topic) -> int | None:
    """The person who began a topic, under whichever name. For telling that person alone.

    Its posts may stand elsewhere by now; the first name that it had stays with it.
    """
    if topic.starter_id:
        return topic.starter_id
    of_it = Activity.objects.filter(subject_type=ContentType.objects.get_for_model(Topic), subject_id=topic.pk)
    begun = of_it.filter(verb=Verb.STARTED_TOPIC).select_related("actor").first()
    if begun is None:  # split off from another
        return author_of(with_first_post(topic).first_post)  # type: ignore[attr-defined]
    first = Pseudonym.objects.filter(topic=topic).order_by("pk").first() if is_sealed(begun) else None
    return first.person_id if first else None


def is_sealed(activity: Activity) -> bool:
    """Whether somebody did it under another name: then the journal says that it was the system."""
    return activity.actor.handle == SYSTEM_HANDLE


def post_told_of(activity: Activity) -> Post | None:
    """The post of a deed as it is now, with its topic and forum; None where readers do not find it."""
    rows = Post.objects.unscoped("readers are told of it, each asked for her rights")
    rows = rows.select_related("topic__forum", "pseudonym", "reply_to__pseudonym")
    if activity.verb == Verb.STARTED_TOPIC:
        post = rows.filter(topic=activity.subject_id).order_by(F("number").asc(nulls_last=True), "pk").first()
    else:
        post = rows.filter(pk=activity.subject_id).first()
    return post if post and post.is_shown and post.topic.is_shown else None


def people_to_tell(post: Post) -> QuerySet[User]:
    """Readers of the topic who have not heard of the post, without its author, those who muted it and those who block her."""
    told = Notification.objects.filter(recipient=OuterRef("pk"), post=post).exclude(reason=Reason.DECIDED)
    readers = User.objects.filter(readers_of(post.topic.forum, kind=KIND)).exclude(pk=author_of(post) or 0)
    return readers.exclude(Exists(told)).exclude(silenced_in(post.topic)).exclude(who_block(post.author_id)).order_by("pk")


def in_person(post: Post) -> dict[Reason, QuerySet[User]]:
    """Those whom a post means, by reason, the strongest first."""
    people = people_to_tell(post)
    is_first = post.number == 1
    meant = [author_of(post.reply_to), None if is_first else starter_of(post.topic)]
    answered = [person for person in meant if person]
    named = Mention.objects.filter(post=post).exclude(person__in=blocked_people_of(post.author_id)).values("person")
    called = {Reason.CALLED: people.filter(pk__in=_wishes(post.topic).values("person"))} if is_first and post.topic.call_mandate else {}
    return {Reason.ANSWERED: people.filter(pk__in=answered), Reason.MENTIONED: people.filter(pk__in=named)} | called


def _wishes(topic: Topic) -> QuerySet[CallWish]:
    """Who can be asked what a topic asks; a question from no place is for every place."""
    wishes = CallWish.objects.filter(mandate=topic.call_mandate)
    return wishes.filter(province__in=["", topic.call_province]) if topic.call_province else wishes


def watchers(post: Post) -> QuerySet[User]:
    """Those who follow the topic or its forum; of a new topic also those who follow one of its words."""
    wanted = Q(topic=post.topic_id) | Q(forum=post.topic.forum_id)
    if post.number == 1:
        wanted |= _of_words(post.topic)
    return people_to_tell(post).filter(Exists(Watch.objects.watched().filter(wanted, person=OuterRef("pk"))))


def silenced_in(topic: Topic) -> Q:
    """People who muted a topic; or its forum or one of its words, without following the topic itself."""
    own = Watch.objects.filter(person=OuterRef("pk"), topic=topic)
    wider = Watch.objects.muted().filter(Q(forum=topic.forum_id) | _of_words(topic), person=OuterRef("pk"))
    return Q(Exists(own.muted())) | (Q(Exists(wider)) & ~Q(Exists(own.watched())))


def _of_words(topic: Topic) -> Q:
    """Wishes about any word that a topic carries."""
    found = Q(pk__in=[])
    for tag in Tag.values:
        if words := getattr(topic, tag):
            found |= Q(tag=tag, word__in=words)
    return found


def was_told_before(post: Post, activity: Activity) -> bool:
    """Whether a post that is let through had been read before it waited: then it is news to nobody but those it names."""
    rows = Notification.objects.filter(post=post).exclude(reason=Reason.DECIDED)
    if rows.exclude(activity=activity).exists():
        return True
    journal = Activity.objects.filter(subject_type=activity.subject_type_id, subject_id=post.pk, pk__lt=activity.pk)
    return journal.filter(verb__in=[Verb.HELD_POST, Verb.RELEASED_POST]).exists()


def in_good_standing(people: set[int | None]) -> QuerySet[User]:
    """Those of ``people`` who can be told anything."""
    return User.objects.filter(people_for_circles(), pk__in=[person for person in people if person]).order_by("pk")


def wishes_no_more(notification: Notification) -> bool:
    """Whether the recipient muted meanwhile what she was to be told of, or blocks whoever said it."""
    if notification.reason == Reason.GATHERING:
        return not concerns_still(notification)
    if notification.reason in NEWS_BY_ITSELF:
        return False
    if notification.saved_search_id:
        return Watch.objects.muted().filter(saved_search=notification.saved_search_id).exists()
    recipient = User.objects.filter(pk=notification.recipient_id)
    post: Post = notification.post  # type: ignore[assignment]
    return recipient.filter(silenced_in(post.topic) | who_block(post.author_id)).exists()
