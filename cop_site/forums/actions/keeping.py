"""What people keep for themselves: how far they have read, what they have begun, what they can be asked. None of it is journaled."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core import ring, text
from cop_site.core.access import require

from .. import leafing, policy, rules
from ..models import CallWish, Draft, Forum, Post, ReadMark, Topic

KEPT_TEXTS = ("title", "text", "content_note", "language", "call_mandate", "call_province")
KEPT_LISTS = (*rules.TAGS, "provinces")


@deed
def mark_read(topic: Topic, *, by: User, number: int) -> None:
    """Note that a person has read a topic up to a place; a mark never goes back by reading."""
    number = min(number, topic.last_number)
    moved = ReadMark.objects.filter(person=by, topic=topic, number__lt=number).update(number=number)
    if not moved and number:
        ReadMark.objects.bulk_create([ReadMark(person=by, topic=topic, number=number)], ignore_conflicts=True)
    transaction.on_commit(partial(ring.tell, ring.INBOX, [by.pk]))  # what one was told of there is unread no more


@deed
def leaf_ahead(topic: Topic, *, by: User, first: int, last: int) -> None:
    """Note that a person has opened a page past posts that she does not know: her mark stays before those."""
    leafing.opened(by.pk, topic, first, last)


def read_to_own(person: User, post: Post) -> None:
    """Whoever had read everything before her own post has read everything with it."""
    if post.number == 1:
        mark_read(post.topic, by=person, number=1)
    ReadMark.objects.filter(person=person, topic=post.topic_id, number=(post.number or 1) - 1).update(number=post.number)


@deed
def keep_draft(*, by: User, forum: Forum, topic: Topic | None = None, **fields: Any) -> Draft:
    """Keep what somebody has begun to write; it replaces what was kept for this topic, or for a new one in this forum.

    ``fields``: those of ``KEPT_TEXTS`` and ``KEPT_LISTS``, and hides_name.
    """
    require(policy.can_write(by))
    changed = {"forum": forum, "fields": _tidied(fields), "changed_at": timezone.now()}
    return Draft.objects.update_or_create(person=by, **_about(forum, topic), defaults=changed)[0]


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    """What is empty is left out, but for the wish to hide one's name: to have taken it back is a wish too."""
    texts = {key: text.normal(str(fields[key])) for key in KEPT_TEXTS if fields.get(key)}
    lists = {key: [text.normal(str(one)) for one in fields[key]] for key in KEPT_LISTS if fields.get(key)}
    return texts | lists | {"hides_name": bool(fields.get("hides_name"))}


def _about(forum: Forum, topic: Topic | None) -> dict[str, Any]:
    """By what a draft is found: an answer by its topic alone, since that may have come from another forum."""
    return {"topic": topic} if topic else {"topic": None, "forum": forum}


@deed
def drop_draft(draft: Draft, *, by: User) -> None:
    """Throw away what one has begun."""
    require(draft.person_id == by.pk)
    draft.delete()


def forget_draft(person: User, *, forum: Forum, topic: Topic | None) -> None:
    """It was sent."""
    Draft.objects.filter(person=person, **_about(forum, topic)).delete()


def carry_drafts(topic: Topic, into: Topic) -> None:
    """Answers begun to a topic go where its posts go; what was begun there already stands before them."""
    there = {draft.person_id: draft for draft in Draft.objects.filter(topic=into)}
    for draft in Draft.objects.filter(topic=topic):
        if before := there.get(draft.person_id):
            before.fields = _joined(before.fields, draft.fields)
            before.save(update_fields=["fields"])
            draft.delete()
        else:
            draft.forum, draft.topic = into.forum, into
            draft.save(update_fields=["forum", "topic"])


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """One draft of two; a name that either was to hide stays hidden."""
    words = "\n\n".join(one["text"] for one in (first, second) if one.get("text"))
    return second | first | {"text": words, "hides_name": bool(first.get("hides_name") or second.get("hides_name"))}


@deed
def set_call_wishes(wishes: list[tuple[str, str]], *, by: User) -> None:
    """Say about which mandates, in which provinces (an empty one: in all), one can be asked."""
    require(policy.can_write(by))
    CallWish.objects.filter(person=by).delete()
    CallWish.objects.bulk_create(CallWish(person=by, mandate=mandate, province=province) for mandate, province in dict.fromkeys(wishes))
