"""What follows from deeds in forums: the index."""

from collections.abc import Iterable

from cop_site.accounts.models import Level
from cop_site.accounts.tokens import audience_tokens
from cop_site.activity.listening import AGAIN, listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.search import indexing

from .models import Forum, Post, Topic
from .policy import KIND

ABOUT_A_POST = (
    Verb.REPLIED,
    Verb.EDITED_POST,
    Verb.DELETED_POST,
    Verb.RESTORED_POST,
    Verb.RELEASED_POST,
    Verb.REFUSED_POST,
    Verb.HELD_POST,
)
ABOUT_ITS_BEGINNING = (Verb.STARTED_TOPIC, Verb.RETITLED_TOPIC, Verb.WROTE_OUTCOME)
ABOUT_ALL_OF_IT = (Verb.MOVED_TOPIC, Verb.SPLIT_TOPIC, Verb.MERGED_TOPICS, Verb.DELETED_TOPIC, Verb.RESTORED_TOPIC)
AT_ONCE = 1_000  # posts of a forum that are read again before others get their turn

# --- the index


@listens_to(*ABOUT_A_POST)
def index_post(activity: Activity) -> None:
    """Search knows a post as the database has it now; with a first post all of a topic that waits or stands again."""
    indexing.refresh(KIND, [activity.subject_id])
    if topic := _begun_by(activity):
        posts = _posts_of(topic.pk)
        indexing.refresh(KIND, indexing.missing(KIND, posts) if topic.is_shown else posts)


@listens_to(*ABOUT_ITS_BEGINNING)
def index_first_post(activity: Activity) -> None:
    """The post that is found by the title, the tags and the outcome of its topic."""
    indexing.refresh(KIND, _posts_of(activity.subject_id, number=1))


@listens_to(*ABOUT_ALL_OF_IT)
def index_topic(activity: Activity) -> None:
    """All that stands in a topic, and in the one that was split off."""
    indexing.refresh(KIND, _posts_of(activity.subject_id, activity.facts.get("made", activity.subject_id)))


@listens_to(Verb.CHANGED_FORUM, Verb.MERGED_ORGANISATIONS)
def index_forum(activity: Activity) -> str | None:
    """What a deed took off the index for its old readers is found by the new ones, a part at a time."""
    missing = [pk for forum in _forums_of(activity) for pk in indexing.missing(KIND, _shown_in(forum))]
    indexing.refresh(KIND, missing[:AT_ONCE])
    return AGAIN if len(missing) > AT_ONCE else None


@listens_to(Verb.DELETED_POST, Verb.DELETED_TOPIC)
def leave_nothing_in_the_index(activity: Activity) -> None:
    """What a moderator took away lies in the index's own files until it is tidied."""
    if activity.reason:
        indexing.forget_deleted()


@listens_to(Verb.EDITED_POST, Verb.DELETED_POST, Verb.REFUSED_POST, Verb.HELD_POST, within_the_deed=True)
def take_post_off_the_index(activity: Activity) -> None:
    """Words that are gone are found by nobody a moment longer, nor answers below them; the listeners above put back what remains."""
    topic = _begun_by(activity)
    indexing.remove(KIND, activity.subject_id, *(_posts_of(topic.pk) if topic and not topic.is_shown else ()))


@listens_to(Verb.RETITLED_TOPIC, Verb.WROTE_OUTCOME, within_the_deed=True)
def take_first_post_off_the_index(activity: Activity) -> None:
    """The same for an old title, and for an old outcome."""
    indexing.remove(KIND, *_posts_of(activity.subject_id, number=1))


@listens_to(Verb.DELETED_TOPIC, within_the_deed=True)
def take_topic_off_the_index(activity: Activity) -> None:
    """The same for all posts of a topic."""
    indexing.remove(KIND, *_posts_of(activity.subject_id))


@listens_to(Verb.MOVED_TOPIC, Verb.SPLIT_TOPIC, Verb.MERGED_TOPICS, within_the_deed=True)
def take_moved_posts_off_the_index(activity: Activity) -> None:
    """What fewer people may read from now on is counted for the others no more."""
    arrived = activity.facts.get("made", activity.subject_id)
    if _readers_before(activity) != _readers_of(arrived):
        indexing.remove(KIND, *_posts_of(arrived))


@listens_to(Verb.CHANGED_FORUM, Verb.MERGED_ORGANISATIONS, within_the_deed=True)
def take_forum_off_the_index(activity: Activity) -> None:
    """The same for all that stands in a forum; it takes as long as there are posts, and is as rare as it is slow."""
    for forum in _forums_of(activity):
        pks = _shown_in(forum)
        indexing.remove(KIND, *indexing.read_by_others(KIND, pks, audience_tokens(forum, kind=KIND)))


def _begun_by(activity: Activity) -> Topic | None:
    """The topic that begins with the post of a deed."""
    topics = Topic.objects.unscoped("the index follows all of them")
    return topics.filter(posts=activity.subject_id, posts__number=1).first()


def _posts_of(*topics: int, **narrowing: int) -> list[int]:
    rows = Post.objects.unscoped("the index follows all of them").filter(topic__in=topics, **narrowing)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _shown_in(forum: Forum) -> list[int]:
    topics = Topic.objects.unscoped("the index follows all of them").filter(forum=forum).shown()
    rows = Post.objects.unscoped("the index follows all of them").filter(topic__in=topics).shown()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _forums_of(activity: Activity) -> Iterable[Forum]:
    """The forum that was changed, or those of the organisation that was kept."""
    if activity.verb == Verb.MERGED_ORGANISATIONS:
        return Forum.objects.filter(organisation=activity.subject_id, visibility=Level.ORGANISATION)
    return Forum.objects.filter(pk=activity.subject_id)


def _readers_of(topic: int) -> set[str]:
    return audience_tokens(Forum.objects.get(topics=topic), kind=KIND)


def _readers_before(activity: Activity) -> set[str]:
    """Who read the posts where they came from."""
    if activity.verb == Verb.MOVED_TOPIC:
        return audience_tokens(Forum.objects.get(pk=activity.facts["before"]), kind=KIND)
    return _readers_of(activity.facts.get("merged", activity.subject_id))


@listens_to(Verb.UNLISTED_CONTACT)
def read_everything_again(activity: Activity) -> None:
    """What was let pass because of a contact on the list is read again without it."""
    Post.objects.unscoped("read again by the guard, shown to nobody").update(screened_version="")
