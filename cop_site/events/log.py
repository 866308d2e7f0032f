"""The one way into a room's log: short transactions in which the room is locked, the right asked, the next number taken.

Entries are not activities (docs/decisions/013-room-log.md); hiding and closing are both.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.core import ring

from . import policy
from .acts import Act, Beside, Said
from .effects import EFFECTS, WORDS, card_of, is_by, leave_mark
from .marks import mark_of
from .models import Entry, Mark, Room, Silence, Taken
from .refusing import Refused
from .rights import may_be_in
from .schemas import Order
from .selectors import encoded
from .state import after

BELL = "rooms"  # rings with the id of a room, its latest number and, inside the process, the entries that were just written
CHANGED = ["last_seq", "state", "salt", "later_until", "closed_at"]
ROWS_OF_THEIR_OWN = ("card.", "question.", "poll.")  # what they come to is not kept in the room's row
# Said in one room and heard in others: between hall and backstage, and back from the groups to the hall.
CROSSING = {"question.ask", "question.approve", "question.answer", "breakout.compose", "breakout.open", "breakout.close", "room.close"}
WITHOUT_ENTRY = {"question.ask", "poll.vote"}
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


def end_later(room: UUID, at: datetime) -> bool:
    """Close a room for good whose time to answer is over; False where somebody, or another process, has done so already."""
    order = Order(room, 0, "room.close", uuid4(), "", {})
    with transaction.atomic():
        batch = _Batch([order])
        is_due = (found := batch.rooms.get(room)) is not None and policy.is_due(found, at)
        if is_due:
            batch.end(order)
            batch.save()
    return is_due


def tell(room: UUID, kind: str, data: dict[str, Any], *, by: User) -> None:
    """Say in a room what a deed did there, inside its transaction. Who may do it the deed has asked."""
    batch = _Batch([Order(room, by.pk, kind, uuid4(), "", data)])
    batch.say(Said(batch.rooms[room], kind, data, by), timezone.now())
    batch.save()


class _Batch:
    """The rooms of one transaction, locked in one order for all processes, and those who speak, read anew."""

    def __init__(self, orders: Sequence[Order]) -> None:
        locked = Room.objects.select_for_update(of=("self",)).select_related("event")
        self.rooms = {room.pk: room for room in locked.filter(_spoken_in(orders)).order_by("pk")}
        self._beside: dict[int, Beside] = defaultdict(Beside)
        for room in self.rooms.values():
            self._beside[room.event_id].rooms.append(room)
        self.people = User.objects.in_bulk({one.by for one in orders})
        self.before = {room.pk: room.last_seq for room in self.rooms.values()}
        self._fresh: dict[UUID, list[tuple[int, str]]] = defaultdict(list)  # as they go to everybody
        self._changed: set[UUID] = set()  # rooms in which something written before may read otherwise now
        self._silent: dict[UUID, set[str]] = {}
        self._rights: dict[tuple[UUID, int], bool] = {}

    def take(self, order: Order) -> Outcome:
        # Without effects an order is refused before it has written anything: there is nothing to take back.
        try:
            with transaction.atomic() if order.kind in EFFECTS else nullcontext():
                return self._append(order)
        except Refused as refusal:
            return refusal

    def _append(self, order: Order) -> int | None:
        room, person = self.rooms.get(order.room), self.people.get(order.by)
        if room is None or person is None or not self._is_in(room, person):
            raise Refused("forbidden")
        if order.kind in WITHOUT_ENTRY and Taken.objects.filter(room=room, client_id=order.client_id).exists():
            return None
        if sent_before := Entry.objects.filter(room=room, client_id=order.client_id).first():
            return _number_of(sent_before, order, person, room)
        leads = policy.leads(person, room.event)
        self._require_open(room, order.kind, hides=leads and _hides(order))
        if not policy.can_say(person, room, order.kind) or (not leads and self._is_silent(room, person)):
            raise Refused("forbidden")
        sender = person if policy.is_named(room, order.kind, as_leader=leads) else None
        return self._done(Act(_entry(order, room, sender), room, person, self._beside[room.event_id]))

    def _done(self, act: Act) -> int | None:
        entry, room = act.entry, act.room
        is_for_all = entry.kind not in EFFECTS or EFFECTS[entry.kind](act)
        if entry.kind in EFFECTS:
            self._changed.add(room.pk)
        for said in act.first:
            self.say(said, entry.at)
        if is_for_all:
            entry.seq = room.last_seq + 1
            self._write(entry, room)
            leave_mark(entry, room, act.person)
        elif entry.kind in WITHOUT_ENTRY:
            Taken.objects.create(room=room, client_id=entry.client_id)
        for said in act.also:
            self.say(said, entry.at)
        return entry.seq if is_for_all else None

    def _require_open(self, room: Room, kind: str, *, hides: bool) -> None:
        """The room, and the hall in which what is said crosses over."""
        hall = self._beside[room.event_id].of_kind(Room.Kind.HALL) if kind in CROSSING and kind != "room.close" else None
        for one in (room, hall):
            if one and (ended := policy.ended(one, kind, timezone.now(), hides=hides)):
                raise Refused("closed", detail=ended)

    def end(self, order: Order) -> None:
        """Close a room in the name of nobody, whom nobody asks whether it may be there."""
        room = self.rooms[order.room]
        self._done(Act(_entry(order, room, None), room, User.objects.system(), self._beside[room.event_id]))

    def _write(self, entry: Entry, room: Room) -> None:
        entry.save(force_insert=True)
        room.last_seq, told = entry.seq, entry.told()
        self._fresh[room.pk].append(encoded(entry.seq, told))
        if not entry.kind.startswith(ROWS_OF_THEIR_OWN):
            room.state = after(room.state, told)

    def say(self, said: Said, at: datetime) -> None:
        """Write what is said beside an action."""
        seq = said.room.last_seq + 1
        data = {"id": seq, **said.data} if said.kind in WORDS else said.data
        told = {"sender": said.sender, "client_id": uuid4(), "digest": "", "data": data, "at": at}
        entry = Entry(room=said.room, seq=seq, kind=said.kind, **told)
        if said.kind == "card.add":
            card_of(entry).save()
        self._changed.add(said.room.pk)
        self._write(entry, said.room)
        if said.mark and said.room.salt:  # else the room closes in this same moment
            Mark.objects.create(room=said.room, seq=seq, mark=said.mark)

    def _is_silent(self, room: Room, person: User) -> bool:
        if room.pk not in self._silent:
            self._silent[room.pk] = set(Silence.objects.filter(room=room).values_list("mark", flat=True))
        silent = self._silent[room.pk]
        return bool(silent) and mark_of(person, room) in silent

    def _is_in(self, room: Room, person: User) -> bool:
        asked = (room.pk, person.pk)
        if asked not in self._rights:
            self._rights[asked] = may_be_in(person, room)
        return self._rights[asked]

    def save(self) -> None:
        for room in self.rooms.values():
            if room.last_seq != self.before[room.pk]:
                room.save(update_fields=CHANGED)
                fresh = [] if room.pk in self._changed else self._fresh[room.pk]
                transaction.on_commit(partial(ring.tell, BELL, (room.pk, room.last_seq, fresh)))


def _spoken_in(orders: Sequence[Order]) -> Q:
    """The rooms that orders name; of those that speak in several, all open ones of the event; of those that hide, all there were."""
    found = Q(pk__in={one.room for one in orders})
    if crossing := {one.room for one in orders if one.kind in CROSSING}:
        found |= Q(event__in=_events_of(crossing), closed_at=None)
    if hiding := {one.room for one in orders if _hides(one)}:
        found |= Q(event__in=_events_of(hiding))
    return found


def _events_of(rooms: set[UUID]) -> Any:
    return Room.objects.filter(pk__in=rooms).values("event")


def _hides(order: Order) -> bool:
    """Whether words are to go: of a card or a question they stand in several rooms."""
    return order.kind == "chat.hide" or (order.kind == "question.approve" and bool(order.data.get("decline")))


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
