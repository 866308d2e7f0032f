"""How well a document answers a question: one scale for every engine that has no better one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .analysis import Group, Question, Term, stem
from .analysis.lexicon import Key

# Field: weight, usual length in words. A usual length rather than a measured one: other people's rows shall not move it.
FIELDS = {"title": (4.0, 12), "keywords": (1.5, 20), "summary": (2.0, 45), "body": (1.0, 220)}
SATURATION = 1.2  # k1: how soon a word said often enough counts no more
LENGTH_MATTERS = 0.6  # b
COORDINATION = 0.6  # how much of the score hangs on answering all that was asked
NEARNESS = 0.15
TITLE_AS_TYPED = 0.5


@dataclass(frozen=True)
class Counts:
    """In how many documents that the reader may see a stem stands, and how many those are."""

    documents: int
    by_stem: dict[str, int]

    def rarity(self, stems: Key) -> float:
        """Inverse document frequency; a phrase is as rare as its rarest word."""
        holding = min(self.by_stem.get(one, 0) for one in stems)
        return math.log(1 + (max(self.documents, holding) - holding + 0.5) / (holding + 0.5))


class Text:
    """Where the stems that matter stand in one document."""

    def __init__(self, fields: dict[str, Sequence[str]], wanted: set[str], title_words: str) -> None:
        self.title_words = f" {title_words} "
        self.lengths = {name: len(line) for name, line in fields.items()}
        self.places: dict[str, dict[str, list[int]]] = {name: {} for name in fields}
        for name, line in fields.items():
            for place, one in enumerate(line):
                if one in wanted:
                    self.places[name].setdefault(one, []).append(place)
        self.held = set().union(*self.places.values())

    def starts(self, name: str, stems: Key) -> list[int]:
        """The places in field ``name`` where ``stems`` follow one another."""
        places = self.places[name]
        if len(stems) == 1:
            return places.get(stems[0], [])
        rest = [set(places.get(one, ())) for one in stems[1:]]
        return [start for start in places.get(stems[0], ()) if all(start + n in held for n, held in enumerate(rest, 1))]

    def frequency(self, stems: Key) -> float:
        """How often ``stems`` are said, a title counting more than a body and a short text more than a long one."""
        total = 0.0
        for name, (weight, usual) in FIELDS.items():
            if said := len(self.starts(name, stems)):
                total += weight * said / (1 - LENGTH_MATTERS + LENGTH_MATTERS * self.lengths[name] / usual)
        return total / (SATURATION + total)


def score(question: Question, text: Text, counts: Counts) -> float:
    """BM25F over groups: of each group its best term, all of it less where something asked for is missing."""
    asked = reached = total = 0.0
    for group in question.groups:
        worth, best = _worth(group, counts), _best(group, text, counts)
        asked += worth
        reached += min(worth, best * 2)
        total += best
    if not asked or not total:
        return 0.0
    total += NEARNESS * sum(_near_pairs(question, text, counts))
    if len(question.typed[-1]) > 1 and " " + " ".join(question.typed) in text.title_words:
        total += TITLE_AS_TYPED * asked
    return total * (1 - COORDINATION + COORDINATION * reached / asked)


def _worth(group: Group, counts: Counts) -> float:
    """What the group could bring at most."""
    if group.parts:
        return sum(_worth(part, counts) for part in group.parts)
    return max((counts.rarity(term.stems) for term in group.terms if term.weight == 1.0), default=0.0) * _known_share(group, counts)


def _known_share(group: Group, counts: Counts) -> float:
    """A word that no document holds in any reading shall not pull all answers down."""
    return 1.0 if any(all(counts.by_stem.get(one) for one in term.stems) for term in group.terms) else 0.25


def _best(group: Group, text: Text, counts: Counts) -> float:
    parts = sum(_best(part, text, counts) for part in group.parts)
    if not group.parts:
        return max((_value(term, text, counts) for term in group.terms), default=0.0)
    whole = max((_value(term, text, counts) for term in group.terms), default=0.0)
    # A name of the field for two words asked for answers both.
    return max(parts, whole * min(2.0, len(group.parts)))


def _value(term: Term, text: Text, counts: Counts) -> float:
    if not text.held.issuperset(term.stems):
        return 0.0
    return term.weight * counts.rarity(term.stems) * text.frequency(term.stems)


def _near_pairs(question: Question, text: Text, counts: Counts) -> Iterator[float]:
    """Words asked for side by side that stand side by side."""
    typed = [stem(word) for word in question.typed]
    for first, second in pairwise(typed):
        if first != second and text.held >= {first, second} and any(_are_near(text, name, first, second) for name in FIELDS):
            yield (counts.rarity((first,)) + counts.rarity((second,))) / 2


def _are_near(text: Text, name: str, first: str, second: str) -> bool:
    seconds = text.places[name].get(second, ())
    return any(0 < other - place <= 2 for place in text.places[name].get(first, ()) for other in seconds)
