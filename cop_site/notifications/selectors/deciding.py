"""Whom a decision concerns: whoever wrote what it is about, unless she decided it herself."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.forums.models import Post, Topic, Unsealing
from cop_site.library.models import Practice

from .telling import author_of, is_sealed, starter_of

# What the recipient reads. It says what happened, never the words it happened to.
OF_POSTS: dict[str, Any] = {
    Verb.RELEASED_POST: _("A post of yours was let through: others read it now"),
    Verb.REFUSED_POST: _("A post of yours was not let through"),
    Verb.DELETED_POST: _("A moderator took a post of yours away"),
    Verb.RESTORED_POST: _("A moderator gave a post of yours back to readers"),
    Verb.HELD_POST: _("A post of yours waits until a moderator has looked"),
}
OF_TOPICS: dict[str, Any] = {
    Verb.LOCKED_TOPIC: _("A topic that you began was locked"),
    Verb.UNLOCKED_TOPIC: _("A topic that you began is open again"),
    Verb.RETITLED_TOPIC: _("A topic that you began has another title"),
    Verb.MOVED_TOPIC: _("A topic that you began stands in another forum"),
    Verb.SPLIT_TOPIC: _("Posts of a topic that you wrote in have a topic of their own"),
    Verb.MERGED_TOPICS: _("A topic that you began was merged with another"),
    Verb.DELETED_TOPIC: _("A moderator took a topic away that you began"),
    Verb.RESTORED_TOPIC: _("A moderator gave a topic back that you began"),
}
OF_NAMES: dict[str, Any] = {
    Verb.UNSEALED: _("Two moderators opened a name under which you wrote"),
    Verb.REFUSED_TO_UNSEAL: _("A name under which you wrote stays closed: a moderator had asked to open it"),
}
OF_PRACTICES: dict[str, Any] = {
    Verb.PUBLISHED_PRACTICE: _("A text of yours was published"),
    Verb.ASKED_FOR_CHANGES: _("A reviewer asks you for changes to a text"),
    Verb.APPROVED_PUBLIC: _("A text of yours is public now"),
    Verb.ASKED_FOR_PUBLIC_CHANGES: _("A reviewer asks you for changes before a text goes public"),
    Verb.REFUSED_PUBLIC: _("A text of yours does not go public"),
    Verb.HELD_PRACTICE: _("A text of yours waits until somebody has looked"),
    Verb.OVERRODE_FINDING: _("A text of yours is with its readers again"),
    Verb.NARROWED_PRACTICE: _("Fewer people read a text of yours"),
    Verb.WITHDREW_PRACTICE: _("A text of yours was withdrawn"),
    Verb.SET_EVIDENCE: _("A text of yours has an evidence level"),
    Verb.LOWERED_EVIDENCE: _("The evidence level of a text of yours was lowered"),
}
SENTENCES = OF_POSTS | OF_TOPICS | OF_NAMES | OF_PRACTICES

Concerned = list[tuple[set[int | None], dict[str, Any]]]


def concerned(activity: Activity) -> Concerned:
    """The people whom a decision concerns, each group with what their row is about; one person may stand in several."""
    for verbs, whom in _WHOM:
        if activity.verb in verbs and activity.subject is not None:
            return [(people - {activity.actor_id}, about) for people, about in whom(activity)]
    return []


def _whose_post(activity: Activity) -> Concerned:
    post = _posts().get(pk=activity.subject_id)
    # What somebody does under another name stands in the journal as the system's doing.
    is_her_own = activity.verb in {Verb.DELETED_POST, Verb.RESTORED_POST} and bool(post.pseudonym_id) and is_sealed(activity)
    return [] if is_her_own else [({author_of(post)}, {"post": post})]


def _whose_topic(activity: Activity) -> Concerned:
    topic = cast(Topic, activity.subject)
    if activity.verb == Verb.SPLIT_TOPIC:
        moved = _posts().filter(pk__in=activity.facts["posts"])
        return [({starter_of(topic)}, {"topic": topic}), *(({author_of(post)}, {"post": post}) for post in moved)]
    if activity.verb == Verb.MERGED_TOPICS:
        merged = Topic.objects.unscoped("whoever began it is told").get(pk=activity.facts["merged"])
        return [({starter_of(merged)}, {"topic": merged})]
    return [({starter_of(topic)}, {"topic": topic})]


def _whose_name(activity: Activity) -> Concerned:
    unsealing = cast(Unsealing, activity.subject)
    return [({unsealing.pseudonym.person_id}, {"unsealing": unsealing})]


def _whose_practice(activity: Activity) -> Concerned:
    practice = cast(Practice, activity.subject)
    return [({practice.author_id}, {"practice": practice})]


def _posts() -> Any:
    return Post.objects.unscoped("whoever wrote it is told").select_related("pseudonym")


_WHOM: tuple[tuple[dict[str, Any], Callable[[Activity], Concerned]], ...] = (
    (OF_POSTS, _whose_post),
    (OF_TOPICS, _whose_topic),
    (OF_NAMES, _whose_name),
    (OF_PRACTICES, _whose_practice),
)
