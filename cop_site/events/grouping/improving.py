"""From a seating that may be to one that is good: exchanges drawn by lot, at first also some that cost, then only those that gain.

Simulated annealing, then descent. What is limited is the number of exchanges looked at, never the time, so that the same input
gives the same plan on every machine.
"""

from collections.abc import Iterator
from itertools import combinations
from math import exp
from random import Random

from .seating import Seating

HOT = 6.0
COLD = 0.05
A_GAIN = 1e-9
MOVES = 0.25


def improve(seating: Seating, lots: Random, looks: int) -> None:
    """Exchange people until ``looks`` exchanges have been looked at, or until none gains."""
    movable = [number for number, person in enumerate(seating.crowd.people) if person.id not in seating.crowd.wish.pinned]
    if len(movable) < 2 or seating.groups < 2:
        return
    _anneal(seating, movable, lots, looks)
    a_round = len(movable) * (len(movable) // 2 + seating.groups)
    # In a large gathering a round through all pairs would cost more than all that went before, and gain next to nothing.
    if a_round <= looks:
        _descend(seating, movable, looks)


def _anneal(seating: Seating, movable: list[int], lots: Random, looks: int) -> None:
    draw = lots.random
    can_resize = seating.least < seating.most
    cooling = (COLD / HOT) ** (1 / looks)
    heat = HOT
    for _ in range(looks):
        heat *= cooling
        one = movable[int(draw() * len(movable))]
        if can_resize and draw() < MOVES:
            _perhaps_move(seating, one, int(draw() * seating.groups), heat, draw())
        else:
            _perhaps_swap(seating, one, movable[int(draw() * len(movable))], heat, draw())


def _perhaps_move(seating: Seating, person: int, group: int, heat: float, lot: float) -> None:
    if seating.where[person] != group and seating.may_move(person, group):
        cost = seating.moving_costs(person, group)
        if cost <= 0 or lot < exp(-cost / heat):
            seating.move(person, group)


def _perhaps_swap(seating: Seating, one: int, other: int, heat: float, lot: float) -> None:
    if seating.may_swap(one, other):
        cost = seating.swapping_costs(one, other)
        if cost <= 0 or lot < exp(-cost / heat):
            seating.swap(one, other)


def _descend(seating: Seating, movable: list[int], looks: int) -> None:
    """Take every exchange that gains, until a whole round finds none."""
    left = looks
    has_gained = True
    while has_gained and left > 0:
        has_gained = False
        for change in _changes(seating, movable):
            left -= 1
            has_gained |= _take_if_it_gains(seating, *change)
            if left <= 0:
                return


def _changes(seating: Seating, movable: list[int]) -> Iterator[tuple[int, int, bool]]:
    if seating.least < seating.most:
        yield from ((person, group, True) for person in movable for group in range(seating.groups))
    yield from ((one, other, False) for one, other in combinations(movable, 2))


def _take_if_it_gains(seating: Seating, person: int, to: int, is_move: bool) -> bool:
    if is_move:
        if seating.where[person] != to and seating.may_move(person, to) and seating.moving_costs(person, to) < -A_GAIN:
            seating.move(person, to)
            return True
    elif seating.may_swap(person, to) and seating.swapping_costs(person, to) < -A_GAIN:
        seating.swap(person, to)
        return True
    return False
