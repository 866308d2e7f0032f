"""Lines of a text file of practices and documents."""

from collections.abc import Iterator
from pathlib import Path

from cop_site.core.records import reading
from cop_site.core.records.reading import LONGEST_LINE, NOTE_KEY, NOTE_SIGN, Line

from .cells import value_in
from .content import known_keys

__all__ = ["LONGEST_LINE", "NOTE_KEY", "NOTE_SIGN", "Line", "lines_in"]


def lines_in(path: Path) -> Iterator[Line]:
    """Every line that is not blank, with its number in the file."""
    return reading.lines_in(path, reading.Columns(known_keys(), value_in))
