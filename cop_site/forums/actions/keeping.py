"""What people keep for themselves: how far they have read, what they have begun, what they can be asked. None of it is journaled."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core import ring
from cop_site.core.access import require

from .. import policy
from ..models import CallWish, Draft, Forum, Post, ReadMark, Topic

KEPT = ("title", "text", "content_note")


@deed
def mark_read(topic: Topic, *, by: User, number: int) -> None:
    """Note that a person has read a topic up to a place; a mark never goes back by reading."""
    number = min(number, topic.last_number)
    moved = ReadMark.objects.filter(person=by, topic=topic, number__lt=number).update(number=number)
    if not moved and number:
        ReadMark.objects.bulk_create([ReadMark(person=by, topic=topic, number=number)], ignore_conflicts=True)
    transaction.on_commit(partial(ring.tell, ring.INBOX, [by.pk]))  # what one was told of there is unread no more


def read_to_own(person: User, post: Post) -> None:
    """Whoever had read everything before her own post has read everything with it."""
    if post.number == 1:
        mark_read(post.topic, by=person, number=1)
    ReadMark.objects.filter(person=person, topic=post.topic_id, number=(post.number or 1) - 1).update(number=post.number)


@deed
def keep_draft(*, by: User, forum: Forum, topic: Topic | None = None, **fields: Any) -> Draft:
    """Keep what somebody has begun to write; it replaces what was kept for this topic, or for a new one in this forum."""
    require(policy.can_write(by))
    kept = {key: str(fields.get(key, "")) for key in KEPT}
    changed = {"fields": kept, "changed_at": timezone.now()}
    return Draft.objects.update_or_create(person=by, forum=forum, topic=topic, defaults=changed)[0]


@deed
def drop_draft(draft: Draft, *, by: User) -> None:
    """Throw away what one has begun."""
    require(draft.person_id == by.pk)
    draft.delete()


def forget_draft(person: User, *, forum: Forum, topic: Topic | None) -> None:
    """It was sent."""
    Draft.objects.filter(person=person, forum=forum, topic=topic).delete()


@deed
def set_call_wishes(wishes: list[tuple[str, str]], *, by: User) -> None:
    """Say about which mandates, in which provinces (an empty one: in all), one can be asked."""
    require(policy.can_write(by))
    CallWish.objects.filter(person=by).delete()
    CallWish.objects.bulk_create(CallWish(person=by, mandate=mandate, province=province) for mandate, province in dict.fromkeys(wishes))
