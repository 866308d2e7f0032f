"""How well a document answers a question: one scale for every engine that has no better one."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress, pairwise

from .analysis import Group, Question, Term, stem
from .analysis.lexicon import Key

# Field: weight, usual length in words. A usual length rather than a measured one: other people's rows shall not move it.
FIELDS = {"title": (4.0, 12), "keywords": (1.5, 20), "summary": (2.0, 45), "body": (1.0, 220)}
SATURATION = 1.2  # k1: how soon a word said often enough counts no more
LENGTH_MATTERS = 0.6  # b
COORDINATION = 0.6  # how much of the score hangs on answering all that was asked
NEARNESS = 0.15
TITLE_AS_TYPED = 0.5
APART = 0.8  # the words of a phrase of the field, where a document does not hold them side by side
FRESHNESS = 0.02  # what was changed within a year beside what was not for ten
EVIDENCE = 0.02  # the highest level of evidence beside the lowest
YEAR = 365.25 * 24 * 3_600
YEARS = 10


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
            for place in compress(range(len(line)), map(wanted.__contains__, line)):
                self.places[name].setdefault(line[place], []).append(place)
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


@dataclass(frozen=True)
class Points:
    """How a score comes about."""

    asked: float  # what a perfect short answer would bring
    reached: float  # of that, by how much each thing asked for is answered
    terms: float  # what the best term of each group brings
    nearness: float = 0.0
    title: float = 0.0
    signals: float = 1.0

    @property
    def coordination(self) -> float:
        return 1 - COORDINATION + COORDINATION * self.reached / self.asked if self.asked else 0.0

    @property
    def total(self) -> float:
        return (self.terms + self.nearness + self.title) * self.coordination * self.signals if self.terms else 0.0


def score(question: Question, text: Text, counts: Counts, signals: float = 1.0) -> float:
    return points(question, text, counts, signals).total


def points(question: Question, text: Text, counts: Counts, signals: float = 1.0) -> Points:
    """BM25F over groups: of each group its best term, all of it less where something asked for is missing."""
    asked = reached = total = 0.0
    for group in question.groups:
        most, best = worth(group, counts), best_of(group, text, counts)
        asked += most
        reached += min(most, best * 2)
        total += best
    near = NEARNESS * sum(_near_pairs(question, text, counts)) if total else 0.0
    is_titled = len(question.typed[-1]) > 1 and " " + " ".join(question.typed) in text.title_words
    return Points(asked, reached, total, near, TITLE_AS_TYPED * asked if is_titled else 0.0, signals)


def signals(evidence: str, changed_at: float, now: float) -> float:
    """What is fresh and well proven gains a little: between 1 and 1 + FRESHNESS + EVIDENCE, too little to pass a better match.

    By whole years, so that nothing moves from day to day; what says nothing of its age or has no evidence stands in the middle.
    """
    levels = evidence_levels()
    proven = levels.index(evidence) / (len(levels) - 1) if evidence in levels else 0.5
    age = int((now - changed_at) / YEAR) if changed_at > 0 else YEARS // 2
    return 1 + EVIDENCE * proven + FRESHNESS * (1 - min(max(age, 0), YEARS) / YEARS)


@cache
def evidence_levels() -> tuple[str, ...]:
    """From the weakest to the strongest, as the vocabulary has them."""
    vocabularies = json.loads((files("cop_site.vocabulary") / "data" / "vocabularies.json").read_text("utf-8"))["vocabularies"]
    return tuple(term["slug"] for term in sorted(vocabularies["evidence_level"]["terms"], key=lambda term: term["order"]))


def worth(group: Group, counts: Counts) -> float:
    """What the group could bring at most."""
    if group.parts:
        return sum(worth(part, counts) for part in group.parts)
    return max((counts.rarity(term.stems) for term in group.terms[:1]), default=0.0) * _known_share(group, counts)


def _known_share(group: Group, counts: Counts) -> float:
    """A word that no document holds in any reading shall not pull all answers down."""
    return 1.0 if any(all(counts.by_stem.get(one) for one in term.stems) for term in group.terms) else 0.25


def best_of(group: Group, text: Text, counts: Counts) -> float:
    whole = max((value(term, text, counts) for term in group.terms), default=0.0)
    if not group.parts:
        return whole
    parts = sum(best_of(part, text, counts) for part in group.parts)
    # A name of the field for two words asked for answers both.
    return max(parts if are_together(group, text) else parts * APART, whole * min(2.0, len(group.parts)))


def are_together(group: Group, text: Text) -> bool:
    """Whether the words of a phrase stand side by side; of one with small words in it nobody knows."""
    typed = tuple(stem(word) for word in group.typed)
    return len(group.parts) < len(typed) or any(text.starts(name, typed) for name in FIELDS)


def value(term: Term, text: Text, counts: Counts) -> float:
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
