"""Opens a file of practices and documents, whatever its kind."""

from collections.abc import Iterator
from pathlib import Path

from cop_site.core.records import reading

from . import workbook
from .cells import value_in
from .content import known_keys

ENDINGS = (".jsonl", ".csv", ".xlsx")


def lines_of(path: Path) -> Iterator[reading.Line]:
    """Its records in order; ``Unreadable`` where there is nothing to be read at all."""
    if path.suffix.lower() in workbook.SUFFIXES:
        return workbook.rows_in(path)
    return reading.lines_in(path, reading.Columns(known_keys(), value_in))
