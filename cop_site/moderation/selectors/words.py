"""The list of watched words, and what a sentence would come to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from cop_site.core import text
from cop_site.screening.models import WatchedWord, WordScan
from cop_site.screening.watching import Hit, watched_in
from cop_site.screening.wordlists import Line

from ..models import Snapshot

WORDS_ON_A_PAGE = 25
OFF = "off"
_STRICTEST_FIRST = (WatchedWord.Action.BLOCK, WatchedWord.Action.HOLD, WatchedWord.Action.FLAG)


@dataclass(frozen=True)
class Tried:
    """What would happen with a sentence, and because of which words."""

    text: str
    action: str
    parts: list[tuple[str, bool]]  # pieces of the sentence, and whether watched words stand there
    words: list[WatchedWord]


@dataclass(frozen=True)
class WordsPage:
    """The list, or those of it with which one thing happens."""

    page: Page
    only: str
    counts: dict[str, int]
    scan: WordScan | None  # the look back that is going on, or the last one

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


def words_page(only: str, number: Any) -> WordsPage:
    """``only`` is an action, or ``OFF`` for words that are watched for no more."""
    by_action = WatchedWord.objects.filter(is_active=True).values_list("action").annotate(number=Count("pk"))
    counts = dict.fromkeys(WatchedWord.Action.values, 0) | dict(by_action.order_by())
    counts[OFF] = WatchedWord.objects.filter(is_active=False).count()
    only = only if only in counts else ""
    words = WatchedWord.objects.select_related("scan")
    words = words.filter(is_active=False) if only == OFF else words.filter(Q(action=only) if only else Q(), is_active=True)
    scan = WordScan.objects.order_by("ended_at", "-pk").filter(ended_at=None).first() or WordScan.objects.order_by("-pk").first()
    return WordsPage(Paginator(words, WORDS_ON_A_PAGE).get_page(number), only, counts, scan)


def found_in(snapshot: Snapshot | None) -> list[WatchedWord]:
    """The watched words in what a moderator looks at."""
    said = {"title": snapshot.title, "note": snapshot.note, "text": text.plain(snapshot.html)} if snapshot else {}
    hits = {hit.word for hit in watched_in(said)}
    return list(WatchedWord.objects.filter(pk__in=hits)) if hits else []


def tried(sentence: str) -> Tried:
    """What would happen if somebody wrote this."""
    hits = watched_in({"text": sentence})
    words = WatchedWord.objects.filter(pk__in={hit.word for hit in hits})
    found = {hit.action for hit in hits}
    strictest = next((action.value for action in _STRICTEST_FIRST if action in found), "")
    return Tried(sentence, strictest, list(_parts(sentence, hits)), list(words))


def _parts(sentence: str, hits: Iterable[Hit]) -> Iterator[tuple[str, bool]]:
    watched = bytearray(len(sentence))
    for hit in hits:
        watched[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
    for is_watched, signs in groupby(range(len(sentence)), key=watched.__getitem__):
        places = list(signs)
        yield sentence[places[0] : places[-1] + 1], bool(is_watched)


@dataclass(frozen=True)
class LinesPage:
    """What a list would bring."""

    good: list[Line]
    bad: list[Line]
    new: int
    changed: int
    actions: list[tuple[Any, int]] = field(default_factory=list)

    @property
    def same(self) -> int:
        return len(self.good) - self.new - self.changed


def outlook(lines: list[Line]) -> LinesPage:
    """Nothing is done yet."""
    good = [line for line in lines if not line.problem]
    known = WatchedWord.objects.in_bulk([line.key for line in good], field_name="key")
    pairs = [(line, known[line.key]) for line in good if line.key in known]
    changed = sum(any(getattr(word, name) != value for name, value in line.told.items()) for line, word in pairs)
    counts = [(action.label, sum(line.action == action for line in good)) for action in WatchedWord.Action]
    return LinesPage(good, [line for line in lines if line.problem], len(good) - len(known), changed, [one for one in counts if one[1]])
