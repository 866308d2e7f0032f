"""Reads of rooms and their logs."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from . import policy
from .models import Card, Entry, Event, Mark, Poll, Question, Room
from .state import LATER, at_the_start

PAGE = 200
MOST_REPLAYED = 5_000  # entries, more than a full day of talk: each is read and encoded anew for one reader


def room_for(user: Any, room: UUID) -> Room | None:
    """The room, where ``user`` may enter it now; else nothing, as if it were not there."""
    if not policy.can_enter(user):
        return None
    return Room.objects.visible_to(user).select_related("event").filter(pk=room).first()


def is_in(user: Any, room: UUID) -> bool:
    """``room_for``, without reading the room."""
    return policy.can_enter(user) and Room.objects.visible_to(user).filter(pk=room).exists()


def rooms_of(event: Event, user: Any) -> dict[str, Room]:
    """The rooms of an event that ``user`` may enter, by kind."""
    if not policy.can_enter(user):
        return {}
    return {room.kind: room for room in Room.objects.visible_to(user).filter(event=event)}


def state_of(room: Room) -> dict[str, Any]:
    """What the entries of a room come to: cards, questions and polls are rows of their own."""
    kept = {**at_the_start(), **room.state}  # a room may be older than what its state tells now
    if not room.last_seq:
        return kept
    cards = Card.objects.filter(room=room).select_related("author").order_by("seq")
    return {
        **kept,
        "cards": [card.told() | (LATER if kept["later"] and card.seq > kept["later"]["after"] else {}) for card in cards],
        "questions": [question.told() for question in _questions_of(room)],
        "polls": _polls_of(room, kept["later"]),
    }


def _polls_of(room: Room, later: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Marked are those that were open when the live part ended: which are so still, or were closed after it."""
    polls = Poll.objects.filter(room=room).exclude(status=Poll.Status.DRAFT).order_by("number")
    if later is None:
        return [poll.told() for poll in polls]
    closed = set(Entry.objects.filter(room=room, seq__gt=later["after"], kind="poll.close").values_list("data__id", flat=True))
    return [poll.told() | (LATER if poll.status == Poll.Status.OPEN or poll.number in closed else {}) for poll in polls]


def _questions_of(room: Room) -> Iterable[Question]:
    """The hall knows those that were let in; the backstage those that wait too."""
    status = Question.Status
    open_ones = {
        Room.Kind.HALL: [status.APPROVED, status.ANSWERED],
        Room.Kind.BACKSTAGE: [status.WAITING, status.APPROVED, status.ANSWERED],
    }
    if room.kind not in open_ones:
        return ()
    asked = Question.objects.filter(room__event=room.event_id, room__kind=Room.Kind.HALL, status__in=open_ones[Room.Kind(room.kind)])
    return asked.select_related("author").order_by("number")


def due(at: datetime) -> list[UUID]:
    """The rooms whose time to answer is over and that wait to be closed for good."""
    found = Room.objects.filter(closed_at=None, later_until__lte=at)
    return list(found.order_by("later_until", "pk").values_list("pk", flat=True))


def has_author(entry: Entry) -> bool:
    """Whether anything tells who said it, be it a mark: an account may be gone."""
    return entry.sender_id is not None or Mark.objects.filter(room=entry.room_id, seq=entry.seq).exists()


def told_from(room: Room) -> int:
    """The lowest number after which all can be told: what lies before is too much to be told one by one."""
    return max(0, room.last_seq - MOST_REPLAYED)


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
    return [encoded(entry.seq, entry.told()) for entry in entries_after(room, since)]


def encoded(seq: int, told: dict[str, Any]) -> tuple[int, str]:
    """An entry with its number, as it goes to everybody."""
    return seq, json.dumps(told, separators=(",", ":"))


def standing_of(rooms: Iterable[UUID]) -> dict[UUID, tuple[int, tuple[Any, ...]]]:
    """Of each room its latest number, and what decides who may be in it."""
    told = Room.objects.filter(pk__in=list(rooms)).values_list(
        "pk", "last_seq", "acl_version", "event__visibility", "event__circle", "event__organisation", "event__author"
    )
    return {pk: (latest, tuple(rest)) for pk, latest, *rest in told}
