"""Files of records: JSONL, or CSV where the name ends so. A line that cannot be read says why, and the rest goes on."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from .content import TEXT, kind_of, known_keys

LONGEST_LINE = 1_000_000  # bytes; the longest practice of the full template has not a tenth of it
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"


class Unreadable(Exception):
    """Nothing of a file can be read; says why."""


@dataclass(frozen=True)
class Line:
    """One record as the file tells it, or why it cannot be read."""

    number: int
    told: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""


def lines_in(path: Path) -> Iterator[Line]:
    """Every line that is not blank, with its number in the file."""
    try:
        with path.open("rb") as file:
            if file.peek(2)[:2] in UTF_16:  # type: ignore[attr-defined]
                raise Unreadable("is UTF-16; save it as UTF-8.")
            yield from _rows(file) if path.suffix.lower() == ".csv" else _objects(file)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror}.") from None


def _objects(file: BinaryIO) -> Iterator[Line]:
    for number, raw in enumerate(_raw_lines(file), start=1):
        if raw is None:
            yield Line(number, refusal=f"longer than {LONGEST_LINE:,} bytes")
        elif raw.strip():
            yield _object(number, raw)


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
        told = json.loads(raw.decode("utf-8"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError:
        return Line(number, refusal="is not UTF-8 text")
    except json.JSONDecodeError as error:
        return Line(number, refusal=f"is not JSON ({error.msg} at character {error.pos + 1})")
    except _TwiceTold as key:
        return Line(number, refusal=f"key {key} stands there twice")
    except (ValueError, RecursionError):
        return Line(number, refusal="is not JSON that makes sense")
    return Line(number, told) if isinstance(told, dict) else Line(number, refusal="must be one JSON object")


class _TwiceTold(Exception):
    pass


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in pairs:
        if key in told:
            raise _TwiceTold(f"{key[:60]!r}")
        told[key] = value
    return told


# --- CSV


def _rows(file: BinaryIO) -> Iterator[Line]:
    """Rows under their header. Comma, semicolon or tab between cells: whatever the header uses."""
    try:
        whole = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8 text; save it as “CSV UTF-8”.") from None
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(StringIO(whole, newline=""), delimiter=_delimiter(whole), strict=True)
    keys, ends_at = [], 0
    try:
        keys = _header(next(reader, []))
        ends_at = reader.line_num
        for cells in reader:
            number, ends_at = ends_at + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _row(number, keys, cells)
    except csv.Error as error:
        if not keys:
            raise Unreadable(f"has no header that can be read ({error}).") from None
        yield Line(ends_at + 1, refusal=f"is not CSV from here on ({error})")


def _delimiter(whole: str) -> str:
    header = whole.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _header(cells: list[str]) -> list[str]:
    keys = [cell.strip() for cell in cells]
    if not any(keys):
        raise Unreadable("is empty; its first line must name the columns.")
    if unknown := [key for key in keys if key not in known_keys()]:
        raise Unreadable(f"has unknown columns: {', '.join(repr(key[:60]) for key in unknown)}.")
    if len(set(keys)) < len(keys):
        raise Unreadable("names a column twice.")
    return keys


def _row(number: int, keys: list[str], cells: list[str]) -> Line:
    if len(cells) > len(keys):
        return Line(number, refusal=f"has {len(cells)} cells under {len(keys)} columns")
    return Line(number, {key: _cell(key, cell) for key, cell in zip(keys, cells, strict=False) if cell.strip()})


def _cell(key: str, cell: str) -> Any:
    """Several slugs are parted by ``|`` or ``;``, several texts by ``|`` or a new line: sentences hold semicolons."""
    kind = kind_of(key)
    if kind in {"terms", "checkboxes", "regions"} or key in {"province_code", "regency_code", "regency"}:
        return [part.strip() for part in re.split(r"[|;]", cell) if part.strip()]
    if kind == "list":
        return [part.strip() for part in re.split(r"[|\n]", cell) if part.strip()]
    return cell if kind in TEXT or key in {"body", "title", "summary"} else cell.strip()
