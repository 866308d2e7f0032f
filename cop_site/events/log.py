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
from cop_site.core import ring

from . import policy
from .effects import EFFECTS, WORDS, is_by, leave_mark
from .marks import mark_of
from .models import Entry, Room, Silence
from .refusing import Refused
from .schemas import Order
from .state import after

BELL = "rooms"  # rings with the id of a room and its latest number
CHANGED = ["last_seq", "state", "salt", "closed_at"]
Outcome = int | Refused | None  # None: it was done and leaves no entry


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
        self._silent: dict[UUID, set[str]] = {}
        self._rights: dict[tuple[UUID, int], bool] = {}

    def take(self, order: Order) -> Outcome:
        try:
            with transaction.atomic():
                return self._append(order)
        except Refused as refusal:
            return refusal

    def _append(self, order: Order) -> int | None:
        room, person = self.rooms.get(order.room), self.people.get(order.by)
        if room is None or person is None or not self._is_in(room, person):
            raise Refused("forbidden")
        if sent_before := Entry.objects.filter(room=room, client_id=order.client_id).first():
            return _number_of(sent_before, order, person, room)
        if room.closed_at:
            raise Refused("closed")
        leads = policy.leads(person, room.event)
        if not policy.can_say(person, room, order.kind) or (not leads and self._is_silent(room, person)):
            raise Refused("forbidden")
        entry = _entry(order, room, person if policy.is_named(room, order.kind, as_leader=leads) else None)
        if order.kind in EFFECTS and not EFFECTS[order.kind](entry, room, person):
            return None
        entry.save(force_insert=True)
        leave_mark(entry, room, person)
        room.last_seq = entry.seq
        if not entry.kind.startswith("card."):  # cards are rows of their own
            room.state = after(room.state, entry.told())
        return entry.seq

    def _is_silent(self, room: Room, person: User) -> bool:
        if room.pk not in self._silent:
            self._silent[room.pk] = set(Silence.objects.filter(room=room).values_list("mark", flat=True))
        silent = self._silent[room.pk]
        return bool(silent) and mark_of(person, room) in silent

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


def _number_of(sent_before: Entry, order: Order, person: User, room: Room) -> int:
    """The number a sending has already; whoever else uses its key, or says something else under it, is refused."""
    is_marked = sent_before.sender_id is None and room.salt and sent_before.kind in WORDS
    is_somebody_elses = (is_marked or sent_before.sender_id is not None) and not is_by(sent_before, person, room)
    if sent_before.digest != order.digest or is_somebody_elses:
        raise Refused("conflict")
    return sent_before.seq


def _entry(order: Order, room: Room, sender: User | None) -> Entry:
    at, seq = timezone.now(), room.last_seq + 1
    data = _completed(order, seq, at)
    return Entry(room=room, seq=seq, kind=order.kind, sender=sender, client_id=order.client_id, digest=order.digest, data=data, at=at)


def _completed(order: Order, seq: int, at: datetime) -> dict[str, Any]:
    """What only the log knows: the number by which words are named, and when a timer ends."""
    if order.kind in WORDS:
        return {"id": seq, **order.data}
    if order.kind == "timer.start":
        ends_at = at + timedelta(seconds=order.data["seconds"])
        return {**order.data, "ends_at": ends_at.isoformat(timespec="milliseconds")}
    return order.data
