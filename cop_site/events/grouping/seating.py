"""Who sits where while the search goes on, and what a change would cost, without counting anything twice."""

from . import scoring
from .crowd import Crowd

NOWHERE = -1


class Seating:
    """Groups as sums of what their members bring. A change costs as many steps as the people moved have traits."""

    def __init__(self, crowd: Crowd, groups: int) -> None:
        people = len(crowd.people)
        self.crowd, self.groups = crowd, groups
        self.least, self.most = crowd.wish.band(people, groups)
        self.where = [NOWHERE] * people
        # Asked and counted, never gone through: the order of a set must not decide anything.
        self.seated: list[set[int]] = [set() for _ in range(groups)]
        self.sizes = [0] * groups
        self.sums = [[0.0] * len(crowd.traits) for _ in range(groups)]
        self.ordinary = [0.0] * groups
        self.offices = [[0, 0, 0, 0] for _ in range(groups)]
        # Offices come before all else: the score does not divide them by the pairs, so that here they are multiplied.
        self.pairs = scoring.pairs_when_even(people, groups)
        self.office_changes: dict[tuple[int, ...], float] = {}

    def seat(self, person: int, group: int) -> None:
        self.where[person] = group
        self.seated[group].add(person)
        self._count(person, group, 1)

    def unseat(self, person: int) -> None:
        self.seated[self.where[person]].discard(person)
        self._count(person, self.where[person], -1)
        self.where[person] = NOWHERE

    def _count(self, person: int, group: int, by: int) -> None:
        self.sizes[group] += by
        self.ordinary[group] += by * self.crowd.ordinary[person]
        self.offices[group][self.crowd.offices[person]] += by
        sums = self.sums[group]
        for trait, brought, _ in self.crowd.brings[person]:
            sums[trait] += by * brought

    def pull(self, person: int, group: int) -> float:
        """What all who sit in a group cost a person together; one who sits there already counts among them, by ``crowd.own``."""
        crowd, sums = self.crowd, self.sums[group]
        cost = self.sizes[group] * (crowd.a_pair - crowd.ordinary[person]) - self.ordinary[group]
        for trait, _, weight in crowd.brings[person]:
            cost += weight * sums[trait]
        if partners := crowd.partners[person]:
            cost += scoring.PARTNERS * len(partners & self.seated[group])
        return cost

    def _pulls_apart(self, person: int, here: int, there: int) -> float:
        """``pull`` of one group less that of another, in one round through the traits: the search does little else."""
        crowd, sums, others = self.crowd, self.sums[here], self.sums[there]
        cost = (self.sizes[there] - self.sizes[here]) * (crowd.a_pair - crowd.ordinary[person]) + self.ordinary[here] - self.ordinary[there]
        for trait, _, weight in crowd.brings[person]:
            cost += weight * (others[trait] - sums[trait])
        if partners := crowd.partners[person]:
            cost += scoring.PARTNERS * (len(partners & self.seated[there]) - len(partners & self.seated[here]))
        return cost

    def joining_costs(self, person: int, group: int) -> float:
        return self.pull(person, group) + self._whole_group(group, coming=person)

    def leaving_costs(self, person: int) -> float:
        group = self.where[person]
        return self.crowd.own[person] - self.pull(person, group) + self._whole_group(group, leaving=person)

    def moving_costs(self, person: int, group: int) -> float:
        return self.leaving_costs(person) + self.joining_costs(person, group)

    def swapping_costs(self, one: int, other: int) -> float:
        crowd, here, there = self.crowd, self.where[one], self.where[other]
        cost = self._pulls_apart(one, here, there) + self._pulls_apart(other, there, here)
        cost += crowd.own[one] + crowd.own[other] - 2 * crowd.pair_cost(one, other)
        if crowd.offices[one] != crowd.offices[other] or crowd.earlier[one] != crowd.earlier[other]:
            cost += self._whole_group(here, leaving=one, coming=other) + self._whole_group(there, leaving=other, coming=one)
        return cost

    def _whole_group(self, group: int, leaving: int = NOWHERE, coming: int = NOWHERE) -> float:
        """What a change costs that no pair tells: the offices of the group, and who is absent of the round before."""
        cost = self._absent(group, leaving, coming) if self.crowd.has_earlier else 0.0
        offices = self.crowd.offices
        left = offices[leaving] if leaving != NOWHERE else 0
        came = offices[coming] if coming != NOWHERE else 0
        return cost if left == came else cost + self._offices_change(group, left, came)

    def _offices_change(self, group: int, left: int, came: int) -> float:
        key = (*self.offices[group], left, came)
        if key not in self.office_changes:
            tally = self.offices[group][:]
            before = scoring.roles_cost(*tally[1:])
            tally[left] -= 1
            tally[came] += 1
            self.office_changes[key] = self.pairs * (scoring.roles_cost(*tally[1:]) - before)
        return self.office_changes[key]

    def _absent(self, group: int, leaving: int, coming: int) -> float:
        earlier, sums = self.crowd.earlier, self.sums[group]
        left = earlier[leaving] if leaving != NOWHERE else NOWHERE
        came = earlier[coming] if coming != NOWHERE else NOWHERE
        if left == came:
            return 0.0
        lost = scoring.ABSENT if left != NOWHERE and sums[left] == 1.0 else 0.0
        won = scoring.ABSENT if came != NOWHERE and sums[came] == 0.0 else 0.0
        return lost - won

    def swap(self, one: int, other: int) -> None:
        here, there = self.where[one], self.where[other]
        self.unseat(one)
        self.unseat(other)
        self.seat(one, there)
        self.seat(other, here)

    def move(self, person: int, group: int) -> None:
        self.unseat(person)
        self.seat(person, group)

    def is_open(self, person: int, group: int, but: int = NOWHERE) -> bool:
        """Whether nobody sits there whom the person must not meet, ``but`` for one who would leave."""
        enemies = self.crowd.enemies[person]
        if not enemies or enemies.isdisjoint(self.seated[group]):
            return True
        return enemies & self.seated[group] == {but}

    def may_move(self, person: int, group: int) -> bool:
        leaves_enough = self.sizes[self.where[person]] > self.least
        return leaves_enough and self.sizes[group] < self.most and self.is_open(person, group)

    def may_swap(self, one: int, other: int) -> bool:
        here, there = self.where[one], self.where[other]
        return here != there and self.is_open(one, there, but=other) and self.is_open(other, here, but=one)

    def members(self) -> list[list[int]]:
        """The people of each group, by number."""
        found: list[list[int]] = [[] for _ in range(self.groups)]
        for person, group in enumerate(self.where):
            if group != NOWHERE:
                found[group].append(person)
        return found
