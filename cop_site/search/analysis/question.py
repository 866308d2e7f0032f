"""What a reader typed, as groups of terms: each group is one thing asked for, its terms are ways to say it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .lexicon import Key, Reading, lexicon, stop_words
from .words import stem, words

LONGEST_TEXT = 1_000
MOST_WORDS = 24
MOST_READINGS = 12

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]")


@dataclass(frozen=True)
class Term:
    """A stem, or several that must follow one another, and how much it counts beside the typed word."""

    stems: Key
    weight: float = 1.0


@dataclass(frozen=True)
class Group:
    """One thing that was asked for.

    A phrase of the field ("peraturan desa") has the readings of the whole in ``terms`` and its words in ``parts``:
    a document that says it otherwise is as good as one that holds all the words.
    """

    typed: Key
    terms: tuple[Term, ...] = ()
    parts: tuple["Group", ...] = ()
    is_required: bool = False
    is_known: bool = False  # our files hold it: no spelling to mend
    shown: tuple[tuple[Key, str], ...] = ()  # readings in the words of our files

    def all_terms(self) -> Iterator[Term]:
        yield from self.terms
        for part in self.parts:
            yield from part.terms

    def with_terms(self, more: Iterable[Term]) -> "Group":
        """The same group with further ways to say it."""
        known = {term.stems for term in self.terms}
        return replace(self, terms=self.terms + tuple(term for term in more if term.stems not in known))

    def weighing(self, share: float) -> "Group":
        """The same group, less sure."""
        terms = tuple(replace(term, weight=term.weight * share) for term in self.terms)
        return replace(self, terms=terms, parts=tuple(part.weighing(share) for part in self.parts))


@dataclass(frozen=True)
class Question:
    """A reader's words, understood. ``typed`` are all of them, folded; ``is_open`` when the last may go on."""

    groups: tuple[Group, ...] = ()
    typed: Key = ()
    is_open: bool = False
    text: str = ""  # as it came
    instead: str = ""  # as it would be typed right, where that can be said (``spelling``)

    def all_terms(self) -> Iterator[Term]:
        for group in self.groups:
            yield from group.all_terms()

    def all_stems(self) -> set[str]:
        return {one for term in self.all_terms() for one in term.stems}

    def required(self) -> list[Key]:
        return [term.stems for group in self.groups if group.is_required for term in group.terms]

    def with_more(self, ways: Mapping[str, Iterable[Term]]) -> "Question":
        """The same question with further ways to say some of its words."""

        def widened(group: Group) -> Group:
            if group.parts:
                return replace(group, parts=tuple(widened(part) for part in group.parts))
            more = ways.get(group.typed[0]) if len(group.typed) == 1 and not group.is_required else None
            return group.with_terms(more) if more else group

        return replace(self, groups=tuple(widened(group) for group in self.groups))

    def relaxed(self) -> "Question":
        """The same question with nothing required: the words of a quoted phrase that no document holds, each for itself."""
        loose = [one for group in self.groups for one in (_loose(group.typed) if group.is_required else [group])]
        return replace(self, groups=tuple(_each_once(loose)))


def ask(text: str) -> Question:
    """Understand ``text``: quoted phrases must be there, of the rest each word counts; words without weight are left out."""
    text = text[:LONGEST_TEXT]
    phrases = [_key(found.group(1)) for found in _QUOTED.finditer(text)]
    loose = _key(_QUOTED.sub(" ", text))
    groups = [_phrase(phrase) for phrase in phrases if phrase] + _loose(loose)
    typed = tuple(word for phrase in phrases for word in phrase) + loose
    return Question(tuple(_each_once(groups)), typed[:MOST_WORDS], is_open=bool(loose) and text[-1:].isalnum(), text=text)


def _key(text: str) -> Key:
    return tuple(word.text for word in words(text)[:MOST_WORDS])


def _phrase(typed: Key) -> Group:
    return Group(typed, (Term(tuple(stem(word) for word in typed)),), is_required=True, is_known=True)


def _loose(typed: Key) -> list[Group]:
    """Groups of words outside quotes; the longest phrase that our files know wins."""
    groups, at = [], 0
    while at < len(typed):
        span = _known_span(typed[at:])
        if len(span) > 1:
            groups.append(_concept(span))
        elif typed[at] not in stop_words():
            groups.append(_word(typed[at]))
        at += max(1, len(span))
    # A question of nothing but small words still deserves an answer.
    return groups or [_word(word) for word in typed]


def _known_span(ahead: Key) -> Key:
    for length in range(min(lexicon().longest, len(ahead)), 1, -1):
        if lexicon().knows(ahead[:length]) and ahead[0] not in stop_words():
            return ahead[:length]
    return ahead[:1]


def _concept(typed: Key) -> Group:
    readings = lexicon().readings(typed)[:MOST_READINGS]
    parts = tuple(_word(word) for word in typed if word not in stop_words())
    return Group(typed, _terms(readings), parts, is_known=True, shown=_shown(readings))


def _word(typed: str) -> Group:
    readings = _readings_of(typed)[:MOST_READINGS]
    terms = (Term((stem(typed),)), *_terms(readings))
    return Group((typed,), terms, is_known=bool(readings), shown=_shown(readings))


_CLITIC = re.compile(r"(.{4,}?)(?:nya|lah|kah|pun)")


def _readings_of(typed: str) -> list[Reading]:
    found = lexicon().readings((typed,))
    bare = _CLITIC.fullmatch(typed)
    return found if found or not bare else lexicon().readings((bare[1],))


def _terms(readings: list[Reading]) -> tuple[Term, ...]:
    return tuple(Term(reading.stems, reading.weight) for reading in readings)


def _shown(readings: list[Reading]) -> tuple[tuple[Key, str], ...]:
    return tuple((reading.stems, reading.shown) for reading in readings if reading.shown)


def _each_once(groups: list[Group]) -> Iterator[Group]:
    seen = set()
    for group in groups:
        what = tuple(stem(word) for word in group.typed)
        if what not in seen:
            seen.add(what)
            yield group
