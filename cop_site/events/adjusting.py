"""A round that is kept, as the composer's plan, and back: for those who change it by hand or place somebody who came late."""

from collections.abc import Mapping
from dataclasses import replace

from . import grouping, rounds
from .grouping import Group, Impossible, Person, Plan, Wish
from .models import Round, Seat
from .refusing import Refused


def wish_of(round_: Round) -> Wish:
    """What was asked for, with what the event knows of pairs and pins now."""
    return rounds.wish_of(round_.event, round_.wish, of=round_)


def plan_of(round_: Round, wish: Wish) -> Plan:
    """The groups as they are kept. Somebody who is not there any more sits where she sat, without scale or mandate."""
    here = {person.id: person for person in rounds.crowd_of(round_.event, round_.wish)}
    groups: dict[int, Group] = {}
    for seat in Seat.objects.filter(round=round_).select_related("person").order_by("group", "person__handle"):
        handle = seat.person.handle
        group = groups.get(seat.group, Group(seat.group, ()))
        groups[seat.group] = replace(
            group,
            members=(*group.members, here.get(handle, Person(handle))),
            facilitator=handle if seat.is_facilitator else group.facilitator,
            note_taker=handle if seat.is_note_taker else group.note_taker,
        )
    return grouping.judge(tuple(groups.values()), wish)


def moved(round_: Round, moves: Mapping[str, int]) -> Plan:
    """The plan with people moved; who is kept in a group is from now on kept in the other. Nothing is refused but what is not there."""
    wish = wish_of(round_)
    wish = replace(wish, pinned={handle: moves.get(handle, number) for handle, number in wish.pinned.items()})
    try:
        return grouping.after_moving(plan_of(round_, wish), moves, wish).plan
    except Impossible as reason:
        raise Refused("invalid", detail=f"groups-{reason.code}") from reason


def with_office(round_: Round, handle: str, office: str) -> Plan:
    """The plan with another person in an office of her group. Who held the other office herself changes with whom she follows."""
    wish = wish_of(round_)
    plan = plan_of(round_, wish)
    other = {"facilitator": "note_taker", "note_taker": "facilitator"}[office]
    groups = []
    for group in plan.groups:
        if handle in group.ids:
            held = getattr(group, office) if getattr(group, other) == handle else getattr(group, other)
            group = replace(group, **{office: handle, other: held})
        groups.append(group)
    return grouping.judge(groups, wish)


def with_late(round_: Round, handle: str) -> tuple[Group, Plan]:
    """The group that somebody joins who came late, and the plan with her."""
    wish = wish_of(round_)
    person = next((one for one in rounds.crowd_of(round_.event, round_.wish) if one.id == handle), None)
    if person is None:
        raise Refused("invalid", detail="groups-not-there")
    try:
        plan = grouping.place_late(plan_of(round_, wish), person, wish)
    except Impossible as reason:
        raise Refused("invalid", detail=f"groups-{reason.code}") from reason
    return next(group for group in plan.groups if handle in group.ids), plan


def keep(round_: Round, plan: Plan) -> None:
    """Write a changed plan into the rows of its round; pins stay on those who have one."""
    groups = {identity: group for group in plan.groups for identity in group.ids}
    seats = list(Seat.objects.filter(round=round_).select_related("person"))
    for seat in seats:
        handle = seat.person.handle
        group = groups[handle]
        seat.group = group.number
        seat.is_facilitator, seat.is_note_taker = group.facilitator == handle, group.note_taker == handle
        seat.why = rounds.told(plan.why[handle])
    Seat.objects.bulk_update(seats, ["group", "is_facilitator", "is_note_taker", "why"])
    round_.unmet = rounds.told(plan.unmet)
    round_.save(update_fields=["unmet"])
