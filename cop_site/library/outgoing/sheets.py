"""Workbooks for field offices: a head in their language, choices to pick from, a guide; empty, or with the records of an export."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cop_site.core.records.reading import NOTE_SIGN

from .. import policy, template
from ..importing.cells import cell_of, takes_several
from ..importing.content import field_of
from ..importing.labels import OWN_LABELS, REQUIRED_MARK, choices
from .records import keys_of

LONGEST_CELL = 32_767  # characters: more no spreadsheet keeps
MOST_RECORDS = 2_000
ROOM = 500  # rows of an empty template that offer choices
CHOICES, GUIDE = ("Pilihan", "Choices"), ("Petunjuk", "Guide")
NAMES = {policy.KIND: ("Praktik", "Practices"), policy.DOCUMENT_KIND: ("Dokumen", "Documents")}
_HEAD = {"font": Font(bold=True), "alignment": Alignment(wrap_text=True, vertical="top")}
_NEEDED, _OPTIONAL = PatternFill("solid", fgColor="F6D9A8"), PatternFill("solid", fgColor="E6E3DA")
NEEDED = {"title", "language", "document_kind", "summary"}


class TooLong(Exception):
    """A text that no cell holds."""


def _english() -> bool:
    return get_language() == "en"


def _in(names: tuple[str, str]) -> str:
    return names[_english()]


def label_of(key: str) -> str:
    field = field_of(key)
    return field.label if field else _in(OWN_LABELS[key])


def workbook(records: dict[str, Iterable[dict[str, Any]]]) -> bytes:
    """A workbook with a sheet for each kind named in ``records``, filled with its lines."""
    book = Workbook()
    book.remove(book.active)
    offered: dict[str, str] = {}
    sheets = [(book.create_sheet(_in(NAMES[kind])), kind) for kind in records]
    _write_guide(book.create_sheet(_in(GUIDE)), list(records))
    choosing = book.create_sheet(_in(CHOICES))
    for sheet, kind in sheets:
        keys = _columns(kind)
        first = _write_head(sheet, kind, keys)
        last = _write_records(sheet, keys, records[kind], first)
        _offer_choices(sheet, keys, choosing, offered, (first, max(last, first + ROOM)))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _columns(kind: str) -> list[str]:
    """What people need first stands first; districts by their names."""
    keys = ["regency" if key == "regency_code" else key for key in keys_of(kind)]
    body = ["body"] if kind == policy.KIND else []
    return sorted(keys + body, key=lambda key: (key != "id", key not in NEEDED, not _is_quick(kind, key)))


def _is_quick(kind: str, key: str) -> bool:
    return kind == policy.DOCUMENT_KIND or key in template.quick_form() or key in {"province_code", "regency", "year"}


def _write_head(sheet: Worksheet, kind: str, keys: Sequence[str]) -> int:
    """Labels, under them the keys (hidden): the import goes by the keys, whatever becomes of the labels. First row for records."""
    row = 1
    if settings.IS_DEMO:
        sheet.cell(row, 1, f"{NOTE_SIGN} {_('Everything on this site is invented: for demonstration.')}")
        row += 1
    for column, key in enumerate(keys, start=1):
        is_needed = key in NEEDED
        head = sheet.cell(row, column, label_of(key) + (REQUIRED_MARK if is_needed else ""))
        head.font, head.alignment, head.fill = _HEAD["font"], _HEAD["alignment"], _NEEDED if is_needed else _OPTIONAL
        if help_text := _help(key):
            head.comment = Comment(help_text, settings.SITE_NAME, width=320, height=120)
        sheet.cell(row + 1, column, key)
        sheet.column_dimensions[get_column_letter(column)].width = 44 if _is_long(key) else 24
    sheet.row_dimensions[row].height = 48
    sheet.row_dimensions[row + 1].hidden = True
    sheet.freeze_panes = sheet.cell(row + 2, 3)
    return row + 2


def _is_long(key: str) -> bool:
    field = field_of(key)
    return field is not None and (field.type in {"longtext", "list", "table"} or key == "title")


def _help(key: str) -> str:
    field = field_of(key)
    told = [field.help] if field and field.help else []
    if takes_several(key):
        told.append(_("Several: put a semicolon between them."))
    elif field and field.type == "list":
        told.append(_("One a line (Alt+Enter)."))
    elif field and field.is_table:
        told.append(_("One row a line, with | between: %(columns)s.") % {"columns": " | ".join(label for _k, label, _v in field.columns)})
    elif key == "period":
        told.append(_("Months, for example 2024-08/2025-03."))
    elif key in {"valid_as_of", "review_date"}:
        told.append(_("A day, for example 2025-03-31."))
    return " ".join(told)


def _write_records(sheet: Worksheet, keys: Sequence[str], records: Iterable[dict[str, Any]], first: int) -> int:
    last = first - 1
    for last, record in enumerate(records, start=first):  # noqa: B007 - the number of the last row is what comes of it
        told = record | {"regency": record.get("regency_code")}
        for column, key in enumerate(keys, start=1):
            if told.get(key) not in (None, "", []):
                cell = sheet.cell(last, column)
                cell.value, cell.data_type = _cell(key, told[key]), "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    return last


def _cell(key: str, value: Any) -> str:
    """Labels for single choices; everything else as in any table."""
    if key in {"children_involved", "organisation_hidden"} or (not isinstance(value, list) and choices(key)):
        said = "true" if value is True else "false" if value is False else value
        return next((label[1 + _english()] for label in choices(key) if label[0] == said), said)
    if len(cell := cell_of(key, value)) > LONGEST_CELL:
        raise TooLong
    return cell


def _offer_choices(sheet: Worksheet, keys: Sequence[str], choosing: Worksheet, offered: dict[str, str], rows: tuple[int, int]) -> None:
    """Lists to pick from. Where several may stand in a cell, other words are let through: the import looks at them."""
    for column, key in enumerate(keys, start=1):
        if not (labels := [label[1 + _english()] for label in choices(key)]):
            continue
        if key not in offered:
            offered[key] = _list_of(choosing, len(offered) + 1, [label_of(key), *labels])
        offer = DataValidation(type="list", formula1=offered[key], allow_blank=True, showErrorMessage=not takes_several(key))
        offer.error = _("Please pick one from the list.")
        letter = get_column_letter(column)
        offer.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
        sheet.add_data_validation(offer)


def _list_of(choosing: Worksheet, column: int, labels: Sequence[str]) -> str:
    for row, label in enumerate(labels, start=1):
        choosing.cell(row, column, label)
    letter = get_column_letter(column)
    choosing.column_dimensions[letter].width = 36
    return f"'{choosing.title}'!${letter}$2:${letter}${len(labels)}"


def _write_guide(sheet: Worksheet, kinds: Sequence[str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 96
    for line in _guide():
        sheet.append(["", line])
    for kind in kinds:
        sheet.append([])
        sheet.append([_in(NAMES[kind])])
        sheet.cell(sheet.max_row, 1).font = _HEAD["font"]
        for key in _columns(kind):
            sheet.append([label_of(key) + (REQUIRED_MARK if key in NEEDED else ""), _help(key)])
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = _HEAD["alignment"]


def _guide() -> list[str]:
    return [
        _("One text a row, below the heads. Columns with * must be filled; instead of a summary its text is enough."),
        _("Do not write names, numbers, addresses or anything else that points to a person who is served."),
        _("The sheet works without a connection. When you are done, send the file to the secretariat."),
        _("Give each text a number of your own in the first column: sent again under the same number, it is brought up to date."),
        _("Write no formulas: only values are taken."),
    ]
