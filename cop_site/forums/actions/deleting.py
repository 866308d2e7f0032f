"""Deeds that take words from readers, and give them back."""

from typing import Any

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules, sealed
from ..models import Post, Topic
from .counting import hide_with_its_only_post, locked_post, locked_topic, recount_forum, recount_topic
from .holding import hold_if_refused_today


@deed
def delete_post(post: Post, *, by: User, reason: str = "") -> Post:
    """Take a post from readers; its place stays and says that there was one. A moderator says why, and its author is told."""
    post = locked_post(post)
    is_hers = policy.is_hers(by, post)
    require(policy.can_delete(by, post) and Topic.objects.visible_to(by).filter(pk=post.topic_id).exists())
    reason = "" if is_hers else _checked(reason)
    set_hidden(post, timezone.now(), by_author=is_hers)
    if is_hers:
        hide_with_its_only_post(post)
    record(
        Verb.DELETED_POST, by=sealed.journaled_as(by, is_hers and bool(post.pseudonym_id)), subject=post, reason=reason, topic=post.topic_id
    )
    return post


@deed
def restore_post(post: Post, *, by: User) -> Post:
    """Give readers back what one took from them."""
    post = locked_post(post)
    require(policy.can_restore(by, post) and Topic.objects.visible_to(by).filter(pk=post.topic_id).exists() and post.number is not None)
    hold_if_refused_today(post)
    set_hidden(post, None, by_author=False)
    record(
        Verb.RESTORED_POST,
        by=sealed.journaled_as(by, policy.is_hers(by, post) and bool(post.pseudonym_id)),
        subject=post,
        topic=post.topic_id,
    )
    return post


def set_hidden(post: Post, at: Any, *, by_author: bool) -> None:
    """Take a post from readers, or give it back; a part of several deeds.

    A topic that waited because of its first post is shown with it again, where that was refused and is given back.
    """
    post.hidden_at, post.hidden_by_author = at, by_author
    post.save(update_fields=["hidden_at", "hidden_by_author"])
    if post.is_shown and post.begins and post.topic.held_at:
        post.topic.held_at = None
        post.topic.save(update_fields=["held_at"])
    if at and post.topic.answer_id == post.pk:
        post.topic.answer = None
        post.topic.save(update_fields=["answer"])
    recount_topic(post.topic)
    recount_forum(post.topic.forum_id)


@deed
def delete_topic(topic: Topic, *, by: User, reason: str) -> Topic:
    """Take a topic with all its posts from readers."""
    topic = locked_topic(topic)
    require(policy.can_moderate(by) and topic.is_shown and Topic.objects.visible_to(by).filter(pk=topic.pk).exists())
    reason = _checked(reason)
    topic.hidden_at = timezone.now()
    topic.save(update_fields=["hidden_at"])
    recount_forum(topic.forum_id)
    record(Verb.DELETED_TOPIC, by=by, subject=topic, reason=reason)
    return topic


@deed
def restore_topic(topic: Topic, *, by: User) -> Topic:
    """Give readers back a topic that was deleted, or one that waited for a first post which is gone by now.

    Refuses what nobody has read, what still waits with its first post, and a title that may not stand today.
    """
    topic = locked_topic(topic)
    require(policy.can_moderate(by) and type(topic.forum).objects.visible_to(by).filter(pk=topic.forum_id).exists())
    is_left = Topic.objects.unscoped("the row that is given back").filter(pk=topic.pk).left_without_a_beginning().exists()
    require(topic.held_at is None or is_left)
    if topic.is_shown or topic.merged_into_id:
        return topic
    if topic.held_at:
        rules.require_words({"title": topic.title})
    topic.hidden_at, topic.held_at = None, None
    topic.save(update_fields=["hidden_at", "held_at"])
    recount_forum(topic.forum_id)
    record(Verb.RESTORED_TOPIC, by=by, subject=topic)
    return topic


def _checked(reason: str) -> str:
    """A reason that may be told."""
    said = rules.tidied({"reason": reason})
    rules.require_words(said)
    return said["reason"]
