"""The one way into a room's log: short transactions in which the room is locked, the right asked, the next number taken.

Entries are not activities (docs/decisions/013-room-log.md); hiding and closing are both.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb
from cop_site.core import ring

from . import policy
from .models import Entry, Room
from .refusing import Refused
from .schemas import Order
from .state import after

BELL = "rooms"  # rings with the id of a room and its latest number
CHANGED = ["last_seq", "state", "closed_at"]
Outcome = int | Refused


def append(orders: Sequence[Order]) -> list[Outcome]:
    """Write what waits in one transaction: of each order its number, or why it was refused. A refusal spoils no other.

    A number is told to anybody only after this returns, and then it is certain.
    """
    with transaction.atomic():
        batch = _Batch(orders)
        outcomes = [batch.take(one) for one in orders]
        batch.save()
    return outcomes


class _Batch:
    """The rooms of one transaction, locked in one order for all processes, and those who speak, read anew."""

    def __init__(self, orders: Sequence[Order]) -> None:
        locked = Room.objects.select_for_update(of=("self",)).select_related("event")
        self.rooms = {room.pk: room for room in locked.filter(pk__in={one.room for one in orders}).order_by("pk")}
        self.people = User.objects.in_bulk({one.by for one in orders})
        self.before = {room.pk: room.last_seq for room in self.rooms.values()}
        self._rights: dict[tuple[UUID, int], bool] = {}

    def take(self, order: Order) -> Outcome:
        try:
            with transaction.atomic():
                return self._append(order)
        except Refused as refusal:
            return refusal

    def _append(self, order: Order) -> int:
        room, person = self.rooms.get(order.room), self.people.get(order.by)
        if room is None or person is None or not self._is_in(room, person):
            raise Refused("forbidden")
        if sent_before := Entry.objects.filter(room=room, client_id=order.client_id).only("seq", "digest").first():
            if sent_before.digest != order.digest:
                raise Refused("conflict")
            return sent_before.seq
        if room.closed_at:
            raise Refused("closed")
        if not policy.can_say(person, room, order.kind) or not _is_ones_own(order, person, room):
            raise Refused("forbidden")
        entry = _entry(order, room, person)
        if order.kind in _EFFECTS:
            _EFFECTS[order.kind](entry, room, person)
        entry.save(force_insert=True)
        room.last_seq, room.state = entry.seq, after(room.state, entry.told())
        room.closed_at = entry.at if order.kind == "room.close" else None
        return entry.seq

    def _is_in(self, room: Room, person: User) -> bool:
        asked = (room.pk, person.pk)
        if asked not in self._rights:
            self._rights[asked] = policy.can_enter(person) and Room.objects.visible_to(person).filter(pk=room.pk).exists()
        return self._rights[asked]

    def save(self) -> None:
        for room in self.rooms.values():
            if room.last_seq != self.before[room.pk]:
                room.save(update_fields=CHANGED)
                transaction.on_commit(partial(ring.tell, BELL, (room.pk, room.last_seq)))


def _is_ones_own(order: Order, person: User, room: Room) -> bool:
    """Only those who lead lower somebody else's hand."""
    named = order.data.get("person") if order.kind == "hand.lower" else None
    return named in {None, person.handle} or policy.leads(person, room.event)


def _entry(order: Order, room: Room, person: User) -> Entry:
    at, seq = timezone.now(), room.last_seq + 1
    data = _completed(order, seq, at)
    return Entry(room=room, seq=seq, kind=order.kind, sender=person, client_id=order.client_id, digest=order.digest, data=data, at=at)


def _completed(order: Order, seq: int, at: datetime) -> dict[str, Any]:
    """What only the log knows: the number by which words are named, and when a timer ends."""
    if order.kind in {"chat.post", "broadcast"}:
        return {"id": seq, **order.data}
    if order.kind == "timer.start":
        ends_at = at + timedelta(seconds=order.data["seconds"])
        return {**order.data, "ends_at": ends_at.isoformat(timespec="milliseconds")}
    return order.data


def _hide(entry: Entry, room: Room, person: User) -> None:
    """The words leave the row itself: no cursor, however old, brings them back."""
    target = Entry.objects.filter(room=room, seq=entry.data["id"], kind="chat.post").first()
    if target is None:
        raise Refused("invalid")
    if target.redacted_at is None:
        target.data = {"id": target.seq, "text": "", "html": "", "is_hidden": True}
        target.redacted_at = entry.at
        target.save(update_fields=["data", "redacted_at"])
        record(Verb.HID_IN_ROOM, by=person, subject=room.event, seq=target.seq)


def _close(entry: Entry, room: Room, person: User) -> None:
    record(Verb.CLOSED_ROOM, by=person, subject=room.event, room=str(room.pk))


_EFFECTS = {"chat.hide": _hide, "room.close": _close}
