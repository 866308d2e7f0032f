"""Workbooks from field offices: sheets whose first rows name columns, by key or by label. Nothing in one is ever run."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext_noop

from cop_site.core.records.reading import NOTE_SIGN, Line
from cop_site.core.records.refusing import Refused, Unreadable, quoted
from cop_site.files.cleaning.detecting import kind_of as kind_of_file
from cop_site.files.cleaning.outcome import Refusal
from cop_site.files.cleaning.packages import Package

from .cells import value_in
from .labels import key_of, slug_said

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xltx", ".xltm", ".ods"}
MOST_ROWS, MOST_COLUMNS = 5_000, 120
LOOKED_AT = 10  # rows in which the head of a sheet may stand
ASIDE = {"pilihan", "choices", "petunjuk", "guide"}  # sheets of the template that hold no records


def rows_in(path: Path) -> Iterator[Line]:
    """Every row with something in it, of every sheet that has a head; values only, and no more of them than is sensible."""
    _refuse_unless_a_workbook(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Exception as error:  # whatever it stumbles over: the file came from outside
        raise _damaged() from error
    sheets = [sheet for sheet in book.worksheets if sheet.title.strip().casefold() not in ASIDE]
    is_headed = False
    try:
        for sheet in sheets:
            for line in _rows(sheet, len(sheets) > 1):
                is_headed = True
                if line:
                    yield line
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError, EOFError, OSError) as error:
        raise _damaged() from error
    finally:
        book.close()
    if not is_headed:
        raise Unreadable(gettext_noop("has no sheet whose first rows name columns that are known here."))


def _damaged() -> Unreadable:
    return Unreadable(gettext_noop("is damaged or no workbook; open it, save it anew as XLSX and try again."))


def _refuse_unless_a_workbook(path: Path) -> None:
    if path.suffix.lower() in {".xlsm", ".xltm"}:
        raise Unreadable(_REASONS["macros"])
    try:
        kind = kind_of_file(path, "xlsx")
        if kind == "xlsx":
            Package(path)
            return
    except OSError as error:
        raise Unreadable(gettext_noop("cannot be read: %(why)s."), why=str(error.strerror)) from None
    except Refusal as refusal:
        if refusal.code in {"macros", "encrypted", "bomb", "old-office"}:
            raise Unreadable(_REASONS[refusal.code]) from None
    raise _damaged()


_REASONS = {
    "macros": gettext_noop("holds programs (macros); save it without them, as XLSX."),
    "encrypted": gettext_noop("is locked with a password; save it without one."),
    "bomb": gettext_noop("is far too large when unpacked; split it into smaller ones."),
    "old-office": gettext_noop("is of an old format, or locked with a password; save it as XLSX."),
}


def _rows(sheet: Any, is_named: bool) -> Iterator[Line | None]:
    """The records of one sheet, after a first None once its head was found."""
    sheet.reset_dimensions()  # what a file says of its size need not be so
    name, keys = sheet.title[:31] if is_named else "", None
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS + LOOKED_AT, max_col=MOST_COLUMNS), start=1):
        cells = [cell for cell in row if _is_told(cell.value)]
        if not cells:
            continue
        if keys is None:
            if number > LOOKED_AT:
                return
            keys = _head(row)
            if keys is not None:
                yield None
        elif _is_head_of_keys(row):
            keys = _head(row)
        elif number > MOST_ROWS:
            yield Line(number, refused=Refused(gettext_noop("more than %(most)s rows; split the file"), most=f"{MOST_ROWS:,}"), sheet=name)
            return
        else:
            yield _record(number, name, keys, row)


def _is_told(value: Any) -> bool:
    return value is not None and str(value).strip() != ""


def _head(row: Any) -> list[str] | None:
    """The keys of a row of heads; None for a note, or where nothing is known."""
    heads = [str(cell.value or "").strip() for cell in row]
    if next((head for head in heads if head), "").startswith(NOTE_SIGN):
        return None
    keys = [key_of(head) or "" for head in heads]
    if "title" not in keys:
        return None
    if unknown := [head for head, key in zip(heads, keys, strict=True) if head and not key]:
        raise Unreadable(gettext_noop("has unknown columns: %(said)s."), said=", ".join(quoted(head) for head in unknown[:10]))
    named = [key for key in keys if key]
    if len(set(named)) < len(named):
        raise Unreadable(gettext_noop("names a column twice."))
    return keys


def _is_head_of_keys(row: Any) -> bool:
    """The second head of the template, which a sheet hides."""
    told = [str(cell.value).strip() for cell in row if _is_told(cell.value)]
    return "title" in told and "language" in told and all(key_of(one) == one for one in told)


def _record(number: int, sheet: str, keys: list[str], row: Any) -> Line:
    told: dict[str, Any] = {}
    for key, cell in zip([*keys, *[""] * (len(row) - len(keys))], row, strict=False):
        if not _is_told(cell.value):
            continue
        if cell.data_type in {"f", "e"} or not isinstance(cell.value, str | int | float | bool | date):
            why = {"cell": str(cell.coordinate)}
            return Line(
                number, refused=Refused(gettext_noop("cell %(cell)s holds a formula or an error; put the value itself"), **why), sheet=sheet
            )
        if not key:
            return Line(number, refused=Refused(gettext_noop("cell %(cell)s stands under no head"), cell=str(cell.coordinate)), sheet=sheet)
        told[key] = slug_said(key, value_in(key, _words(key, cell.value)))
    return Line(number, told, sheet=sheet)


def _words(key: str, value: Any) -> str:
    """A cell in letters: a whole number without a point, a day as a day, a month where a month is asked for."""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return f"{day:%Y-%m}" if key == "period" else day.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
