"""What is never broken: who is there once, how many groups there can be, and what a plan changed by hand breaks."""

from collections import Counter
from collections.abc import Sequence

from .wishes import Group, Impossible, Person, Remark, Wish


def refuse_twice(people: Sequence[Person]) -> None:
    """One identity is one person, whatever else their rows say."""
    twice = sorted(identity for identity, rows in Counter(person.id for person in people).items() if rows > 1)
    if twice:
        raise Impossible("twice", people=twice)
    if not people:
        raise Impossible("nobody")


def numbers_of_groups(people: Sequence[Person], wish: Wish) -> list[int]:
    """How many groups there may be, the best number first: the wished one, or those that come nearest to the middle of the band."""
    if wish.groups is None and (wish.least is None or wish.most is None):
        raise Impossible("no-size")
    highest_pin = max((number for identity, number in wish.pinned.items() if identity in {person.id for person in people}), default=1)
    wanted = range(1, len(people) + 1) if wish.groups is None else [wish.groups]
    possible = [groups for groups in wanted if _fits(len(people), groups, wish)]
    if not possible:
        raise Impossible("band", people=len(people), least=wish.least, most=wish.most, groups=wish.groups)
    if highest_pin > max(possible) or min(wish.pinned.values(), default=1) < 1:
        raise Impossible("pin-number", pinned=highest_pin, groups=max(possible))
    if wish.groups is None:
        middle = 2 * len(people) / ((wish.least or 1) + (wish.most or 1))
        possible.sort(key=lambda groups: (abs(groups - middle), groups))
    return [groups for groups in possible if groups >= highest_pin]


def _fits(people: int, groups: int, wish: Wish) -> bool:
    if not 1 <= groups <= people:
        return False
    least, most = wish.band(people, groups)
    return 1 <= least <= most and groups * least <= people <= groups * most


def refuse_pins_at_odds(people: Sequence[Person], wish: Wish, groups: int) -> None:
    """Pins that cannot all be kept: said before anything is tried, because a convenor can put that right at once."""
    here = {person.id for person in people}
    pinned = {identity: number for identity, number in sorted(wish.pinned.items()) if identity in here}
    for one, other in sorted(wish.apart):
        if one != other and one in pinned and pinned[one] == pinned.get(other):
            raise Impossible("pins-apart", people=[one, other], group=pinned[one])
    _, most = wish.band(len(people), groups)
    for number, size in sorted(Counter(pinned.values()).items()):
        if size > most:
            raise Impossible("pins-over-band", group=number, pinned=size, most=most)


def broken(groups: Sequence[Group], wish: Wish) -> tuple[Remark, ...]:
    """Every hard constraint that these groups break. Must-not-meet pairs are named: only who may see that list may be shown this."""
    return (*_sizes_broken(groups, wish), *_apart_broken(groups, wish), *_pins_broken(groups, wish))


def _sizes_broken(groups: Sequence[Group], wish: Wish) -> list[Remark]:
    least, most = wish.band(sum(len(group.members) for group in groups), len(groups))
    return [
        Remark(
            "too-small" if len(group.members) < least else "over-band",
            {"group": group.number, "size": len(group.members), "least": least, "most": most},
        )
        for group in groups
        if not least <= len(group.members) <= most
    ]


def _apart_broken(groups: Sequence[Group], wish: Wish) -> list[Remark]:
    where = {identity: group.number for group in groups for identity in group.ids}
    return [
        Remark("apart", {"people": [one, other], "group": where[one]})
        for one, other in sorted(wish.apart)
        if one != other and one in where and where[one] == where.get(other)
    ]


def _pins_broken(groups: Sequence[Group], wish: Wish) -> list[Remark]:
    where = {identity: group.number for group in groups for identity in group.ids}
    return [
        Remark("pin", {"person": identity, "group": where[identity], "pinned": number})
        for identity, number in sorted(wish.pinned.items())
        if identity in where and where[identity] != number
    ]
