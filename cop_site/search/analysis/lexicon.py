"""What words of the field mean as well: synonyms, short forms, places, and the other language."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from .words import stem, words

DATA = Path(__file__).resolve().parents[1] / "data"

# How much a found word counts beside the typed one.
SYNONYM = 0.7
OTHER_READING = 0.5
TRANSLATION = 0.45

Key = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """Something a typed word or phrase may be taken to mean."""

    stems: Key
    shown: str  # as it stands in our files; empty where it would tell a reader nothing
    weight: float


@dataclass
class Lexicon:
    """Readings by folded words, and by stems for words that came with other affixes."""

    by_words: dict[Key, dict[Key, Reading]] = field(default_factory=lambda: defaultdict(dict))
    by_stems: dict[Key, dict[Key, Reading]] = field(default_factory=lambda: defaultdict(dict))
    longest: int = 1

    def readings(self, typed: Key) -> list[Reading]:
        """What ``typed`` may mean as well, best first; the same words in other affixes count a little less."""
        typed_stems = tuple(stem(word) for word in typed)
        found = self.by_words.get(typed, {}) | self.by_stems.get(typed_stems, {}) | self.by_words.get(typed, {})
        return sorted((one for one in found.values() if one.stems != typed_stems), key=lambda one: -one.weight)

    def knows(self, typed: Key) -> bool:
        """Whether our files hold ``typed``, in these words or others of the same stems."""
        return typed in self.by_words or tuple(stem(word) for word in typed) in self.by_stems

    def add(self, term: str, meaning: str, weight: float, *, shown: str = "") -> None:
        """``term`` finds ``meaning`` too."""
        typed, meant = _key(term), tuple(stem(word) for word in _key(meaning))
        typed_stems = tuple(stem(word) for word in typed)
        if not typed or not meant:
            return
        self.longest = max(self.longest, len(typed))
        _keep_best(self.by_words[typed], Reading(meant, shown, weight))
        if len(typed) > 1 or not shown or typed_stems == typed:
            _keep_best(self.by_stems[typed_stems], Reading(meant, shown, weight * 0.8))


@cache
def lexicon() -> Lexicon:
    """All of it, read once."""
    found = Lexicon()
    for name in ("synonyms.txt", "places.txt"):
        for line in _lines(name):
            _add_synonyms(found, line)
    _add_abbreviations(found)
    for line in _lines("glossary.txt"):
        _add_translations(found, line)
    return found


@cache
def stop_words() -> frozenset[str]:
    """Words that only hold a sentence together, in both languages."""
    return frozenset(word for name in ("stopwords_id.txt", "stopwords_en.txt") for line in _lines(name) for word in _key(line))


def _keep_best(readings: dict[Key, Reading], reading: Reading) -> None:
    known = readings.get(reading.stems)
    if known is None or known.weight < reading.weight:
        readings[reading.stems] = reading


def _key(term: str) -> Key:
    return tuple(word.text for word in words(term))


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _add_synonyms(found: Lexicon, line: str) -> None:
    """One line of Solr's format: "a, b, c" both ways, "a => a, b" one way."""
    left, arrow, right = line.partition("=>")
    terms = [term.strip() for term in left.split(",")]
    meanings = [term.strip() for term in right.split(",")] if arrow else terms
    for term in terms:
        for meaning in meanings:
            if meaning != term:
                found.add(term, meaning, SYNONYM, shown=meaning)


def _add_abbreviations(found: Lexicon) -> None:
    """A short form finds every reading; only the first reading finds the short form, or one would find the other."""
    for entry in json.loads((DATA / "abbreviations.json").read_text("utf-8"))["abbreviations"]:
        short, full = entry["abbr"], re.sub(r"\(.*?\)", "", entry["id"]).strip()
        for long_form in (full, entry.get("en", "")):
            shown = long_form if long_form == full else ""
            found.add(short, long_form, SYNONYM, shown=shown)
            found.add(long_form, short, SYNONYM, shown=short if shown else "")
        for reading in other_readings(entry.get("note", "")):
            found.add(short, reading, OTHER_READING, shown=reading)


def other_readings(note: str) -> list[str]:
    """What the short form means elsewhere, out of a note such as "di konteks lain: Palang Merah Indonesia"."""
    _where, colon, readings = note.partition(":")
    named = re.split(r",| atau |;", readings) if colon else []
    return [reading.strip() for reading in named if reading.strip()[:1].isupper()]


def _add_translations(found: Lexicon, line: str) -> None:
    english, _equals, indonesian = line.partition("=")
    for one in english.split(","):
        for other in indonesian.split(","):
            found.add(one, other, TRANSLATION)
            found.add(other, one, TRANSLATION)
