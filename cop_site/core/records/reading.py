"""Files of records: JSONL or CSV, by their ending. A line that cannot be read says why, and the rest goes on."""

import csv
import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext_noop

from .refusing import Refused, Unreadable, quoted

LONGEST_LINE = 1_000_000  # bytes; the longest practice of the full template has not a tenth of it
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"
PACKAGE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOTE_KEY, NOTE_SIGN = "_note", "#"  # what an export says about itself: in a line of its own, which is no record


@dataclass(frozen=True)
class Line:
    """One record as the file tells it, or why it cannot be read. ``sheet`` is named where a file has several."""

    number: int
    told: dict[str, Any] = field(default_factory=dict)
    refused: Refused | None = None
    sheet: str = ""

    @property
    def place(self) -> str:
        return f"line {self.number} of {self.sheet}" if self.sheet else f"line {self.number}"


@dataclass(frozen=True)
class Columns:
    """What a table of such records has: which keys its head may name, and what a cell under one of them says.

    ``by_line``: every row has all its cells, and one that cannot be read, or is not UTF-8, is refused by itself.
    """

    known: Container[str]
    value_in: Callable[[str, str], Any]
    by_line: bool = False


def lines_in(path: Path, columns: Columns) -> Iterator[Line]:
    """Every line of a text file that is not blank, with its number in the file."""
    try:
        with path.open("rb") as file:
            head = file.peek(8)[:8]  # type: ignore[attr-defined]
            if head[:2] in UTF_16:
                raise Unreadable(gettext_noop("is UTF-16; save it as UTF-8."))
            if head.startswith((PACKAGE, OLD_OFFICE)):
                raise Unreadable(gettext_noop("is a spreadsheet or another packed file; save it as XLSX, with a name that ends in .xlsx."))
            yield from _rows(file, columns) if path.suffix.lower() == ".csv" else _objects(file)
    except OSError as error:
        raise Unreadable(gettext_noop("cannot be read: %(why)s."), why=str(error.strerror)) from None


def _objects(file: BinaryIO) -> Iterator[Line]:
    for number, raw in enumerate(_raw_lines(file), start=1):
        if raw is None:
            yield Line(number, refused=Refused(gettext_noop("longer than %(most)s bytes"), most=f"{LONGEST_LINE:,}"))
        elif raw.strip():
            line = _object(number, raw)
            if set(line.told) != {NOTE_KEY}:
                yield line


def _raw_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long, without ever holding it."""
    if file.peek(3)[:3] == BOM:  # type: ignore[attr-defined]
        file.read(3)
    while raw := file.readline(LONGEST_LINE + 1):
        is_too_long = len(raw) > LONGEST_LINE
        while is_too_long and raw and not raw.endswith(b"\n"):
            raw = file.readline(LONGEST_LINE)
        yield None if is_too_long else raw


def _object(number: int, raw: bytes) -> Line:
    try:
        told = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_no_number)
    except UnicodeDecodeError:
        return Line(number, refused=Refused(gettext_noop("is not UTF-8 text")))
    except json.JSONDecodeError as error:
        why = {"why": error.msg, "at": str(error.pos + 1)}
        return Line(number, refused=Refused(gettext_noop("is not JSON (%(why)s at character %(at)s)"), **why))
    except _TwiceTold as key:
        return Line(number, refused=Refused(gettext_noop("key %(said)s stands there twice"), said=str(key)))
    except (ValueError, RecursionError):
        return Line(number, refused=Refused(gettext_noop("is not JSON that makes sense")))
    return Line(number, told) if isinstance(told, dict) else Line(number, refused=Refused(gettext_noop("must be one JSON object")))


class _TwiceTold(Exception):
    pass


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in pairs:
        if key in told:
            raise _TwiceTold(quoted(key))
        told[key] = value
    return told


def _no_number(name: str) -> Any:
    """NaN and the infinities are no JSON, and no database takes them."""
    raise ValueError(name)


# --- CSV


def _rows(file: BinaryIO, columns: Columns) -> Iterator[Line]:
    """Rows under their header. Comma, semicolon or tab between cells: whatever the header uses."""
    try:
        whole = file.read().decode("utf-8-sig", "surrogateescape" if columns.by_line else "strict")
    except UnicodeDecodeError:
        raise Unreadable(gettext_noop("is not UTF-8 text; save it as “CSV UTF-8”.")) from None
    noted = whole.startswith((NOTE_SIGN, f'"{NOTE_SIGN}')) and "\n" in whole
    whole = whole.split("\n", 1)[1] if noted else whole
    csv.field_size_limit(LONGEST_LINE)
    if columns.by_line:
        yield from _read_by_line(StringIO(whole, newline="").readlines(), columns, 1 if noted else 0)
        return
    reader = csv.reader(StringIO(whole, newline=""), delimiter=_delimiter(whole), strict=True)
    yield from _read(reader, columns, 1 if noted else 0)


def _read(reader: Any, columns: Columns, lines_before: int) -> Iterator[Line]:
    keys, ends_at = [], 0
    try:
        keys = _header(next(reader, []), columns)
        ends_at = reader.line_num
        for cells in reader:
            number, ends_at = lines_before + ends_at + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(number, keys, cells, columns)
    except csv.Error as error:
        if not keys:
            raise Unreadable(gettext_noop("has no header that can be read (%(why)s)."), why=str(error)) from None
        yield Line(lines_before + ends_at + 1, refused=Refused(gettext_noop("is not CSV from here on (%(why)s)"), why=str(error)))


def _read_by_line(whole: list[str], columns: Columns, lines_before: int) -> Iterator[Line]:
    """After a row that cannot be read the next line is read as the beginning of another."""
    keys: list[str] = []
    read_to = 0
    reader, begins_at = _reader(whole, 0)
    while read_to < len(whole):
        number = lines_before + read_to + 1
        try:
            cells: list[str] = next(reader, [])
        except csv.Error as error:
            if not keys:
                raise Unreadable(gettext_noop("has no header that can be read (%(why)s)."), why=str(error)) from None
            yield Line(number, refused=Refused(gettext_noop("is not CSV (%(why)s)"), why=str(error)))
            read_to += 1
            reader, begins_at = _reader(whole, read_to)
            continue
        read_to = begins_at + reader.line_num
        if not keys:
            keys = _header(cells, columns)
        elif any(cell.strip() for cell in cells):
            yield _row(number, keys, cells, columns)
    if not keys:
        _header([], columns)


def _reader(whole: list[str], start: int) -> tuple[Any, int]:
    return csv.reader(islice(whole, start, None), delimiter=_delimiter(whole[0] if whole else ""), strict=True), start


def _delimiter(whole: str) -> str:
    header = whole.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _header(cells: list[str], columns: Columns) -> list[str]:
    keys = [cell.strip() for cell in cells]
    if not any(keys):
        raise Unreadable(gettext_noop("is empty; its first line must name the columns."))
    if unknown := [key for key in keys if key not in columns.known]:
        raise Unreadable(gettext_noop("has unknown columns: %(said)s."), said=", ".join(quoted(key) for key in unknown))
    if len(set(keys)) < len(keys):
        raise Unreadable(gettext_noop("names a column twice."))
    return keys


def _row(number: int, keys: list[str], cells: list[str], columns: Columns) -> Line:
    if len(cells) > len(keys) or (columns.by_line and len(cells) < len(keys)):
        why = {"cells": str(len(cells)), "columns": str(len(keys))}
        return Line(number, refused=Refused(gettext_noop("has %(cells)s cells under %(columns)s columns"), **why))
    if columns.by_line and not _is_text("".join(cells)):
        return Line(number, refused=Refused(gettext_noop("is not UTF-8 text")))
    return Line(number, {key: columns.value_in(key, cell) for key, cell in zip(keys, cells, strict=False) if cell.strip()})


def _is_text(said: str) -> bool:
    return not any("\udc80" <= sign <= "\udcff" for sign in said)
