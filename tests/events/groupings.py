"""People and wishes for the composer, drawn by lot from a seed, and every seating there is of a few of them."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

from cop_site.events.grouping import Impossible, Mode, Organisations, Person, Plan, Wish, checking, scoring

SCALES = ["desa-kelurahan", "kabupaten-kota", "provinsi", "nasional", None]
MANDATES = ["bantuan-hukum", "migrasi-aman", "rumah-aman", "reintegrasi", "advokasi-kebijakan", "pendanaan"]

Members = tuple[Person, ...]


def crowd(many: int, lots: Random) -> list[Person]:
    """People of organisations; scale and mandates come from the directory, so that colleagues have the same."""
    organisations = [(name, lots.choice(SCALES), drawn(lots, MANDATES, 3)) for name in range(max(2, many // 3))]
    return [_person(number, *lots.choice(organisations), lots) for number in range(many)]


def _person(number: int, organisation: int, scale: str | None, mandates: tuple[str, ...], lots: Random) -> Person:
    return Person(
        id=f"p{number:04}",
        scale=scale,
        mandates=mandates,
        organisation=f"o{organisation}" if lots.random() < 0.9 else None,
        language=lots.choice(["id", "id", "en"]),
        is_facilitator=lots.random() < 0.4,
        is_note_taker=lots.random() < 0.4,
    )


def drawn(lots: Random, things: Sequence[Any], most: int) -> tuple[Any, ...]:
    return tuple(lots.sample(things, lots.randint(0, min(most, len(things)))))


def wish(people: Sequence[Person], mode: Mode, lots: Random) -> Wish:
    """Something of everything a convenor can ask for, and sometimes what cannot be."""
    ids = [person.id for person in people]
    pairs = list(combinations(ids, 2))
    groups = lots.randint(2, max(2, len(ids) // 3))
    size = len(ids) // groups
    rounds = [ids[start::3] for start in range(3)]
    return Wish(
        mode=mode,
        least=max(1, size - lots.randint(0, 1)),
        most=size + lots.randint(1, 2),
        groups=groups if lots.random() < 0.7 else None,
        seed=lots.randrange(1000),
        organisations=lots.choice(list(Organisations)),
        by_language=lots.random() < 0.3,
        apart=drawn(lots, pairs, len(ids) // 2),
        met=drawn(lots, pairs, len(ids)),
        pinned={identity: lots.randint(1, 2) for identity in drawn(lots, ids, 2)},
        earlier_groups=rounds if mode == Mode.JIGSAW else (),
    )


def seatings(people: Members, groups: int, wish: Wish) -> Iterator[list[Members]]:
    """Every way to seat people in so many groups that breaks no hard constraint. Which group is which matters to pins alone."""
    least, most = wish.band(len(people), groups)
    for seating in _partitions(people, groups, least, most):
        if not _breaks(seating, wish):
            yield seating


def _partitions(people: Members, groups: int, least: int, most: int) -> Iterator[list[Members]]:
    """The first person with each choice of others, then the same with those who are left."""
    if not people or not groups:
        if not people and not groups:
            yield []
        return
    first, others = people[0], people[1:]
    for size in range(least - 1, min(most, len(people))):
        for beside in combinations(others, size):
            left = tuple(person for person in others if person not in beside)
            for more in _partitions(left, groups - 1, least, most):
                yield [(first, *beside), *more]


def _breaks(seating: list[Members], wish: Wish) -> bool:
    numbers = [{wish.pinned[person.id] for person in group if person.id in wish.pinned} for group in seating]
    claimed = [number for found in numbers for number in found]
    is_apart = any(wish.keeps_apart(one.id, other.id) for group in seating for one, other in combinations(group, 2))
    return is_apart or any(len(found) > 1 for found in numbers) or len(claimed) != len(set(claimed))


def best(people: Members, wish: Wish, groups: int) -> scoring.Score | None:
    """The best score there is, by trying everything; offices come first."""
    scores = (scoring.score(seating, wish) for seating in seatings(people, groups, wish))
    return min(scores, key=lambda score: score.total, default=None)


def broken(plan: Plan, people: Sequence[Person], wish: Wish) -> list[Any]:
    """What a plan breaks that it may never break."""
    seated = sorted(identity for group in plan.groups for identity in group.ids)
    return [*checking.broken(plan.groups, wish), *([] if seated == sorted(person.id for person in people) else ["each exactly once"])]


def can_be(people: Members, wish: Wish) -> bool:
    """Whether there is any seating at all, with any number of groups that the band allows."""
    try:
        numbers = checking.numbers_of_groups(people, wish)
    except Impossible:
        return False
    return any(next(seatings(people, groups, wish), None) for groups in numbers)
