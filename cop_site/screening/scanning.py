"""Looking through what stands already for words that are new on the list: a part at a time, each row once."""

from collections.abc import Callable, Iterable

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from . import standing
from .matching import Matcher
from .models import WatchedWord, WordScan
from .watching import Watched, watched_in

AT_ONCE = 100
MOST_OPENED = 200  # a pattern that finds more than that finds too much: the rest is counted only

Open = Callable[[models.Model], object]


@transaction.atomic
def go_on(pk: int, open_case: Open) -> bool:
    """Read the next part for the words of this scan, and say whether there is more. Twice at one moment reads two parts."""
    scan = WordScan.objects.select_for_update().get(pk=pk)
    if scan.ended_at:
        return False
    words = scan.words.filter(is_active=True)
    rows = _next(scan) if words else []
    if not rows:
        scan.ended_at = timezone.now()
    else:
        _look(scan, rows, words, open_case)
    scan.save()
    return scan.ended_at is None


def _next(scan: WordScan) -> list[standing.Standing]:
    """The next rows of the kind that is being read, or of the one that follows."""
    for kind in standing.kinds():
        if kind < scan.kind:
            continue
        if kind > scan.kind:
            scan.kind, scan.after = kind, 0
        if rows := standing.read(kind, scan.after, AT_ONCE):
            return rows
    return []


def _look(scan: WordScan, rows: list[standing.Standing], words: Iterable[WatchedWord], open_case: Open) -> None:
    patterns = [(word.pk, word.pattern) for word in words]
    watched = Watched(dict.fromkeys((pk for pk, _pattern in patterns), WatchedWord.Action.FLAG), Matcher(patterns))
    for one in rows:
        found = {hit.word for hit in watched_in(one.texts, watched=watched)}
        if found:
            WatchedWord.objects.filter(pk__in=found).update(found=F("found") + 1)
            if scan.opened < MOST_OPENED:
                open_case(one.row)
                scan.opened += 1
    scan.read += len(rows)
    scan.after = rows[-1].row.pk
