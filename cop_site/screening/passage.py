"""A text under the guard's eye: its numbers, its sentences and the words near a place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from .allowlist import NO_ALLOWANCES, Allowlist
from .numbers import EXEMPT, Window, number_windows

Span = tuple[int, int]

SENTENCE_END = re.compile(r"[.!?]{1,3}[\"')\]]{0,2}\s+|\n\s*\n|\n(?=\s{0,3}[-*\d])")
ABBREVIATION = re.compile(
    r"(?:\b(?:jl|jln|gg|no|nmr|sdr|sdri|kel|kec|kab|ds|dr|drs|tgl|th|thn|tn|ny|bpk|telp|hal|rt|rw|st|hj?|a\.n|an|mr|mrs|ms)"
    r"|\b[A-Z])\.$",
    re.I,
)
LINK = re.compile(r"(?<![\w.-])(?:https?://|www\.|[a-z]{1,20}\.(?:me|com|id|org)/)[^\s<>\")\]]{2,300}", re.I)
PARAGRAPH = re.compile(r"\n\s*\n")
# A sentence without an end is read in pieces, so that one text cannot cost the square of its length.
LONGEST_SENTENCE = 500


class Passage:
    """One reading of a text. Detectors ask it; positions are those of this reading."""

    def __init__(self, text: str, *, kind: str = "prose", allowlist: Allowlist = NO_ALLOWANCES) -> None:
        self.text, self.kind, self.allowlist = text, kind, allowlist
        self._found: dict[str, list] = {}
        self._cues: dict[re.Pattern[str], tuple[list[int], list[int]]] = {}

    def once(self, name: str, find: Callable[[], list]) -> list:
        """What two detectors look for is found once."""
        if name not in self._found:
            self._found[name] = find()
        return self._found[name]

    @cached_property
    def windows(self) -> dict[int, list[Window]]:
        """Every number that could be meant, by its count of digits."""
        return number_windows(self.text)

    @cached_property
    def zones(self) -> list[Span]:
        """Numbers that are nobody's, and links that the secretariat listed."""
        links = (match for match in LINK.finditer(self.text) if self.allowlist.allows_link(match[0])) if self.allowlist.links else ()
        return sorted([*self.spans(EXEMPT), *(match.span() for match in links)])

    @cached_property
    def _zone_ends(self) -> list[int]:
        return [end for _, end in self.zones]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        ends = []
        for match in SENTENCE_END.finditer(self.text):
            before = self.text[max(0, match.start() - 8) : match.start() + 1]
            if "\n" in match[0].strip(" ") or not ABBREVIATION.search(before):
                ends.append(match.end())
        return ends

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [match.start() for match in PARAGRAPH.finditer(self.text)]

    def numbers(self, low: int, high: int, cue: re.Pattern[str] | None = None, *, after: int = 30) -> Iterator[Window]:
        """Numbers of so many digits, near the cue if there is one, and not part of an amount, an ISBN or the like."""
        if cue and not self._places(cue)[0]:
            return
        for length in range(low, high + 1):
            for window in self.windows.get(length, ()):
                if cue and not self.near(window.start, window.end, cue, after=after):
                    continue
                if not self.zones or not self.is_exempt(window.start, window.end):
                    yield window

    def is_exempt(self, start: int, end: int) -> bool:
        """Whether the place touches a number that is nobody's: ISBN, DOI, amount, hash."""
        at = bisect_right(self._zone_ends, start)
        return at < len(self.zones) and self.zones[at][0] < end

    def sentence(self, start: int, end: int) -> Span:
        """The sentence around a place, no further than a reader's eye reaches."""
        first = bisect_right(self._sentence_ends, start) - 1
        last = bisect_left(self._sentence_ends, end)
        begin = self._sentence_ends[first] if first >= 0 else 0
        finish = self._sentence_ends[last] if last < len(self._sentence_ends) else len(self.text)
        return max(begin, start - LONGEST_SENTENCE), min(finish, end + LONGEST_SENTENCE)

    def sentence_has(self, start: int, end: int, pattern: re.Pattern[str], *, reach: int = LONGEST_SENTENCE) -> bool:
        """Whether the sentence around a place holds a word of the pattern, no further away than this."""
        starts, ends = self._places(pattern)
        if not starts:
            return False
        begin, finish = self.sentence(start, end)
        at = bisect_left(starts, max(begin, start - reach))
        return at < len(starts) and ends[at] <= min(finish, end + reach)

    def distance_before(self, start: int, pattern: re.Pattern[str]) -> int | None:
        """Characters between the last cue before a place and the place; none across a paragraph."""
        _, ends = self._places(pattern)
        at = bisect_right(ends, start) - 1
        if at < 0 or self._paragraph_between(ends[at], start):
            return None
        return start - ends[at]

    def near(self, start: int, end: int, pattern: re.Pattern[str], *, before: int = 40, after: int = 30) -> bool:
        """Whether a cue stands close before or after a place, in the same paragraph."""
        if not self._places(pattern)[0]:
            return False
        distance = self.distance_before(start, pattern)
        if distance is not None and distance <= before:
            return True
        starts, _ = self._places(pattern)
        at = bisect_left(starts, end)
        return at < len(starts) and starts[at] - end <= after and not self._paragraph_between(end, starts[at])

    def holds(self, start: int, end: int, pattern: re.Pattern[str]) -> bool:
        """Whether a word of the pattern stands between two places."""
        starts, ends = self._places(pattern)
        at = bisect_left(starts, start)
        return at < len(starts) and ends[at] <= end

    def is_broken_between(self, start: int, end: int) -> bool:
        """Whether a new paragraph begins between two places."""
        return self._paragraph_between(start, end)

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the text holds a word of the pattern at all."""
        return bool(self._places(pattern)[0])

    def _paragraph_between(self, start: int, end: int) -> bool:
        at = bisect_left(self._paragraphs, start)
        return at < len(self._paragraphs) and self._paragraphs[at] < end

    @cached_property
    def _lower(self) -> str:
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(one if len(one := char.lower()) == 1 else char for char in self.text)

    def spans(self, pattern: re.Pattern[str]) -> list[Span]:
        """Where the pattern matches; one that minds no capitals is looked for in small letters, which is several times quicker."""
        if pattern.flags & re.I:
            return [match.span() for match in in_small_letters(pattern).finditer(self._lower)]
        return [match.span() for match in pattern.finditer(self.text)]

    def _places(self, pattern: re.Pattern[str]) -> tuple[list[int], list[int]]:
        if pattern not in self._cues:
            spans = self.spans(pattern)
            self._cues[pattern] = [start for start, _ in spans], [end for _, end in spans]
        return self._cues[pattern]


LETTER = re.compile(r"\\.|\(\?P[<=]\w+|[A-Z]", re.DOTALL)


@cache
def in_small_letters(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The same pattern for a text in small letters."""
    return re.compile(
        LETTER.sub(lambda match: match[0].lower() if len(match[0]) == 1 else match[0], pattern.pattern), pattern.flags & ~re.I
    )


@dataclass(frozen=True)
class Detector:
    """One kind of personal data: what it is called, what follows, and how it is found."""

    type: str
    action: str
    find: Callable[[Passage], Iterator[Span]]
