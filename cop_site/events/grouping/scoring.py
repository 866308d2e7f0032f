"""The score of a plan, from its definition. The search counts in steps (``seating``); what it is judged by stands here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import sqrt

from .wishes import Mode, Organisations, Person, Score, Wish

AIM = 1.0
PARTNERS = 2.0
ORGANISATIONS = 2.0
LANGUAGE = 3.0
ABSENT = 5.0
NO_ONE_WILLING = 100.0
ONE_FOR_BOTH = 50.0

Members = Sequence[Person]
Trait = tuple[str, str | None]


def score(groups: Sequence[Members], wish: Wish) -> Score:
    """How much of a plan goes against the wish. Smaller is better, 0 is all as wished.

    It counts pairs of people who sit together. Each pair that goes against a wish costs that wish's weight, and the sum is divided by the
    number of pairs that even groups would have, so that scores of large and small gatherings compare:

    - **aim**, weight 1. *sejenis*: how unlike the two are. *silang*: how alike. *perwakilan*: half the squared distance between the
      traits in a group and its fair share of them, which over pairs weighs the same as *silang*. *jigsaw*: 5 for each group
      of the round before that has nobody in a group.
    - **organisations**, weight 2: with *split* a pair of colleagues together, with *keep* a pair of colleagues parted.
    - **language**, weight 3, where asked: a pair with different languages.
    - **partners**, weight 2: a pair that was together before (in *jigsaw* also in a group of the round before).

    Alike is from 0 to 1: half for the same scale, half for mandates (those in common, over the root of the product of their numbers).
    What is not known is like nothing.

    **roles** come before all that and are not divided: 100 for each facilitator or note-taker that a group lacks, 50 where one
    person must be both.
    """
    people = [person for group in groups for person in group]
    pairs = pairs_when_even(len(people), len(groups))
    return Score(
        roles=sum(roles_cost(*roles_tally(group)) for group in groups),
        aim=AIM * _aim(groups, people, wish) / pairs,
        organisations=ORGANISATIONS * _against_organisations(groups, people, wish) / pairs,
        language=LANGUAGE * sum(a.language != b.language for a, b in _together(groups)) / pairs if wish.by_language else 0.0,
        partners=PARTNERS * partners_again(groups, wish) / pairs,
    )


def likeness(one: Person, other: Person) -> float:
    """From 0 (nothing in common) to 1 (same scale, same mandates)."""
    scale = 0.5 if one.scale and one.scale == other.scale else 0.0
    mine, theirs = set(one.mandates), set(other.mandates)
    return scale + (0.5 * len(mine & theirs) / sqrt(len(mine) * len(theirs)) if mine and theirs else 0.0)


def traits(person: Person, *, with_unknown: bool = False) -> dict[Trait, float]:
    """What a person brings, as weights whose products over two people add up to their ``likeness``.

    ``with_unknown``: not to have said counts as a trait of its own, because a group that mirrors the whole has its share of those too.
    """
    mandates = sorted(set(person.mandates))
    found: dict[Trait, float] = {("mandate", mandate): sqrt(0.5 / len(mandates)) for mandate in mandates}
    if person.scale:
        found["scale", person.scale] = sqrt(0.5)
    if with_unknown and not person.scale:
        found["scale", None] = sqrt(0.5)
    if with_unknown and not mandates:
        found["mandate", None] = sqrt(0.5)
    return found


def mean_traits(people: Iterable[Person]) -> dict[Trait, float]:
    """What the whole is like: each trait, as heavy as it is on average."""
    crowd = list(people)
    total: Counter[Trait] = Counter()
    for person in crowd:
        total.update(traits(person, with_unknown=True))
    return {trait: total[trait] / len(crowd) for trait in sorted(total, key=str)}


def pairs_when_even(people: int, groups: int) -> int:
    """How many pairs sit together where groups are as even as can be; at least 1, since we divide by it."""
    size, larger = divmod(people, max(groups, 1))
    return max(1, groups * size * (size - 1) // 2 + larger * size)


def roles_tally(members: Iterable[Person]) -> tuple[int, int, int]:
    """How many would only facilitate, only take notes, do either."""
    kinds = Counter((person.is_facilitator, person.is_note_taker) for person in members)
    return kinds[True, False], kinds[False, True], kinds[True, True]


def roles_cost(facilitators: int, note_takers: int, either: int) -> float:
    lacking = (facilitators == 0) + (note_takers == 0)
    if either >= lacking:
        return 0.0
    return ONE_FOR_BOTH if either else NO_ONE_WILLING * lacking


def absent(members: Members, wish: Wish, present: set[str]) -> list[int]:
    """The groups of the round before (counted from 1) of which somebody is at the gathering and nobody in this group."""
    here = {person.id for person in members}
    return [number for number, group in enumerate(wish.earlier_groups, start=1) if present & set(group) and not here & set(group)]


def met_before(wish: Wish) -> frozenset[tuple[str, str]]:
    """Pairs that sat together in an earlier round."""
    if wish.mode != Mode.JIGSAW:
        return frozenset(wish.met)
    return frozenset(wish.met) | {pair for group in wish.earlier_groups for pair in combinations(group, 2)}


def _together(groups: Sequence[Members]) -> Iterable[tuple[Person, Person]]:
    return (pair for group in groups for pair in combinations(group, 2))


def _aim(groups: Sequence[Members], people: Members, wish: Wish) -> float:
    if wish.mode == Mode.SEJENIS:
        return sum(1.0 - likeness(a, b) for a, b in _together(groups))
    if wish.mode == Mode.SILANG:
        return sum(likeness(a, b) for a, b in _together(groups))
    if wish.mode == Mode.PERWAKILAN:
        whole = mean_traits(people)
        return sum(_distance_from(whole, group) for group in groups) / 2
    present = {person.id for person in people}
    return ABSENT * sum(len(absent(group, wish, present)) for group in groups)


def _distance_from(whole: dict[Trait, float], group: Members) -> float:
    here: Counter[Trait] = Counter()
    for person in group:
        here.update(traits(person, with_unknown=True))
    return sum((here[trait] - len(group) * share) ** 2 for trait, share in whole.items())


def _against_organisations(groups: Sequence[Members], people: Members, wish: Wish) -> int:
    if wish.organisations == Organisations.ANY:
        return 0
    together = sum(colleague_pairs(group) for group in groups)
    return together if wish.organisations == Organisations.SPLIT else colleague_pairs(people) - together


def colleague_pairs(people: Iterable[Person]) -> int:
    """How many pairs of people are of one organisation."""
    sizes = Counter(person.organisation for person in people if person.organisation)
    return sum(size * (size - 1) // 2 for size in sizes.values())


def partners_again(groups: Sequence[Members], wish: Wish) -> int:
    """How many pairs sit together that did before."""
    where = {person.id: number for number, group in enumerate(groups) for person in group}
    return sum(one != other and one in where and where[one] == where.get(other) for one, other in met_before(wish))
