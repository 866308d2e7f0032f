"""CSV: a line for each text, for spreadsheets, in which no cell is taken for a formula."""

import csv
from io import StringIO

from .citation import SUBJECTS, Citation

COLUMNS = ["id", "title", "author", "year", "document_kind", "document_number", "language", "summary", *SUBJECTS, "places"]
COLUMNS += ["evidence_level", "licence", "visibility", "publisher", "url", "note"]
# Signs at the start of a cell that spreadsheets run as a formula, in the widths that they take for the same.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n|＝＋－＠")


def head() -> str:
    return _line(COLUMNS)


def row(citation: Citation) -> str:
    """One line; several values of a cell stand apart by semicolons."""
    subjects = {column: "; ".join(labels) for column, labels in citation.subjects}
    told = {
        "id": citation.key,
        "title": citation.title,
        "author": citation.author,
        "year": str(citation.year or ""),
        "document_kind": citation.kind_label,
        "document_number": citation.number,
        "language": citation.language,
        "summary": citation.abstract,
        "places": "; ".join(citation.places),
        "evidence_level": citation.evidence,
        "licence": citation.licence,
        "visibility": citation.level,
        "publisher": citation.publisher,
        "url": citation.url,
        "note": citation.note,
    } | subjects
    return _line([harmless(told.get(column, "")) for column in COLUMNS])


def harmless(said: str) -> str:
    """``said`` with an apostrophe before it where a spreadsheet would run it."""
    return f"'{said}" if said.lstrip(" ").startswith(_STARTS_A_FORMULA) else said


def _line(cells: list[str]) -> str:
    line = StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
