"""Export files: lines of JSON, a table with commas, a workbook."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cop_site.core.records.reading import NOTE_KEY, NOTE_SIGN

from .. import template
from ..importing.cells import cell_of
from ..policy import DOCUMENT_KIND, KIND
from . import sheets
from .records import keys_of

Lines = Iterable[dict[str, Any]]
MEDIA_TYPES = {
    "jsonl": "application/x-ndjson; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BOM = "\ufeff"  # spreadsheets read UTF-8 only where it says so


def jsonl(lines: Lines, kinds: Iterable[str]) -> Iterator[bytes]:
    if settings.IS_DEMO:
        yield _json({NOTE_KEY: _note()})
    for line in lines:
        yield _json(line)


def _json(line: dict[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _note() -> str:
    """That nothing in a demo is true; an import leaves it out."""
    return _("Everything on this site is invented: for demonstration.")


def table(lines: Lines, kinds: Iterable[str]) -> Iterator[bytes]:
    keys = keys_of(*kinds)
    yield (BOM + (_row([f"{NOTE_SIGN} {_note()}"]) if settings.IS_DEMO else "") + _row(keys)).encode()
    for line in lines:
        yield _row([cell_of(key, line[key]) if key in line else "" for key in keys]).encode()


def _row(cells: list[str]) -> str:
    row = StringIO()
    csv.writer(row).writerow(cells)
    return row.getvalue()


def workbook(lines: Lines, kinds: Iterable[str]) -> Iterator[bytes]:
    """Whole, since a workbook cannot be written line by line: ``TooMany`` above what is sensible."""
    sorted_by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    for number, line in enumerate(lines, start=1):
        if number > sheets.MOST_RECORDS:
            raise TooMany
        sorted_by_kind[DOCUMENT_KIND if line["document_kind"] in template.document_kinds() else KIND].append(line)
    yield sheets.workbook({kind: sorted_by_kind[kind] for kind in kinds})


class TooMany(Exception):
    """More records than a workbook should hold."""


WRITERS: dict[str, Callable[[Lines, Iterable[str]], Iterator[bytes]]] = {"jsonl": jsonl, "csv": table, "xlsx": workbook}
