"""The share form on its page: which fields stand together, and everything that the page needs to draw each.

The form is the dearest page of the site: widgets are not drawn one by one by the form's own templates, the page writes
them itself from these plain values (``library/_placed.html``).
"""

from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words

from .. import template
from ..rules.problems import EMPTY
from . import choices, shapes
from .making import DROPS_DOWN
from .parts import Table, WordsList
from .placed import Box, Group, Option, Placed, Row, Section
from .sharing import ShareForm

LINES = {"summary": 5, "problem": 6, "results": 6, "what_failed": 5, "safeguarding": 5, "context": 6, "body": 16}
MOST_PROVINCES = 5  # of how many the districts are on offer at once


def sections(form: ShareForm) -> list[Section]:
    """The sections of the template that this form fills; the first is open, and each with something to put right."""
    made: list[Section] = []
    for key, label in template.sections():
        placed = [_placed(form, name, field) for name, field in _names(form, key)]
        if not placed:
            continue
        wrong = any(one.state for one in placed)
        is_growing = any(one.name == form.more for one in placed)
        made.append(Section(key, _of_documents(form, key) or label, placed, is_open=not made or wrong or is_growing, has_errors=wrong))
    return made


def warn_reason(form: ShareForm) -> Placed | None:
    """The question why details may stay, where the guard warns or somebody has answered before."""
    name = shapes.WARN_REASON
    is_asked = form.has_warnings or form[name].errors or form.value_of(name)
    return _placed(form, name, None) if is_asked else None


def about_the_change(form: ShareForm) -> list[Placed]:
    """What is asked of a change, where readers have an older text."""
    return [_placed(form, name, None) for name in shapes.CHANGE if name in form.fields]


def _of_documents(form: ShareForm, section: str) -> str:
    """Sections are named after practices; two of them hold something else of a document."""
    if form.shape != shapes.DOCUMENT:
        return ""
    return {"pelaksanaan": _("Text and legal status"), "konteks": _("What it is useful for")}.get(section, "")


def _names(form: ShareForm, section: str) -> list[tuple[str, template.Field | None]]:
    """The form's fields of one section, each with what the template says of it."""
    found: list[tuple[str, template.Field | None]] = []
    for key, field in shapes.fields_of(form.shape).items():
        names = shapes.on_the_page(key, form.shape) if field.section == section else ()
        found += [(name, field if name == key else None) for name in names if name in form.fields]
    return found


def _placed(form: ShareForm, name: str, field: template.Field | None) -> Placed:
    bound, value = form[name], form.value_of(name)
    shared: dict[str, Any] = {
        "bound": bound,
        "findings": form.findings.get(name, ()),
        "is_optional": field is not None and (field.told["required"] == "optional" or field.is_conditional),
        "is_filled": value not in EMPTY and value is not False,
        "least": field.words.get("min", 0) if field else 0,
        "most": field.words.get("max", 0) if field else 0,
    }
    return _drawn(form, bound, value, field, shared)


def _drawn(form: ShareForm, bound: BoundField, value: Any, field: template.Field | None, shared: dict[str, Any]) -> Placed:
    made, widget = bound.field, bound.field.widget
    if isinstance(made, WordsList):
        boxes = _boxes(form, bound, value)
        more = _one_more(bound.name) if len(boxes) < made.at_most else ""
        return Placed(kind="list", boxes=boxes, more=more, **shared | {"is_filled": any(box.value for box in boxes)})
    if isinstance(made, Table):
        rows = _rows(form, bound, value, field)
        more = _("One more row") if len(rows) < made.at_most else ""
        is_filled = any(cell.value for row in rows for cell in row.cells)
        return Placed(kind="table", rows=rows, more=more, **shared | {"is_filled": is_filled})
    if bound.name == "regencies":
        return _districts(form, bound, value, shared)
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return Placed(kind="ticks", groups=_groups(bound, {str(one) for one in value or []}, {}), **shared)
    if isinstance(widget, forms.RadioSelect | forms.Select):
        chosen = {"" if value is None else str(value)}
        is_list = bound.name in DROPS_DOWN or not isinstance(widget, forms.RadioSelect)
        return Placed(kind="select" if is_list else "radios", groups=_groups(bound, chosen, form.choice_help.get(bound.name, {})), **shared)
    if isinstance(widget, forms.CheckboxInput):
        return Placed(kind="check", value="on" if value else "", **shared)
    if isinstance(widget, forms.Textarea):
        return Placed(kind="area", value=_typed(value), lines=LINES.get(bound.name, 4), **shared)
    return Placed(kind="line", value=_typed(value), type=widget.input_type, mode=widget.attrs.get("inputmode", ""), **shared)


def _typed(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _groups(bound: BoundField, chosen: set[str], helps: dict[str, str]) -> list[Group]:
    """The options under the headings of their groups; one group without a heading where there are none."""
    found: dict[str, list[Option]] = {}
    number = 0
    for slug, label in bound.field.choices:
        heading, inside = (str(slug), label) if isinstance(label, list | tuple) else ("", [(slug, label)])
        for value, words_of_it in inside:
            value = str(value)
            option = Option(f"{bound.auto_id}_{number}", value, str(words_of_it), helps.get(value, ""), value in chosen)
            found.setdefault(heading, []).append(option)
            number += 1
    return [Group(heading, options) for heading, options in found.items()]


def _districts(form: ShareForm, bound: BoundField, value: Any, shared: dict[str, Any]) -> Placed:
    """The districts of the chosen provinces, folded; without scripts a button brings those of provinces ticked since."""
    chosen = {str(one) for one in value or []}
    provinces = [code for code in form.value_of("provinces") or [] if code in words.provinces()]
    groups = []
    for code in provinces:
        offered = choices.regencies_of(code)
        shown = [(slug, label) for slug, label in offered if len(provinces) <= MOST_PROVINCES or slug in chosen]
        options = [Option(f"{bound.auto_id}_{slug}", slug, label, "", slug in chosen) for slug, label in shown]
        groups += [Group(words.provinces()[code].name, options)] if options else []
    return Placed(kind="districts", groups=groups, more=_("Show the districts of the provinces ticked above"), **shared)


def _one_more(name: str) -> str:
    return {"steps": _("Add a step"), "lessons": _("Add a lesson")}.get(name, _("One more line"))


def _count(form: ShareForm, bound: BoundField, typed: int) -> int:
    """How many boxes or rows are drawn: as many as were typed, and one more where that was asked for."""
    wanted = max(bound.field.at_least, typed) + 1 if form.more == bound.name else max(bound.field.at_least, typed)
    return max(typed, min(wanted, bound.field.at_most))


def _boxes(form: ShareForm, bound: BoundField, value: Any) -> list[Box]:
    typed = list(value or [])
    while form.is_checked and typed and not typed[-1].strip():  # what is only drawn again stays as it was
        typed.pop()
    values = typed + [""] * (_count(form, bound, len(typed)) - len(typed))
    place = 0  # the guard read the list without its empty boxes
    boxes = []
    for at, words_of_it in enumerate(values):
        found = [one for one in form.findings.get(bound.name, []) if words_of_it.strip() and one.index == place]
        place += bool(words_of_it.strip())
        is_next = form.more == bound.name and at == len(values) - 1
        boxes.append(Box(f"{bound.auto_id}_{at}", bound.name, _numbered(bound.name, at + 1), words_of_it, found, is_next=is_next))
    return boxes


def _numbered(name: str, number: int) -> str:
    said = {"steps": _("Step %(number)d"), "lessons": _("Lesson %(number)d")}.get(name, _("Line %(number)d"))
    return said % {"number": number}


def _rows(form: ShareForm, bound: BoundField, value: Any, field: template.Field) -> list[Row]:
    typed = [row for row in value or [] if not form.is_checked or any(cell.strip() for cell in row.values())]
    values = typed + [{}] * (_count(form, bound, len(typed)) - len(typed))
    place = 0
    rows = []
    for at, row in enumerate(values):
        is_next = form.more == bound.name and at == len(values) - 1
        cells = [_cell(form, bound, field, at, column, row, place + index, is_next) for index, column in enumerate(field.columns)]
        place += len(field.columns) if any(str(cell).strip() for cell in row.values()) else 0
        rows.append(Row(_("Row %(number)d") % {"number": at + 1}, cells))
    return rows


def _cell(
    form: ShareForm, bound: BoundField, field: template.Field, at: int, column: tuple[str, str, str], row: Any, place: int, is_next: bool
) -> Box:
    key, label, vocabulary = column
    value = str(row.get(key) or "")
    name = shapes.cell(bound.name, key)
    found = [one for one in form.findings.get(bound.name, []) if one.index == place and value.strip()]
    options = [Option("", slug, words_of_it, "", slug == value) for slug, words_of_it in words.choices(vocabulary)] if vocabulary else []
    is_first = key == field.columns[0][0]
    return Box(f"{bound.auto_id}_{at}_{key}", name, label, value, found, options, is_next=is_next and is_first)
