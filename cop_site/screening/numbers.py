"""Digit groups that belong together, and the numbers that are nobody's."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

DIGITS = re.compile(r"\d+")
# Between the groups of one number: a space, a dot, a hyphen, a slash, a bracket, one line break.
GAP = re.compile(r"[ ]{1,3}|\.|[ ]{0,2}[-/_][ ]{0,2}|[ ]?\n[ ]?|[ ]?\)[ ]?-?[ ]?|[ ]?\([ ]?")
LONGEST, SHORTEST = 22, 8
# In a table of figures only a few larger groups side by side may be one number.
MANY_GROUPS = 24

DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)\d\d|(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.]\d\d"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
YEARS = re.compile(r"(?:(?:19|20)\d\d(?:[ ]?[-/ ][ ]?)?){1,4}")
TIMES = re.compile(r"[01]?\d\.[0-5]\d(?:[ ]?-[ ]?|[ ])[0-2]?\d\.[0-5]\d")

# Where ISBN, ISSN, DOI, ORCID, hashes and amounts of money stand.
EXEMPT = re.compile(
    r"ISBN(?:-1[03])?:? ?[\d -]{9,17}[\dX]"
    r"|ISSN:? ?\d{4}-?\d{3}[\dX]"
    r"|ORCID[^\d\n]{0,30}(?:\d{4}-){3}\d{3}[\dX]|orcid\.org/[\d-]{10,19}X?|(?<![\d-])0000-000[1-9](?:-\d{4})-\d{3}[\dX]"
    r"|(?:doi[: ./]{1,4}(?:org/)?)?(?<![\d.])10\.\d{4,9}/[^\s]{1,200}"
    r"|(?<!\w)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!\w)"
    r"|(?<![0-9a-z])(?=\d{0,16}[a-f])[0-9a-f]{20,128}(?![0-9a-z])"
    r"|(?:\bRp|\bIDR|\bUSD|US\$|\$|€|\bRM|\bSGD|\bMYR|\bEUR) ?\.? ?\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|(?:\bRp|\bIDR|\bUSD|US\$|\$|€) ?\.? ?\d{1,15}(?![\d.-])"
    r"|(?<![\d.])\d{1,3}(?:\.\d{3})+(?:,\d{1,2})? (?:rupiah|dolar|juta|miliar|triliun|orang|jiwa|data|kasus|klaim|warga|peserta)",
    re.I,
)


class Window(NamedTuple):
    """Digits that may be one number: from start to end, in groups of these sizes."""

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    text: str
    whole: bool

    @property
    def is_counted(self) -> bool:
        """Whether a part of it is written as a quantity, in threes: 1.234.567."""
        return any(_in_threes(piece) for piece in self.text.replace("\n", " ").split(" "))

    @property
    def is_calendar(self) -> bool:
        """Whether it is a date, a time or years."""
        return bool(DATE.search(self.text) or TIMES.search(self.text) or YEARS.fullmatch(self.text))

    @property
    def is_plain(self) -> bool:
        return not self.is_counted and not self.is_calendar


def _in_threes(piece: str) -> bool:
    first, *rest = piece.split(".")
    return bool(rest) and 0 < len(first) < 4 and first[0] != "0" and all(len(part) == 3 for part in rest)


def number_windows(text: str) -> dict[int, list[Window]]:
    """Runs of digit groups cut at their ends and at spaces, by count of digits."""
    found: dict[int, list[Window]] = {}
    for run in _runs(text):
        for window in _windows(text, run):
            found.setdefault(len(window.digits), []).append(window)
    return found


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for match in DIGITS.finditer(text):
        if run and (match.start() - run[-1][1] > 6 or not GAP.fullmatch(text, run[-1][1], match.start())):
            yield run
            run = []
        run.append(match.span())
    if run:
        yield run


def _windows(text: str, run: list[tuple[int, int]]) -> Iterator[Window]:
    last = len(run) - 1
    least, most = (3, 4) if len(run) > MANY_GROUPS else (1, LONGEST)
    sizes = [end - start for start, end in run]
    digits = "".join(text[start:end] for start, end in run)
    offsets = [0, *accumulate(sizes)]
    open_after = [_may_end(text, run[at], run[at + 1]) for at in range(last)] + [True]
    for first in range(last + 1):
        if first and not open_after[first - 1]:
            continue
        for final in range(first, min(last + 1, first + most)):
            count = offsets[final + 1] - offsets[first]
            if count > LONGEST or sizes[final] < least:
                break
            if count >= SHORTEST and open_after[final]:
                start, end = run[first][0], run[final][1]
                number = digits[offsets[first] : offsets[final + 1]]
                groups = tuple(sizes[first : final + 1])
                yield Window(start, end, number, groups, text[start:end], first == 0 and final == last)


def _may_end(text: str, group: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a number may end between two groups: at a space, or at a slash before the next telephone number."""
    gap = text[group[1] : following[0]].strip()
    return not gap or gap == "/" and (text.startswith("08", following[0]) or following[1] - following[0] > 8)


def is_day(day: int, month: int) -> bool:
    """Whether such a day exists in that month of some year."""
    return 1 <= month <= 12 and 1 <= day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a card or device number."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
