"""Which of many matches are worth weighing: those that seem to answer most of what was asked, found without reading any of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ..analysis import Group, Question, Term
from ..scoring import Counts
from . import bitmaps
from .bitmaps import Bits
from .words import ABOUT, ANYWHERE, TITLE, Wanted

# What a word is worth by where it stands, as ``scoring`` has it for a text of the usual length.
PLACES = {TITLE: 0.8, ABOUT: 0.65, ANYWHERE: 0.5}
STEPS = (0.75, 0.5, 0.25, 0.0)  # of a group's highest value: finer differences are left to ``scoring``
MOST_PARTS = 40

Level = tuple[float, Bits]


def wanted_by(question: Question) -> Iterator[Wanted]:
    """All that ``parts`` looks at."""
    for term in question.all_terms():
        for where in PLACES:
            yield Wanted(term.stems, where)


def parts(question: Question, counts: Counts, among: Bits, held: Mapping[Wanted, Bits], enough: int) -> list[Bits]:
    """``among``, cut into sets that answer alike, the most promising first; the last one is all that lies behind the first ``enough``."""
    groups = sorted((_levels(group, counts, held) for group in _flat(question)), key=lambda levels: -levels[0][0] if levels else 0.0)
    cut: list[Level] = [(0.0, among)]
    rest: list[Bits] = []
    for place, levels in enumerate(groups):
        to_come = sum(others[0][0] for others in groups[place + 1 :] if others)
        cut = sorted(chain.from_iterable(_split(one, levels) for one in cut), key=lambda one: -one[0])
        cut, behind = _promising(cut, enough, to_come)
        rest += behind
    found = [bits for _score, bits in cut]
    return [*found, bitmaps.any_of(rest)] if rest else found


def _flat(question: Question) -> Iterator[Group]:
    for group in question.groups:
        yield group
        yield from group.parts


def _levels(group: Group, counts: Counts, held: Mapping[Wanted, Bits]) -> list[Level]:
    """Who holds the group's terms, by what that is worth; a text counts once, where it is worth most."""
    times = min(2.0, len(group.parts)) if group.parts else 1.0
    worth = [
        (_worth(term, counts) * times * share, held[Wanted(term.stems, where)]) for term in group.terms for where, share in PLACES.items()
    ]
    highest = max((value for value, bits in worth if bits), default=0.0)
    levels: list[Level] = []
    above: Bits = bitmaps.NONE
    for step in STEPS:
        within = [(value, bits) for value, bits in worth if step < value / (highest or 1.0) and bits]
        here = bitmaps.without(bitmaps.any_of(bits for _value, bits in within), above)
        if here:
            levels.append((highest * min(1.0, step + 0.25), here))
            above = bitmaps.any_of([above, here])
    return levels


def _worth(term: Term, counts: Counts) -> float:
    return term.weight * counts.rarity(term.stems)


def _split(part: Level, levels: Sequence[Level]) -> Iterator[Level]:
    score, left = part
    for value, holders in levels:
        if inside := bitmaps.both(left, holders):
            yield score + value, inside
            left = bitmaps.without(left, inside)
    if left:
        yield score, left


def _promising(cut: list[Level], enough: int, to_come: float) -> tuple[list[Level], list[Bits]]:
    """Those that can still come among the first ``enough``, and the others."""
    least, seen = float("-inf"), 0
    for score, bits in cut:
        seen += bitmaps.count(bits)
        if seen >= enough:
            least = score - to_come
            break
    kept = [one for one in cut[:MOST_PARTS] if one[0] >= least]
    return kept, [bits for _score, bits in cut[len(kept) :]]


def in_order(cut: Iterable[Bits]) -> Iterator[int]:
    """All of them, one part after the other, the latest first."""
    return chain.from_iterable(bitmaps.latest_first(bits) for bits in cut)
