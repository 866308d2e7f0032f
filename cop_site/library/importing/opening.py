"""Opens a file of records, whatever its kind."""

from collections.abc import Iterator
from pathlib import Path

from . import reading, workbook
from .reading import Line

ENDINGS = (".jsonl", ".csv", ".xlsx")


def lines_of(path: Path) -> Iterator[Line]:
    """Its records in order; ``Unreadable`` where there is nothing to be read at all."""
    return workbook.rows_in(path) if path.suffix.lower() in workbook.SUFFIXES else reading.lines_in(path)
