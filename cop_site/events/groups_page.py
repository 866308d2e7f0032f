"""Reads of the page of groups: who is there, the draft as it would open, and how the open groups are doing."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from cop_site.accounts.models import Organisation, User
from cop_site.core.records.cells import sheet
from cop_site.vocabulary import selectors as words

from . import adjusting, grouping, rounds
from .grouping import Person
from .grouping_words import BROKEN, UNMET, WHY, sentences
from .models import Apart, Card, Entry, Event, Mark, Room, Round, Seat


@dataclass(frozen=True)
class Member:
    """One line of a group."""

    seat: Seat
    scale: str
    mandates: list[str]
    organisation: str
    why: list[str]


def round_of(event: Event, status: str) -> Round | None:
    return Round.objects.filter(event=event, status=status).order_by("-number").first()


def counts_of(crowd: list[Person]) -> dict[str, Any]:
    """How many are there, by scale and by mandate, in the order of the vocabularies."""
    scales = Counter(person.scale for person in crowd if person.scale)
    mandates = Counter(mandate for person in crowd for mandate in person.mandates)
    return {
        "people": len(crowd),
        "scales": _labelled("service_scale", scales),
        "mandates": _labelled("mandate", mandates),
        "unknown": sum(not person.scale for person in crowd),
    }


def _labelled(vocabulary: str, counts: Counter[str]) -> list[tuple[str, int]]:
    return [(words.label(vocabulary, slug), counts[slug]) for slug in words.terms(vocabulary) if counts[slug]]


def groups_of(round_: Round, crowd: list[Person], viewer: User) -> list[tuple[int, list[Member]]]:
    """The groups of a round with all that the page says of those who sit in them."""
    here = {person.id: person for person in crowd}
    found = Organisation.objects.visible_to(viewer).filter(pk__in={person.organisation for person in crowd if person.organisation})
    names = {str(pk): name for pk, name in found.values_list("pk", "name")}
    groups: dict[int, list[Member]] = {}
    for seat in Seat.objects.filter(round=round_).select_related("person").order_by("group", "person__name", "pk"):
        person = here.get(seat.person.handle, Person(seat.person.handle))
        groups.setdefault(seat.group, []).append(
            Member(
                seat=seat,
                scale=words.label("service_scale", person.scale) if person.scale else "",
                mandates=[words.label("mandate", slug) for slug in person.mandates],
                organisation=names.get(person.organisation or "", ""),
                why=sentences(WHY, seat.why),
            )
        )
    return list(groups.items())


def named_of(named: dict[str, list[str]]) -> dict[str, list[str]]:
    """The names behind the handles of those who were named for an office, in the order of the alphabet."""
    people = dict(
        User.objects.filter(handle__in={handle for handles in named.values() for handle in handles}).values_list("handle", "name")
    )
    return {office: sorted(people[handle] for handle in handles) for office, handles in named.items()}


def unmet_of(round_: Round) -> list[str]:
    return sentences(UNMET, round_.unmet)


def broken_of(round_: Round) -> list[str]:
    """What the groups break now. Of pairs only those on the list of those who lead: a warning would tell who blocks whom."""
    wish = adjusting.wish_of(round_)
    plan = adjusting.plan_of(round_, wish)
    listed = {tuple(sorted(pair)) for pair in Apart.objects.filter(event=round_.event).values_list("one__handle", "other__handle")}
    names = dict(Seat.objects.filter(round=round_).values_list("person__handle", "person__name"))
    told = []
    for remark in grouping.after_moving(plan, {}, wish).broken:
        figures = dict(remark.figures)
        if remark.code == "apart":
            if tuple(figures["people"]) not in listed:
                continue
            figures["names"] = [names[handle] for handle in figures["people"]]
        told.append((remark.code, figures))
    return list(dict.fromkeys(map(str, sentences(BROKEN, told))))


def state_of(round_: Round) -> list[dict[str, Any]]:
    """How the open groups are doing: three counts for all of them, whoever spoke stays unnamed."""
    rooms = list(Room.objects.filter(round=round_, closed_at=None).order_by("number"))
    seats = _by_room(Seat.objects.filter(room__in=rooms))
    cards = _by_room(Card.objects.filter(room__in=rooms))
    spoke = _by_room(Entry.objects.filter(room__in=rooms, kind__in=rounds.SPOKE, sender__isnull=False), "sender")
    marked = _by_room(Mark.objects.filter(room__in=rooms), "mark")
    return [
        {
            "room": room,
            "people": seats.get(room.pk, 0),
            "spoke": (marked if room.is_unattributed else spoke).get(room.pk, 0),
            "cards": cards.get(room.pk, 0),
            "hands": len(room.state["hands"]),
        }
        for room in rooms
    ]


def _by_room(rows: Any, what: str = "pk") -> dict[Any, int]:
    return dict(rows.order_by().values_list("room").annotate(number=Count(what, distinct=True)))


def late_of(round_: Round) -> list[User]:
    """Who is there and has no seat in an open round."""
    seated = set(Seat.objects.filter(round=round_).values_list("person", flat=True))
    return [person for person in rounds.people_of(round_.event) if person.pk not in seated]


def apart_of(event: Event) -> list[Apart]:
    return list(Apart.objects.filter(event=event).select_related("one", "other").order_by("pk"))


def table_of(round_: Round) -> str:
    """Who sits in which group, as CSV that table programmes read with all its letters."""
    seats = Seat.objects.filter(round=round_).order_by("group", "person__name", "pk").values_list("group", "person__name")
    return sheet([[_("Group"), _("Name")], *([_("Group %(number)d") % {"number": number}, name] for number, name in seats)])


def reasons_for(person: Any, room: Room) -> tuple[Seat, list[str]] | None:
    """One's own seat in a group with why, or nothing."""
    seat = Seat.objects.filter(room=room, person=person.pk).select_related("round").first()
    return (seat, sentences(WHY, seat.why)) if seat else None
