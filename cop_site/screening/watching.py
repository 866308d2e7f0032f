"""Watched words: which stand in the texts of a form, and what follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .matching import Matcher

WATCHED = "watched"
BLOCK, HOLD, FLAG = "block", "hold", "flag"

Texts = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Hit:
    """One place where a watched word stands; start and end count characters of the text as given."""

    field: str
    index: int | None
    word: int
    action: str
    start: int
    end: int


@dataclass(frozen=True)
class Watched:
    """The patterns that are active, ready to be looked for."""

    actions: Mapping[int, str] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=Matcher)
    patterns: Sequence[tuple[int, str]] = ()


NOTHING_WATCHED = Watched()
_source: list[Callable[[], Watched]] = []


def read_from(source: Callable[[], Watched]) -> None:
    """Name where the list is kept; without one nothing is watched."""
    _source[:] = [source]


def watched_in(fields: Texts, *, watched: Watched | None = None) -> list[Hit]:
    """Where watched words stand in the fields of a form, field by field; of several at one place the strictest and longest."""
    watched = watched or (_source[0]() if _source else NOTHING_WATCHED)
    hits: list[Hit] = []
    for name, value in fields.items() if watched.actions else ():
        texts: list[tuple[int | None, str]] = [(None, value)] if isinstance(value, str) else list(enumerate(value))
        for index, text in texts:
            hits += [Hit(name, index, pk, watched.actions[pk], start, end) for pk, start, end in watched.matcher.find(text)]
    return hits


def blocked_in(text: str) -> list[tuple[int, int]]:
    """Places of one text with words that are not said here, without those that lie within another."""
    places = [(hit.start, hit.end) for hit in watched_in({"": text}) if hit.action == BLOCK]
    return [place for at, place in enumerate(places) if not any(start <= place[0] and place[1] <= end for start, end in places[:at])]


def waits(hits: Iterable[Hit]) -> bool:
    """Whether one of them wishes that a moderator looks first."""
    return any(hit.action == HOLD for hit in hits)


def as_facts(hits: Iterable[Hit]) -> dict[str, Any]:
    """What the journal keeps of words that somebody should look at: numbers of patterns, no words."""
    flagged = sorted({hit.word for hit in hits if hit.action != BLOCK})
    return {"flagged": flagged} if flagged else {}


def flagged(fields: Texts) -> dict[str, Any]:
    """``as_facts`` of what stands in ``fields``: where nothing can wait, what should wait is looked at afterwards."""
    return as_facts(watched_in(fields))
