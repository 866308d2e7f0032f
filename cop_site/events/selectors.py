"""Reads of rooms and their logs."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from . import policy
from .models import Card, Entry, Event, Room

PAGE = 200
MOST_REPLAYED = 5_000  # entries


def room_for(user: Any, room: UUID) -> Room | None:
    """The room, where ``user`` may enter it now; else nothing, as if it were not there."""
    if not policy.can_enter(user):
        return None
    return Room.objects.visible_to(user).select_related("event").filter(pk=room).first()


def rooms_of(event: Event, user: Any) -> dict[str, Room]:
    """The rooms of an event that ``user`` may enter, by kind."""
    if not policy.can_enter(user):
        return {}
    return {room.kind: room for room in Room.objects.visible_to(user).filter(event=event)}


def state_of(room: Room) -> dict[str, Any]:
    """What the entries of a room come to, its cards among it."""
    cards = Card.objects.filter(room=room).select_related("author").order_by("seq") if room.last_seq else []
    return {**room.state, "cards": [card.told() for card in cards]}


def told_from(room: Room) -> int:
    """The lowest number after which all can be told: what lies before was not kept, or is too much to be told one by one."""
    return max(0, room.last_seq - MOST_REPLAYED, getattr(room, "kept_from", 1) - 1)


def entries_after(room: UUID, since: int, *, most: int = PAGE) -> list[Entry]:
    """What follows in the log of a room that the reader may enter, in order."""
    found = Entry.objects.filter(room=room, seq__gt=since).select_related("sender")
    return list(found.defer("client_id", "digest").order_by("seq")[:most])


def last_entries(room: UUID, *, before: int | None = None, most: int = PAGE) -> list[Entry]:
    """The end of the log, or what stands before a number in it, in order."""
    found = Entry.objects.filter(room=room).select_related("sender").defer("client_id", "digest")
    found = found if before is None else found.filter(seq__lt=before)
    return list(reversed(found.order_by("-seq")[:most]))


def frames_after(room: UUID, since: int) -> list[tuple[int, str]]:
    """What follows, each entry encoded as it goes to everybody."""
    return [(entry.seq, json.dumps(entry.told(), separators=(",", ":"))) for entry in entries_after(room, since)]


def standing_of(rooms: Iterable[UUID]) -> dict[UUID, tuple[int, tuple[Any, ...]]]:
    """Of each room its latest number, and what decides who may be in it."""
    told = Room.objects.filter(pk__in=list(rooms)).values_list(
        "pk", "last_seq", "acl_version", "event__visibility", "event__circle", "event__organisation", "event__author"
    )
    return {pk: (latest, tuple(rest)) for pk, latest, *rest in told}
