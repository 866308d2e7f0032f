"""Counts of one to four about victims of an area: too few to hide anybody."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .identity import word
from .passage import Detector, Passage, Span

SMALL = range(1, 5)
WORDS = {"satu": 1, "dua": 2, "tiga": 3, "empat": 4, "seorang": 1, "one": 1, "two": 2, "three": 3, "four": 4}
TOTAL = re.compile(r"\s*(?:jumlah|total|keseluruhan|semua|sum|all)\b", re.I)
NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")

_WHO = (
    r"(?:orang[ ]|anak[ ]|perempuan[ ]|laki-laki[ ]|jiwa[ ])?(?:korban|penyintas|victims?|survivors?)(?:[ ](?:anak|perempuan|laki-laki|TPPO|dewasa|meninggal|baru))?"
    r"|(?:anak|perempuan|orang)[ ](?:menjadi )?korban|kasus(?:[ ](?:TPPO|perdagangan orang|eksploitasi|anak|baru))?|child victims?"
)
_AREA = r"(?:desa|dusun|kelurahan|kecamatan|kabupaten|kota|pulau|kampung|kab\.|kec\.|nagari|district|village|regency|subdistrict)"
BY_AREA = re.compile(
    rf"(?<![\w.,<>-])(?<!kurang dari )(?<!di bawah )(?P<count>[1-4]|satu|dua|tiga|empat|one|two|three|four)[ ](?i:{_WHO})[ ](?:[a-z]{{2,14}}[ ]){{0,3}}?"
    rf"(?:dari|di|asal|pada|from|in)[ ](?:(?i:{_AREA})[ ][A-Z][\w'-]{{1,24}}|[A-Z][\w'-]{{1,24}}[ ](?:village|district|regency))"
    rf"|(?<!\w)(?:di|dari|Di|Dari|In|in)[ ](?i:{_AREA})[ ][A-Z][\w'-]{{1,24}}(?:[ ][A-Z][\w'-]{{1,24}})?,?[ ](?:(?:terdapat|ada|tercatat|ditemukan|hanya|there were|there was)[ ]){{0,2}}"
    rf"(?P<later>[1-4]|satu|dua|tiga|empat|one|two|three|four)[ ](?i:{_WHO})(?!\w)"
)
VICTIMS = word(r"korban|penyintas|kasus|anak|pelapor|pengaduan|victims?|survivors?|cases?|children|pemulangan|dipulangkan")
LINE = re.compile(r"[^\n]+")
CELL = re.compile(r"[^|;]+")


class Cell(NamedTuple):
    """A cell that must not be shown as it is: a small count, or one from which a small count could be worked out."""

    row: int
    column: int
    is_small: bool


def small_cells(rows: Sequence[Sequence[object]]) -> tuple[Cell, ...]:
    """The cells of a table to be hidden: 1 to 4 become "<5", and where one hidden cell could be worked out, a second with it.

    The first row and the first column hold names. A row or column named "Jumlah" or "Total" is a sum.
    """
    table = [[_count(value) for value in row] for row in rows]
    width = max((len(row) for row in table), default=0)
    counts = {(r, c): n for r, row in enumerate(table) for c, n in enumerate(row) if r and c and n is not None}
    small = {at for at, count in counts.items() if count in SMALL}
    hidden = set(small)
    lines = [*_rows_of(rows, counts, width), *_columns_of(rows, counts, width)]
    while more := {extra for line, total in lines if (extra := _second(line, total, counts, hidden))}:
        hidden |= more
    return tuple(Cell(row, column, (row, column) in small) for row, column in sorted(hidden))


At = tuple[int, int]


def _count(value: object) -> int | None:
    text = str(value if value is not None else "").strip()
    return int(re.sub(r"[.,]", "", text)) if NUMBER.fullmatch(text) else None


def _rows_of(rows: Sequence[Sequence[object]], counts: dict[At, int], width: int) -> Iterator[tuple[list[At], At | None]]:
    sums = [column for column in range(1, width) if rows and column < len(rows[0]) and TOTAL.match(str(rows[0][column]))]
    for row in range(1, len(rows)):
        line = [(row, column) for column in range(1, width) if (row, column) in counts and column not in sums]
        yield line, next(((row, column) for column in sums if (row, column) in counts), None)


def _columns_of(rows: Sequence[Sequence[object]], counts: dict[At, int], width: int) -> Iterator[tuple[list[At], At | None]]:
    sums = [row for row in range(1, len(rows)) if rows[row] and TOTAL.match(str(rows[row][0]))]
    for column in range(1, width):
        line = [(row, column) for row in range(1, len(rows)) if (row, column) in counts and row not in sums]
        yield line, next(((row, column) for row in sums if (row, column) in counts), None)


def _second(line: list[At], total: At | None, counts: dict[At, int], hidden: set[At]) -> At | None:
    """What must be hidden too, because total less the rest would give the one hidden cell away."""
    if total is None or total in hidden or sum(at in hidden for at in line) != 1:
        return None
    others = [at for at in line if at not in hidden and counts[at]]
    return min(others, key=lambda at: (counts[at], at)) if others else total


def find_small_number(passage: Passage) -> Iterator[Span]:
    """One to four victims of a village or district, in a sentence or in a table."""
    for match in BY_AREA.finditer(passage.text):
        yield match.span("count" if match["count"] else "later")
    for table in _tables(passage):
        cells = [[passage.text[start:end] for start, end in row] for row in table]
        for cell in small_cells(cells):
            if cell.is_small:
                yield _stripped(passage.text, *table[cell.row][cell.column])


def _tables(passage: Passage) -> Iterator[list[list[Span]]]:
    """Lines of cells one below the other that speak of victims."""
    rows: list[list[Span]] = []
    if "|" not in passage.text and ";" not in passage.text:
        return
    for match in LINE.finditer(passage.text):
        is_row = "|" in match[0] or ";" in match[0]
        cells = [cell.span() for cell in CELL.finditer(passage.text, *match.span())] if is_row else []
        if is_row and match[0].strip("|:;- "):
            rows.append(cells)
        elif not is_row:
            yield from _if_of_victims(passage, rows)
            rows = []
    yield from _if_of_victims(passage, rows)


def _if_of_victims(passage: Passage, rows: list[list[Span]]) -> Iterator[list[list[Span]]]:
    if len(rows) > 1 and passage.holds(max(0, rows[0][0][0] - 200), rows[-1][-1][1], VICTIMS):
        yield [[cell for cell in row if passage.text[slice(*cell)].strip()] for row in rows]


def _stripped(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    begin = start + len(cell) - len(cell.lstrip())
    return begin, begin + len(cell.strip())


DETECTORS = (Detector("small_number", "warn", find_small_number),)
