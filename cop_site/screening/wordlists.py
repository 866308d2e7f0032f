"""Lists of watched words as files: lines with commas or semicolons, one pattern a line. A bad line says why, and the rest goes on."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path

from django.utils.translation import gettext as _

from cop_site.core.records.cells import as_written, harmless

from .matching import key_of
from .models import WatchedWord
from .patterns import problem_with

COLUMNS = ("pattern", "action", "language", "note")
MOST_LINES, MOST_CHARACTERS = 2_000, 300_000
BOM = "\ufeff"  # spreadsheets read UTF-8 only where it says so
STARTER_LIST = Path(__file__).parent / "data" / "watched_words.csv"
LONGEST_NOTE = WatchedWord._meta.get_field("note").max_length or 0


@dataclass(frozen=True)
class Line:
    """What one line says, or why it cannot be taken."""

    number: int
    pattern: str
    action: str = ""
    language: str = ""
    note: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        return key_of(self.pattern)

    @property
    def told(self) -> dict[str, str]:
        return {"action": self.action, "language": self.language, "note": self.note}


class Unreadable(ValueError):
    """A file in which nothing can be read at all; says why in the reader's language."""


def read(text: str) -> list[Line]:
    """Every line that is not blank, with its number in the file."""
    text = text.removeprefix(BOM)
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(_("This file is too long: at most %(most)s characters.") % {"most": MOST_CHARACTERS})
    head = text.split("\n", 1)[0]
    rows = csv.reader(StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        names = [cell.strip().lower() for cell in next(rows, [])]
        if "pattern" not in names or not set(names) <= set(COLUMNS):
            raise Unreadable(_("The first line must name the columns: %(names)s.") % {"names": ", ".join(COLUMNS)})
        lines = list(_judged(_lines(rows, names)))
    except csv.Error:
        raise Unreadable(_("This is no table that can be read.")) from None
    if len(lines) > MOST_LINES:
        raise Unreadable(_("At most %(most)d lines at once.") % {"most": MOST_LINES})
    return lines


def _lines(rows: Iterator[list[str]], names: list[str]) -> Iterator[Line]:
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        told = {name: " ".join(as_written(cell).split()) for name, cell in zip(names, cells, strict=False)}
        told |= {"action": told.get("action", "").lower() or WatchedWord.Action.FLAG.value, "language": told.get("language", "").lower()}
        yield Line(rows.line_num, problem=_("It has more cells than columns.") if len(cells) > len(names) else "", **told)  # type: ignore[attr-defined]


def _judged(lines: Iterable[Line]) -> Iterator[Line]:
    seen: dict[str, int] = {}
    for line in lines:
        key = line.key
        problem = line.problem or _problem(line)
        if not problem and key in seen:
            problem = _("The same words stand in line %(number)d.") % {"number": seen[key]}
        seen.setdefault(key, line.number)
        yield Line(line.number, line.pattern, problem=problem, **line.told)


def _problem(line: Line) -> str:
    if line.action not in WatchedWord.Action.values:
        return _("“%(said)s” is none of: %(known)s.") % {"said": line.action[:20], "known": ", ".join(WatchedWord.Action.values)}
    if line.language not in WatchedWord.Language.values:
        return _("“%(said)s” is none of: %(known)s.") % {"said": line.language[:20], "known": "id, en"}
    if len(line.note) > LONGEST_NOTE:
        return _("At most %(most)d characters.") % {"most": LONGEST_NOTE}
    return problem_with(line.pattern)


@cache
def starter_text() -> str:
    """The list that comes along."""
    return STARTER_LIST.read_text(encoding="utf-8")


def write(words: Iterable[WatchedWord]) -> str:
    """A file that ``read`` understands, in which no spreadsheet takes a cell for a formula."""
    table = StringIO()
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    for word in words:
        rows.writerow([harmless(str(getattr(word, name))) for name in COLUMNS])
    return BOM + table.getvalue()
