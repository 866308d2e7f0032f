"""Which entries hold a term, asked of the database once and kept in memory for as long as their blocks stay as they are."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from . import bitmaps
from .bitmaps import BLOCK, Bits
from .tallies import States
from .words import Wanted, Words

MOST_KEPT = 30_000  # sets of one block, of at most a kilobyte each
AT_ONCE = 200  # terms in one statement

Kept = dict[int, tuple[str, int]]  # block -> its state then, and which of it hold the term


class Holders:
    """Asks for whole terms, or only for blocks that have changed since."""

    def __init__(self, matcher: Words) -> None:
        self._matcher = matcher
        self._lock = Lock()
        self._kept: OrderedDict[Wanted, Kept] = OrderedDict()

    def of(self, wanted: Iterable[Wanted], states: States) -> Mapping[Wanted, Bits]:
        """The holders of each term, among all entries: what a reader may not see has yet to be taken out."""
        asked = dict.fromkeys(wanted)
        held: dict[Wanted, Kept] = {one: self._kept.get(one, {}) for one in asked}
        stale = {one: missing for one in asked if (missing := [n for n in states if held[one].get(n, ("",))[0] != states[n]])}
        for one, read in self._read(stale).items():
            fresh = {number: (states[number], read.get(number, 0)) for number in stale[one]}
            held[one] = {number: kept for number, kept in held[one].items() if number in states} | fresh
        self._keep(held, len(states))
        return {one: {number: bits for number in states if (bits := held[one][number][1])} for one in asked}

    def _read(self, stale: Mapping[Wanted, list[int]]) -> dict[Wanted, Bits]:
        found: dict[Wanted, Bits] = {}
        todo = [(one, min(numbers), max(numbers)) for one, numbers in stale.items()]
        for start in range(0, len(todo), AT_ONCE):
            part = todo[start : start + AT_ONCE]
            ranges = [(one, first * BLOCK, (last + 1) * BLOCK - 1) for one, first, last in part]
            for (one, first, last), offsets in zip(part, self._matcher.holding(ranges), strict=True):
                found[one] = bitmaps.of_many(offsets, first, last) if offsets else bitmaps.NONE
        return found

    def _keep(self, held: Mapping[Wanted, Kept], blocks: int) -> None:
        with self._lock:
            for one, kept in held.items():
                self._kept[one] = kept
                self._kept.move_to_end(one)
            while len(self._kept) * max(blocks, 1) > MOST_KEPT and len(self._kept) > len(held):
                self._kept.popitem(last=False)
