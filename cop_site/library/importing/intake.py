"""A file that came over the web: taken apart into lines that can wait, and gone."""

import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop

from cop_site.core.records.reading import Line
from cop_site.core.records.refusing import Refused, Unreadable
from cop_site.files import keeping

from ..models import ImportLine
from .opening import ENDINGS, lines_of
from .workbook import SUFFIXES

MOST_LINES = 20_000
LONGEST_REASON = 240


def waiting_lines(upload: UploadedFile) -> tuple[list[ImportLine], str]:
    """Its lines, not kept yet, and its ending; ``Unreadable`` where there are none to be had."""
    ending = Path(upload.name or "").suffix.lower()
    if ending not in ENDINGS and ending not in SUFFIXES:
        raise Unreadable(gettext_noop("has a name that does not end in .jsonl, .csv or .xlsx."))
    with keeping.desk() as folder:
        given = folder / f"given{ending}"
        with given.open("xb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        lines = []
        for line in lines_of(given):
            lines.append(_waiting(line))
            if len(lines) > MOST_LINES:
                raise Unreadable(gettext_noop("has more than %(most)s lines; split it into smaller ones."), most=f"{MOST_LINES:,}")
    if not lines:
        raise Unreadable(gettext_noop("holds no lines."))
    return lines, ending.removeprefix(".")


def _waiting(line: Line) -> ImportLine:
    # What no database keeps (halves of surrogate pairs) goes; the rest waits as it was told.
    told = json.dumps(line.told, ensure_ascii=False).encode("utf-8", "ignore").decode()
    waiting = ImportLine(number=line.number, sheet=line.sheet.replace("\0", ""), told=told)
    if line.refused:
        note_refusal(waiting, line.refused, "outlook")
    return waiting


def note_refusal(line: ImportLine, why: Refused, noted: str, *, outcome: Any = ImportLine.Outcome.REFUSED) -> None:
    """Why a line is not taken in, so that it can be told in either language; the words of the file apart from the rest."""
    setattr(line, noted, outcome)
    line.reason = why.sentence[:LONGEST_REASON]
    line.named = {name: said for name, said in why.named.items() if name != "said"}
    line.said = why.named.get("said", "").replace("\0", "")
