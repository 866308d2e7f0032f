"""Deeds about what waits until a moderator has looked."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.guard import NEVER_OVERRIDDEN, refused_today
from cop_site.screening.refusing import NotReady, Problem
from cop_site.screening.version import RULES_VERSION

from .. import policy, rules
from ..choices import Held
from ..models import Forum, Post
from .counting import give_place, hide_with_its_only_post, locked_post, recount_forum, recount_topic


@deed
def release_post(post: Post, *, by: User, case: int | None = None) -> Post:
    """Let readers see a post that waited; a topic that waited with it is shown too. It stands where it would if it were written now.

    ``case``: the number of the moderators' case that was decided by it, for the journal.
    """
    post = locked_post(post)
    require(policy.can_release(by, post) and post.hidden_at is None and post.topic.hidden_at is None)
    if any(finding.type in NEVER_OVERRIDDEN for finding in rules.found_in(post) if finding.action == "block"):
        raise NotReady([Problem("post", _("It holds details that nobody may let through. Refuse it, or let its author take them out."))])
    post.held_at, post.held_because, post.screened_version = None, "", RULES_VERSION
    post.save(update_fields=["held_at", "held_because", "screened_version"])
    topic = post.topic
    was_held, is_new = topic.held_at is not None and post.begins, post.number is None
    if was_held:
        topic.held_at, topic.created_at = None, timezone.now() if is_new else topic.created_at
        topic.save(update_fields=["held_at", "created_at"])
    if is_new:
        Forum.objects.filter(pk=topic.forum_id).update(topic_count=F("topic_count") + (1 if was_held else 0))
        give_place(post)
    else:
        recount_topic(topic)
        recount_forum(topic.forum_id)
    record(Verb.RELEASED_POST, by=by, subject=post, topic=topic.pk, **_of(case))
    return post


def _of(case: int | None) -> dict[str, Any]:
    """What the journal says of the case that was decided by a deed; nothing where there was none."""
    return {"case": case} if case else {}


@deed
def refuse_post(post: Post, *, by: User, reason: str, case: int | None = None) -> Post:
    """Keep a post that waited from readers for good; its author is told why, and still has the words."""
    post = locked_post(post)
    require(policy.can_release(by, post) and post.hidden_at is None)
    reason = rules.tidied({"reason": reason})["reason"]
    rules.require_words({"reason": reason})
    now = timezone.now()
    post.hidden_at, post.held_at = now, None
    post.save(update_fields=["hidden_at", "held_at"])
    hide_with_its_only_post(post)
    record(Verb.REFUSED_POST, by=by, subject=post, reason=reason, topic=post.topic_id, **_of(case))
    return post


@deed
def rescreen_post(post: Post, *, by: User) -> Post:
    """Read a post under the rules of now; what would be refused today is taken from readers until a moderator has looked."""
    post = locked_post(post)
    if post.screened_version == RULES_VERSION or post.hidden_at:
        return post
    was_held = post.held_at is not None
    if (types := hold_if_refused_today(post)) and not was_held:
        recount_topic(post.topic)
        recount_forum(post.topic.forum_id)
        record(Verb.HELD_POST, by=by, subject=post, topic=post.topic_id, types=types, rules=RULES_VERSION)
    return post


def hold_if_refused_today(post: Post) -> list[str]:
    """Read a post under the rules of now; where they refuse it, it waits, and a topic with its first post. The kinds of what is refused."""
    types = refused_today(rules.found_in(post))
    post.screened_version = RULES_VERSION
    if types and post.held_at is None:
        post.held_at, post.held_because = timezone.now(), Held.RULES
    post.save(update_fields=["screened_version", "held_at", "held_because"])
    if types and post.number == 1 and post.topic.held_at is None:  # the title is read with it
        post.topic.held_at = timezone.now()
        post.topic.save(update_fields=["held_at"])
    return types
