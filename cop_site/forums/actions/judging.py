"""Deeds about one row that moderators judge, whatever forum it stands in. Who may judge which case, ``moderation`` says; it alone calls these."""

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy
from ..models import Post, Topic
from .counting import locked_post, locked_topic, recount_forum, recount_topic
from .deleting import set_hidden
from .holding import hold_if_refused_today, release_post


@deed
def take_post(post: Post, *, by: User, reason: str, case: int) -> Post:
    """Take a reported post from readers; its place stays. One that is gone already stays as it is."""
    post = locked_post(post)
    require(policy.can_judge(by, post))
    if post.hidden_at is None:
        set_hidden(post, timezone.now(), by_author=False)
        record(Verb.DELETED_POST, by=by, subject=post, reason=reason, topic=post.topic_id, case=case)
    return post


@deed
def give_post_back(post: Post, *, by: User, case: int) -> Post:
    """Give readers back a post that a moderator took; never one that its author deleted."""
    post = locked_post(post)
    require(policy.can_judge(by, post))
    if post.hidden_at and not post.hidden_by_author and post.number is not None:
        hold_if_refused_today(post)
        set_hidden(post, None, by_author=False)
        record(Verb.RESTORED_POST, by=by, subject=post, topic=post.topic_id, case=case)
    return post


@deed
def hold_released_post(post: Post, *, by: User, because: str, case: int) -> Post:
    """Take a post from readers again that was let through, until somebody has looked anew; a topic goes with its first post."""
    post = locked_post(post)
    require(policy.can_judge(by, post))
    if post.is_shown:
        _wait(post, because)
        if post.begins and post.topic.held_at is None:
            post.topic.held_at = post.held_at
            post.topic.save(update_fields=["held_at"])
        recount_topic(post.topic)
        recount_forum(post.topic.forum_id)
        record(Verb.HELD_POST, by=by, subject=post, topic=post.topic_id, case=case)
    return post


@deed
def hold_refused_post(post: Post, *, by: User, because: str, case: int) -> Post:
    """Let a post that was refused wait once more; what its author deleted since stays gone."""
    post = _unrefused(post, because, by=by)
    if post.held_at:
        record(Verb.HELD_POST, by=by, subject=post, topic=post.topic_id, case=case)
    return post


@deed
def release_refused_post(post: Post, *, by: User, because: str, case: int) -> Post:
    """Let readers see a post that was refused wrongly."""
    post = _unrefused(post, because, by=by)
    return release_post(post, by=by, case=case) if post.held_at and post.topic.hidden_at is None else post


def _unrefused(post: Post, because: str, *, by: User) -> Post:
    post = locked_post(post)
    require(policy.can_judge(by, post))
    if post.hidden_at and not post.hidden_by_author and post.held_at is None:
        post.hidden_at = None
        _wait(post, because)
        if post.begins and post.topic.held_at:
            post.topic.hidden_at = None
            post.topic.save(update_fields=["hidden_at"])
    return post


def _wait(post: Post, because: str) -> None:
    post.held_at, post.held_because = timezone.now(), because
    post.save(update_fields=["hidden_at", "held_at", "held_because"])


@deed
def take_topic(topic: Topic, *, by: User, reason: str, case: int) -> Topic:
    """Take a reported topic with all its posts from readers."""
    topic = locked_topic(topic)
    require(policy.can_judge_topic(by, topic))
    if topic.is_shown:
        _set_topic_hidden(topic, timezone.now())
        record(Verb.DELETED_TOPIC, by=by, subject=topic, reason=reason, case=case)
    return topic


@deed
def give_topic_back(topic: Topic, *, by: User, case: int) -> Topic:
    """Give readers back a topic that a moderator took."""
    topic = locked_topic(topic)
    require(policy.can_judge_topic(by, topic))
    if topic.hidden_at and topic.held_at is None:
        _set_topic_hidden(topic, None)
        record(Verb.RESTORED_TOPIC, by=by, subject=topic, case=case)
    return topic


def _set_topic_hidden(topic: Topic, at: object) -> None:
    topic.hidden_at = at  # type: ignore[assignment]
    topic.save(update_fields=["hidden_at"])
    recount_forum(topic.forum_id)
