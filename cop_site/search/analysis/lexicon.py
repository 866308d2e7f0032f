"""What words of the field mean as well: synonyms, short forms, places, and the other language."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from . import data
from .words import stem, words

# How much a found word counts beside the typed one.
SPELLING = 0.9
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

    def add_name(self, name: str) -> None:
        """``name`` belongs together, whether it means anything else or not."""
        typed = _key(name)
        self.longest = max(self.longest, len(typed))
        self.by_words.setdefault(typed, {})

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
    read_into(found)
    return found


def read_into(found: Lexicon) -> None:
    """Tell ``found`` every pair of our files, by its ``add``."""
    for name, weight in (("synonyms.txt", SYNONYM), ("places.txt", SYNONYM), ("informal.txt", SPELLING)):
        for line in data.lines(name):
            _add_synonyms(found, line, weight)
    _add_abbreviations(found)
    _add_districts(found)
    for line in data.lines("glossary.txt"):
        _add_translations(found, line)


@cache
def our_words() -> frozenset[str]:
    """All words of our files, alone or in phrases, that are long enough to be mistyped."""
    return frozenset(word for key in lexicon().by_words for word in key if len(word) > 2 and not word.isdigit())


@cache
def stop_words() -> frozenset[str]:
    """Words that only hold a sentence together, in both languages."""
    return frozenset(word for name in ("stopwords_id.txt", "stopwords_en.txt") for line in data.lines(name) for word in _key(line))


def _keep_best(readings: dict[Key, Reading], reading: Reading) -> None:
    known = readings.get(reading.stems)
    if known is None or known.weight < reading.weight:
        readings[reading.stems] = reading


def _key(term: str) -> Key:
    return tuple(word.text for word in words(term))


def _add_synonyms(found: Lexicon, line: str, weight: float) -> None:
    """One line of Solr's format: "a, b, c" both ways, "a => a, b" one way."""
    left, arrow, right = line.partition("=>")
    terms = [term.strip() for term in left.split(",")]
    meanings = [term.strip() for term in right.split(",")] if arrow else terms
    for term in terms:
        for meaning in meanings:
            if meaning != term:
                found.add(term, meaning, weight, shown=meaning)


def _add_abbreviations(found: Lexicon) -> None:
    """A short form finds every reading; only the first reading finds the short form, or one would find the other."""
    for entry in data.short_forms():
        short, full = entry["abbr"], re.sub(r"\(.*?\)", "", entry["id"]).strip()
        in_brackets = re.findall(r"\((.*?)\)", entry["id"])
        for long_form in (full, *in_brackets, entry.get("en", "")):
            shown = long_form if long_form in (full, *in_brackets) else ""
            found.add(short, long_form, SYNONYM, shown=shown)
            found.add(long_form, short, SYNONYM, shown=short if shown else "")
        for reading in other_readings(entry.get("note", "")):
            found.add(short, reading, OTHER_READING, shown=reading)


_COMPASS = {"utara": "north", "selatan": "south", "timur": "east", "barat": "west", "tengah": "central", "tenggara": "southeast"}


def _add_districts(found: Lexicon) -> None:
    """All districts: their names belong together, are found by their codes, and in English where a point of the compass ends them."""
    regions = json.loads((files("cop_site.vocabulary") / "data" / "regions.json").read_text("utf-8"))
    for district in regions["regencies"]:
        name = re.sub(r"^(Kabupaten|Kota)( Administrasi)? ", "", district["name"])
        found.add_name(name)
        found.add(district["code"], name, SYNONYM, shown=name)
        *first, last = name.lower().split()
        if first and last in _COMPASS:
            found.add(f"{_COMPASS[last]} {' '.join(first)}", name, SYNONYM, shown=name)


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
