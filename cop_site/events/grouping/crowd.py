"""The people and the wish as numbers, made once for the search: who pulls towards whom, who may not sit with whom.

The cost of two people sitting together is a product of what they bring, summed over traits, plus a few constants. So what a whole group
costs a newcomer is read from the group's sums of traits in as many steps as the newcomer has traits, however large the group is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import scoring
from .wishes import Mode, Organisations, Person, Wish

Weighted = list[tuple[int, float, float]]


@dataclass
class Crowd:
    """People by number, in the order of their ids, so that nothing depends on the order in which they came."""

    people: Sequence[Person]
    wish: Wish
    numbers: dict[str, int] = field(init=False)
    brings: list[Weighted] = field(init=False)
    """Per person: trait, how much of it they bring, how much a group's sum of it costs them."""
    amounts: list[dict[int, float]] = field(init=False)
    """The same, to look up one trait of one person."""
    own: list[float] = field(init=False)
    """What a person would cost themselves: to be taken off where the group's sums hold them already."""
    ordinary: list[float] = field(init=False)
    """Per person: how much like the average; only where groups mirror the whole."""
    a_pair: float = field(init=False, default=0.0)
    """What any two people cost."""
    enemies: list[set[int]] = field(init=False)
    partners: list[set[int]] = field(init=False)
    earlier: list[int] = field(init=False)
    """The trait that stands for one's group of the round before, or -1."""
    has_earlier: bool = field(init=False)
    offices: list[int] = field(init=False)
    """0 neither, 1 would facilitate, 2 would take notes, 3 either."""
    traits: dict[tuple[str, Any], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.people = sorted(self.people, key=lambda person: person.id)
        self.numbers = {person.id: number for number, person in enumerate(self.people)}
        self.enemies = self._beside(self.wish.apart)
        self.offices = [person.is_facilitator + 2 * person.is_note_taker for person in self.people]
        self.ordinary = [0.0] * len(self.people)
        self._number_earlier_groups()
        self.has_earlier = any(trait != -1 for trait in self.earlier)
        self.partners = self._beside(pair for pair in self.wish.met if not self._sat_together(*pair))
        self.brings = [self._weigh(person) for person in self.people]
        self.amounts = [{trait: brought for trait, brought, _ in brings} for brings in self.brings]
        self._count_constants()
        self.own = [
            self.a_pair - 2 * self.ordinary[number] + sum(brought * cost for _, brought, cost in brings)
            for number, brings in enumerate(self.brings)
        ]

    def _beside(self, pairs: Iterable[tuple[str, str]]) -> list[set[int]]:
        """Who stands beside whom in a list of pairs, of those who are there."""
        beside: list[set[int]] = [set() for _ in self.people]
        for one, other in pairs:
            if one != other and one in self.numbers and other in self.numbers:
                beside[self.numbers[one]].add(self.numbers[other])
                beside[self.numbers[other]].add(self.numbers[one])
        return beside

    def _number_earlier_groups(self) -> None:
        self.earlier = [-1] * len(self.people)
        if self.wish.mode != Mode.JIGSAW:
            return
        for number, group in enumerate(self.wish.earlier_groups):
            for identity in group:
                if identity in self.numbers:
                    self.earlier[self.numbers[identity]] = self._trait("earlier", number)

    def _sat_together(self, one: str, other: str) -> bool:
        """In a group of the round before: those pairs are counted by trait and must not count twice."""
        if one not in self.numbers or other not in self.numbers:
            return False
        trait = self.earlier[self.numbers[one]]
        return trait != -1 and trait == self.earlier[self.numbers[other]]

    def _trait(self, *name: Any) -> int:
        return self.traits.setdefault((name[0], name[1]), len(self.traits))

    def _weigh(self, person: Person) -> Weighted:
        weighed: Weighted = []
        for name, amount in scoring.traits(person, with_unknown=self.wish.mode == Mode.PERWAKILAN).items():
            if cost := AIM_COSTS[Mode(self.wish.mode)]:
                weighed.append((self._trait(*name), amount, amount * cost))
        if (trait := self.earlier[self.numbers[person.id]]) != -1:
            weighed.append((trait, 1.0, scoring.PARTNERS))
        if person.organisation and (cost := ORGANISATION_COSTS[Organisations(self.wish.organisations)]):
            weighed.append((self._trait("organisation", person.organisation), 1.0, cost))
        if self.wish.by_language:
            weighed.append((self._trait("language", person.language), 1.0, -scoring.LANGUAGE))
        return weighed

    def _count_constants(self) -> None:
        """*sejenis* and language count what a pair has not in common: all, less what it has. *perwakilan* counts from the average."""
        self.a_pair = scoring.LANGUAGE * self.wish.by_language
        if self.wish.mode == Mode.SEJENIS:
            self.a_pair += scoring.AIM
        if self.wish.mode == Mode.PERWAKILAN:
            mean = scoring.mean_traits(self.people)
            self.a_pair += scoring.AIM * sum(share * share for share in mean.values())
            self.ordinary = [
                scoring.AIM * sum(amount * mean[trait] for trait, amount in scoring.traits(person, with_unknown=True).items())
                for person in self.people
            ]

    def pair_cost(self, one: int, other: int) -> float:
        """What these two cost where they sit together; what depends on whole groups (offices, who is absent) apart."""
        theirs, shared = self.amounts[other], self.a_pair - self.ordinary[one] - self.ordinary[other]
        for trait, _, cost in self.brings[one]:
            if trait in theirs:
                shared += cost * theirs[trait]
        return shared + scoring.PARTNERS if other in self.partners[one] else shared


AIM_COSTS = {Mode.SEJENIS: -scoring.AIM, Mode.SILANG: scoring.AIM, Mode.PERWAKILAN: scoring.AIM, Mode.JIGSAW: 0.0}
ORGANISATION_COSTS = {Organisations.KEEP: -scoring.ORGANISATIONS, Organisations.SPLIT: scoring.ORGANISATIONS, Organisations.ANY: 0.0}
