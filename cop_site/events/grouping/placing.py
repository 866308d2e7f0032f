"""The first seating: whoever is hard to place first, then each where they cost least.

Must-not-meet pairs make this colouring a graph with groups as colours, which nobody knows a fast way to do for certain. People who must
not meet somebody are placed the most hemmed in first, and placings that led nowhere are taken back. The number of steps is limited by
count and not by the clock, so that a slow machine finds what a fast one finds.
"""

from collections.abc import Iterator
from random import Random

from .crowd import Crowd
from .seating import NOWHERE, Seating
from .wishes import Mode

STEPS = 20_000
SMALL = 60
STEPS_A_PERSON = 2


class TooManySteps(Exception):
    """Not found, and not proven that there is none."""


def place(crowd: Crowd, groups: int, lots: Random, *, by_lot: bool = False) -> Seating | None:
    """Everybody on a seat with every hard constraint kept; None where it is proven that nobody could.

    ``by_lot``: each takes any open group, not the cheapest, so that another start is another corner to search from.
    """
    placing = _Placing(crowd, groups, lots, by_lot)
    if not (placing.seat_pinned() and placing.seat_hemmed_in()):
        return None
    placing.seat_free()
    return placing.seating


class _Placing:
    def __init__(self, crowd: Crowd, groups: int, lots: Random, by_lot: bool) -> None:
        self.crowd, self.seating = crowd, Seating(crowd, groups)
        self.waiting = len(crowd.people)
        # A step looks at all who wait: large gatherings get fewer, and small ones enough to try everything.
        self.steps = STEPS * SMALL // max(SMALL, self.waiting) + STEPS_A_PERSON * self.waiting
        self.lot = [lots.random() for _ in crowd.people]
        self.profile_lots: dict[object, float] = {}
        self.lots, self.by_lot = lots, by_lot
        # Per person, how many enemies sit in each group where there is one.
        self.blocked: list[dict[int, int]] = [{} for _ in crowd.people]

    def seat_pinned(self) -> bool:
        for identity, number in sorted(self.crowd.wish.pinned.items()):
            if identity in self.crowd.numbers:
                person = self.crowd.numbers[identity]
                if number - 1 in self.blocked[person] or self.seating.sizes[number - 1] == self.seating.most:
                    return False
                self._seat(person, number - 1)
        return self._can_fill()

    def seat_hemmed_in(self) -> bool:
        """Everybody who must not meet somebody, by trying and taking back; False where all was tried."""
        waiting = {number for number, enemies in enumerate(self.crowd.enemies) if enemies and self.seating.where[number] == NOWHERE}
        tried: list[tuple[int, Iterator[int]]] = []
        while waiting:
            person = self._most_hemmed_in(waiting)
            waiting.discard(person)
            tried.append((person, iter(self._choices(person))))
            while not self._try_next(*tried[-1]):
                waiting.add(tried.pop()[0])
                if not tried:
                    return False
                self._unseat(tried[-1][0])
        return True

    def seat_free(self) -> None:
        """All others: first those who would facilitate or take notes, then like after like, in an order drawn by lot."""
        for person in sorted((number for number, group in enumerate(self.seating.where) if group == NOWHERE), key=self._turn):
            self._seat(person, self._choices(person)[0])

    def _turn(self, person: int) -> tuple[int, float, float]:
        one = self.crowd.people[person]
        profile = self.profile_lots.setdefault((one.scale, frozenset(one.mandates)), self.lots.random())
        return (4, 1, 2, 3)[self.crowd.offices[person]], profile, self.lot[person]

    def _most_hemmed_in(self, waiting: set[int]) -> int:
        return max(waiting, key=lambda number: (len(self.blocked[number]), len(self.crowd.enemies[number]), self.lot[number]))

    def _choices(self, person: int) -> list[int]:
        """Groups with room for a person, the cheapest first. Of the empty ones only the first: they are all the same."""
        seating = self.seating
        larger_first = -1 if self.crowd.wish.mode == Mode.SEJENIS else 1
        is_short = self._short() >= self.waiting
        found, has_empty = [], False
        for group, size in enumerate(seating.sizes):
            if size >= seating.most or group in self.blocked[person] or (size == 0 and has_empty) or (is_short and size >= seating.least):
                continue
            has_empty = has_empty or size == 0
            cost = self.lots.random() if self.by_lot else seating.joining_costs(person, group)
            found.append((cost, larger_first * size, group))
        return [group for _, _, group in sorted(found)]

    def _try_next(self, person: int, choices: Iterator[int]) -> bool:
        for group in choices:
            self.steps -= 1
            if self.steps < 0:
                raise TooManySteps
            self._seat(person, group)
            if self._can_fill():
                return True
            self._unseat(person)
        return False

    def _short(self) -> int:
        """How many people the groups still need to reach the smallest size."""
        least = self.seating.least
        return sum(least - size for size in self.seating.sizes if size < least)

    def _can_fill(self) -> bool:
        return self._short() <= self.waiting

    def _seat(self, person: int, group: int) -> None:
        self.seating.seat(person, group)
        self.waiting -= 1
        for enemy in self.crowd.enemies[person]:
            self.blocked[enemy][group] = self.blocked[enemy].get(group, 0) + 1

    def _unseat(self, person: int) -> None:
        group = self.seating.where[person]
        self.seating.unseat(person)
        self.waiting += 1
        for enemy in self.crowd.enemies[person]:
            self.blocked[enemy][group] -= 1
            if not self.blocked[enemy][group]:
                del self.blocked[enemy][group]
