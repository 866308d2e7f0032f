"""Groups of a round, as their actions make them: rooms of their own that open together, and whose cards come back to the hall."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from cop_site.accounts.models import User
from cop_site.accounts.policy import OFFICE

from .acts import Act, Said
from .marks import mark_of
from .models import Card, Entry, Mark, Room, Round, Seat
from .refusing import Refused
from .rounds import keep_plan
from .shutting import shut


def compose(act: Act) -> bool:
    """Keep what was composed as the draft of the next round; those in the rooms hear of it when it opens."""
    _hall(act)
    keep_plan(act.room.event, act.entry.data)
    return False


def open_round(act: Act) -> bool:
    """A room for each group; the hall hears which, and who sits where."""
    hall = _hall(act)
    round_ = _of_status(act, Round.Status.DRAFT)
    if Round.objects.filter(event=act.room.event, status=Round.Status.OPEN).exists():
        raise Refused("invalid", detail="round_open")
    for number in Seat.objects.filter(round=round_).order_by("group").values_list("group", flat=True).distinct():
        told = {"kind": Room.Kind.GROUP, "round": round_, "number": number, "is_unattributed": hall.is_unattributed}
        Seat.objects.filter(round=round_, group=number).update(room=Room.objects.create(event=hall.event, **told))
    round_.status = Round.Status.OPEN
    round_.save(update_fields=["status"])
    _tell(act, hall, told_of(round_))
    return act.room == hall


def told_of(round_: Round) -> dict[str, Any]:
    """An open round as the hall hears it: which groups there are, and who sits where."""
    seats = defaultdict(list)
    for seat in Seat.objects.filter(round=round_).select_related("person").order_by("group", "person__handle"):
        seats[seat.group].append(seat)
    return {"round": round_.number, "groups": [_group(number, members) for number, members in sorted(seats.items())]}


def _group(number: int, members: list[Seat]) -> dict[str, Any]:
    offices = ("facilitator", "note_taker")
    named = {office: next((seat.person.handle for seat in members if getattr(seat, f"is_{office}")), None) for office in offices}
    return {"room": str(members[0].room_id), "number": number, "people": [seat.told() for seat in members], **named}


def close_round(act: Act) -> bool:
    """Everybody back to the hall: groups close, and what stands on their boards comes along with where it is from."""
    hall = _hall(act)
    round_ = _of_status(act, Round.Status.OPEN)
    round_.status = Round.Status.CLOSED
    round_.save(update_fields=["status"])
    _tell(act, hall, {"round": round_.number})
    for room in act.beside.groups():
        act.also += _cards_of(room, round_, hall)
        shut(room, act.entry.at)
        act.also.append(Said(room, "room.close", {}, act.entry.sender))
    return act.room == hall


def _cards_of(room: Room, round_: Round, hall: Room) -> list[Said]:
    """As the hall hears them: each with the number it had in its group, so that hiding one hides the other."""
    html = {one.data["id"]: one.data["html"] for one in Entry.objects.filter(room=room, kind__in=["card.add", "card.edit"]).order_by("seq")}
    cards, marks = Card.objects.filter(room=room).select_related("author").order_by("seq"), _marks_of(room, round_, hall)
    told = []
    for card in cards:
        origin = {"round": round_.number, "group": room.number, "seq": card.seq}
        data = {"kind": card.column, "text": card.text, "html": html[card.seq], "origin": origin}
        told.append(Said(hall, "card.add", data, card.author, marks.get(card.seq, "")))
    return told


def _marks_of(room: Room, round_: Round, hall: Room) -> dict[int, str]:
    """By the number of what stands in a group under no name its author's mark in the hall, so that she can take it back there too.

    Those who may have written it are tried: who it was leaves this function as a mark alone.
    """
    marks = Mark.objects.filter(room=room).values_list("seq", "mark")
    if not marks:
        return {}
    seated = Seat.objects.filter(round=round_).values("person")
    people = User.objects.filter(Q(pk__in=seated) | Q(pk=hall.event.author_id) | Q(role__in=OFFICE))
    in_hall = {mark_of(person, room): mark_of(person, hall) for person in people}
    return {seq: in_hall[mark] for seq, mark in marks if mark in in_hall}


def _hall(act: Act) -> Room:
    hall = act.room if act.room.kind == Room.Kind.HALL else act.beside.of_kind(Room.Kind.HALL)
    if hall is None or act.room.kind == Room.Kind.GROUP:
        raise Refused("invalid")
    return hall


def _of_status(act: Act, status: str) -> Round:
    found = Round.objects.filter(event=act.room.event, status=status).order_by("-number").first()
    if found is None:
        raise Refused("invalid", detail="no_round")
    return found


def _tell(act: Act, hall: Room, data: dict[str, Any]) -> None:
    """The hall hears it whichever room it was said in."""
    act.entry.data = data
    if act.room != hall:
        act.also.append(Said(hall, act.entry.kind, data, act.entry.sender))


EFFECTS = {"breakout.compose": compose, "breakout.open": open_round, "breakout.close": close_round}
