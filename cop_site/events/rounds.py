"""From the people of an event to the composer and back: who there is, what is wished, and the round that is kept.

Composing takes its time and locks nothing; keeping what was composed is short.
"""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.db.models import Q

from cop_site.accounts.models import Block, Membership, User

from . import grouping, policy
from .models import Apart, Entry, Event, Registration, Room, Round, Seat
from .numbers import next_of
from .whence import wheres_from

SPOKE = ("chat.post", "hand.raise", "card.add")
SIZES = {"least": 4, "most": 8}  # where nobody says how large groups shall be: small enough that everybody speaks


def people_of(event: Event) -> list[User]:
    """Those who have a seat, and those who spoke in the hall without one, as far as they may be in a room. Who convenes goes round."""
    coming = Registration.objects.filter(event=event, is_waiting=False).values("person")
    said = Entry.objects.filter(room__event=event, room__kind=Room.Kind.HALL, kind__in=SPOKE, sender__isnull=False)
    found = User.objects.filter(Q(pk__in=coming) | Q(pk__in=said.values("sender")), policy.people_for_rooms())
    return list(found.exclude(pk=event.author_id).order_by("pk"))


def crowd_of(event: Event, said: dict[str, Any]) -> list[grouping.Person]:
    """The people as the composer knows them. Without names given everybody may lead a group and take its notes."""
    people = people_of(event)
    organisations, whences = _organisations_of(people), wheres_from(people)
    spoken = dict(Registration.objects.filter(event=event).values_list("person", "language"))
    return [
        grouping.Person(
            id=person.handle,
            scale=whence.get("scale"),
            mandates=tuple(whence.get("mandates", ())),
            organisation=organisations.get(person.pk),
            language=spoken.get(person.pk, person.language),  # a person's own is that of her pages
            is_facilitator=person.handle in said.get("facilitators", [person.handle]),
            is_note_taker=person.handle in said.get("note_takers", [person.handle]),
        )
        for person in people
        for whence in (whences.get(person.pk, {}),)
    ]


def _organisations_of(people: list[User]) -> dict[int, str]:
    current = Membership.objects.current().filter(person__in=people).order_by("-pk")
    return {person: str(organisation) for person, organisation in current.values_list("person", "organisation")}


def wish_of(event: Event, said: dict[str, Any], *, of: Round | None = None) -> grouping.Wish:
    """What the convenor said, and what the event knows: who must not meet, who is pinned, who was together before.

    ``of`` an earlier round than the next, what came after it is left out.
    """
    names = ("mode", "least", "most", "groups", "seed", "organisations", "by_language")
    wished = {name: said[name] for name in names if name in said}
    if not wished.keys() & {"least", "most", "groups"}:
        wished |= SIZES
    before = Round.objects.filter(event=event).exclude(status=Round.Status.DRAFT).order_by("number")
    rounds = list(before.filter(number__lt=of.number) if of else before)
    pinned = _pinned(of or Round.objects.filter(event=event, status=Round.Status.DRAFT).first())
    return grouping.Wish(
        apart=_apart(event, pinned),
        met=_met(rounds) if said.get("new_partners") else (),
        pinned=pinned,
        earlier_groups=_groups_of(rounds[-1]) if rounds else (),
        **wished,
    )


def _apart(event: Event, pinned: dict[str, int]) -> list[tuple[str, str]]:
    """Pairs named by those who lead, and people of whom one blocks the other.

    Who blocks whom nobody may find out by trying: people whom those who lead put together themselves stay together.
    """
    named = Apart.objects.filter(event=event).values_list("one__handle", "other__handle")
    here = [person.pk for person in people_of(event)]
    blocks = Block.objects.filter(person__in=here, blocked__in=here).values_list("person__handle", "blocked__handle")
    return [*named, *((one, other) for one, other in blocks if one not in pinned or pinned[one] != pinned.get(other))]


def _met(rounds: list[Round]) -> list[tuple[str, str]]:
    return [pair for round_ in rounds for group in _groups_of(round_) for pair in combinations(group, 2)]


def _groups_of(round_: Round) -> list[list[str]]:
    groups: dict[int, list[str]] = {}
    for number, handle in Seat.objects.filter(round=round_).order_by("pk").values_list("group", "person__handle"):
        groups.setdefault(number, []).append(handle)
    return list(groups.values())


def _pinned(round_: Round | None) -> dict[str, int]:
    return dict(Seat.objects.filter(round=round_, is_pinned=True).values_list("person__handle", "group")) if round_ else {}


def composed(event: Event, said: dict[str, Any]) -> dict[str, Any]:
    """The plan as it is kept. Raises ``grouping.Impossible`` where there is none."""
    wish = wish_of(event, said)
    plan = grouping.compose(crowd_of(event, said), wish)
    seats = [
        [
            person.id,
            group.number,
            person.id == group.facilitator,
            person.id == group.note_taker,
            person.id in wish.pinned,
            told(plan.why[person.id]),
        ]
        for group in plan.groups
        for person in group.members
    ]
    return {"wish": said, "seats": seats, "unmet": told(plan.unmet)}


def told(remarks: Iterable[grouping.Remark]) -> list[list[Any]]:
    """Remarks as they are kept."""
    return [[remark.code, dict(remark.figures)] for remark in remarks]


def keep_plan(event: Event, plan: dict[str, Any]) -> Round:
    """A draft of the next round in place of the one there was."""
    Round.objects.filter(event=event, status=Round.Status.DRAFT).delete()
    number = next_of(Round.objects.filter(event=event))
    round_ = Round.objects.create(event=event, number=number, wish=plan["wish"], unmet=plan["unmet"])
    people = {person.handle: person for person in User.objects.filter(handle__in=[seat[0] for seat in plan["seats"]])}
    names = ("group", "is_facilitator", "is_note_taker", "is_pinned", "why")
    seats = [
        Seat(round=round_, person=people[handle], **dict(zip(names, rest, strict=True)))
        for handle, *rest in plan["seats"]
        if handle in people
    ]
    Seat.objects.bulk_create(seats)
    return round_
