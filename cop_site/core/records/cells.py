"""Cells of spreadsheets: what stands for several values, and words that begin like a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

# Signs at the start of a cell that spreadsheets run as a formula, in the widths that they take for the same.
FORMULA = re.compile(r" *[=+\-@\t\r\n|＝＋－＠]")
_GUARDED = re.compile(r"'+ *[=+\-@\t\r\n|＝＋－＠]")
BETWEEN_SLUGS, BETWEEN_TEXTS = re.compile(r"[|;\n]"), re.compile(r"[|\n]")


def harmless(cell: str) -> str:
    """``cell`` with an apostrophe before it where a spreadsheet would run it, or where one would be taken off."""
    return f"'{cell}" if FORMULA.match(cell) or _GUARDED.match(cell) else cell


def sheet(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV that table programmes read with all its letters, and of which they run nothing."""
    file = StringIO()
    csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def as_written(cell: str) -> str:
    """``cell`` without the apostrophe that ``harmless`` put there."""
    return cell[1:] if _GUARDED.match(cell) else cell


def parts(cell: str, between: re.Pattern[str]) -> list[str]:
    """The values of a cell that holds several."""
    return [part.strip() for part in between.split(cell) if part.strip()]
