"""A plan from groups: who holds which office, the score, what of the wish is not met, and for each person why they sit there.

Nothing here ever says that two people must not meet: neither the person nor their group learns it from a plan.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from . import checking, scoring
from .telling import reasons
from .wishes import Group, Mode, Organisations, Person, Plan, Remark, Wish


def judge(groups: Sequence[Group], wish: Wish) -> Plan:
    """The plan that these groups make. Offices that are held stay where they are; empty ones are filled by lot from the willing."""
    held = tuple(_with_offices(group, wish.seed) for group in groups)
    score = scoring.score([group.members for group in held], wish)
    return Plan(groups=held, score=score, unmet=unmet(held, wish), why=reasons(held, wish))


def _with_offices(group: Group, seed: int) -> Group:
    """Who would do only one of the two comes first, so that nobody does both where it can be helped."""
    by_lot = sorted(group.members, key=lambda person: Random(f"{seed}/offices/{person.id}").random())
    facilitator, note_taker = (holder if holder in group.ids else None for holder in (group.facilitator, group.note_taker))
    if facilitator is None:
        willing = [person for person in by_lot if person.is_facilitator]
        facilitator = _first(sorted(willing, key=lambda person: (person.id == note_taker, person.is_note_taker)))
    if note_taker is None:
        willing = [person for person in by_lot if person.is_note_taker]
        note_taker = _first(sorted(willing, key=lambda person: (person.id == facilitator, person.is_facilitator)))
    return replace(group, facilitator=facilitator, note_taker=note_taker)


def _first(willing: Sequence[Person]) -> str | None:
    return willing[0].id if willing else None


def unmet(groups: Sequence[Group], wish: Wish) -> tuple[Remark, ...]:
    """What the convenor asked for and does not get, as codes with the groups' numbers or the count of pairs."""
    listed = [
        ("no-facilitator", [group.number for group in groups if group.facilitator is None]),
        ("no-note-taker", [group.number for group in groups if group.note_taker is None]),
        ("one-for-both", [group.number for group in groups if group.facilitator and group.facilitator == group.note_taker]),
        ("over-band", [remark.figures["group"] for remark in checking.broken(groups, wish) if remark.code == "over-band"]),
        ("languages-mixed", _languages_mixed(groups) if wish.by_language else []),
        ("alone", _somebody_alone(groups) if wish.mode == Mode.SEJENIS else []),
        (f"aim-{wish.mode}", AIM_MISSED[Mode(wish.mode)](groups, wish)),
    ]
    counted = [("met-again", scoring.partners_again([group.members for group in groups], wish)), _colleagues(groups, wish)]
    return (
        *(Remark(code, {"groups": numbers}) for code, numbers in listed if numbers),
        *(Remark(code, {"pairs": pairs}) for code, pairs in counted if pairs),
    )


def _languages_mixed(groups: Sequence[Group]) -> list[int]:
    return [group.number for group in groups if len({person.language for person in group.members}) > 1]


def _colleagues(groups: Sequence[Group], wish: Wish) -> tuple[str, int]:
    together = sum(scoring.colleague_pairs(group.members) for group in groups)
    if wish.organisations == Organisations.SPLIT:
        return "colleagues-together", together
    everybody = [person for group in groups for person in group.members]
    return "colleagues-parted", scoring.colleague_pairs(everybody) - together if wish.organisations == Organisations.KEEP else 0


def _of_several_scales(groups: Sequence[Group], wish: Wish) -> list[int]:
    """*sejenis*: groups in which two scales meet."""
    return [group.number for group in groups if len(_scales(group.members)) > 1]


def _somebody_alone(groups: Sequence[Group]) -> list[int]:
    """*sejenis*: groups in which somebody shares neither scale nor mandate with anybody. The score is a sum and would let it pass."""
    return [
        group.number
        for group in groups
        if len(group.members) > 1
        and any(not any(scoring.likeness(one, other) for other in group.members if other != one) for one in group.members)
    ]


def _of_one_scale(groups: Sequence[Group], wish: Wish) -> list[int]:
    """*silang*: groups that hear one scale alone, although there are more."""
    several = len(_scales([person for group in groups for person in group.members])) > 1
    return [group.number for group in groups if several and len(group.members) > 1 and len(_scales(group.members)) < 2]


def _unlike_the_whole(groups: Sequence[Group], wish: Wish) -> list[int]:
    """*perwakilan*: groups with a whole person more or less of a scale than their fair share."""
    whole = _scales([person for group in groups for person in group.members])
    people = sum(len(group.members) for group in groups)
    return [
        group.number
        for group in groups
        if any(abs(_scales(group.members)[scale] - count * len(group.members) / people) >= 1 for scale, count in whole.items())
    ]


def _absent_somebody(groups: Sequence[Group], wish: Wish) -> list[int]:
    """*jigsaw*: groups without anybody of one of the groups before."""
    present = {identity for group in groups for identity in group.ids}
    return [group.number for group in groups if scoring.absent(group.members, wish, present)]


def _scales(people: Sequence[Person]) -> Counter[str]:
    return Counter(person.scale for person in people if person.scale)


AIM_MISSED = {
    Mode.SEJENIS: _of_several_scales,
    Mode.SILANG: _of_one_scale,
    Mode.PERWAKILAN: _unlike_the_whole,
    Mode.JIGSAW: _absent_somebody,
}
