"""The three shapes of the share form: a quick note, the whole practice, the short record of a document."""

from functools import cache
from typing import Any

from django.http import QueryDict

from .. import rules, template
from ..models import Practice
from ..rules.problems import EMPTY

QUICK, FULL, DOCUMENT = "quick", "full", "document"
SHAPES = (QUICK, FULL, DOCUMENT)
# What a field of the template is on the page, where that is not one field of the same name; nothing where others fill it.
_ON_THE_PAGE = {
    "title": ("title", "language"),
    "language": (),
    "organisation": ("organisation", "organisation_hidden"),
    "region": ("provinces", "regencies"),
    "period": ("period_start", "period_end"),
    "year": ("period_start",),
    "visibility": ("visibility", "circle"),
    "review_date": (),  # set by publishing
    "attachments": (),  # a page of their own
}
WARN_REASON = "warn_reason"
CHANGE = ("change_note", "is_significant_change")  # asked where readers have an older text


@cache
def fields_of(shape: str) -> dict[str, template.Field]:
    """The template's fields that a form of this shape asks for; a quick note also for what follows from a choice."""
    if shape == DOCUMENT:
        return template.document_form()
    quick = template.quick_form()
    return {key: field for key, field in template.full_form().items() if shape == FULL or key in quick or field.is_conditional}


def on_the_page(key: str, shape: str) -> tuple[str, ...]:
    """The names of the form's fields that stand for one field of the template; a quick note names no regency."""
    names = _ON_THE_PAGE.get(key, (key,))
    return tuple(name for name in names if name != "regencies" or shape != QUICK)


@cache
def names_of(shape: str) -> frozenset[str]:
    """Every name under which a form of this shape may send something."""
    names = {name for key in fields_of(shape) for name in on_the_page(key, shape)}
    cells = {cell(key, column) for key, field in fields_of(shape).items() for column, _label, _vocabulary in field.columns}
    return frozenset(names | cells | {WARN_REASON, *CHANGE})


def cell(key: str, column: str) -> str:
    """The name of a table's column on the page; sent once for each row."""
    return f"{key}-{column}"


def shape_to_show(practice: Practice | None, wished: str) -> str:
    """The shape in which a text is opened: as wished, where nothing that it says would be left out."""
    if practice is None:
        return wished if wished in SHAPES else QUICK
    if practice.is_document:
        return DOCUMENT
    return FULL if wished == FULL or _says_more(practice) else QUICK


def shape_that_was_sent(practice: Practice | None, sent: str) -> str:
    """The shape that a sent form had: only its fields are read, so a quick note empties nothing that it did not show."""
    if practice is None:
        return sent if sent in SHAPES else QUICK
    if practice.is_document:
        return DOCUMENT
    return FULL if sent == FULL else QUICK


def typed_in(sent: Any) -> dict[str, list[str]]:
    """What a sent form says in fields that one of the shapes has, as it was typed; nothing else is kept anywhere."""
    known = names_of(FULL) | names_of(DOCUMENT) | {"as"}
    return {name: sent.getlist(name) for name in sent if name in known}


def sent_again(fields: dict[str, list[str]]) -> QueryDict:
    """Fields that were kept, as a browser would send them."""
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name, values)
    return sent


def _says_more(practice: Practice) -> bool:
    """Whether a practice says or claims what a quick note does not ask for."""
    content = rules.content_of(practice)
    beyond = names_of(FULL) - names_of(QUICK)
    told = {key: field.told.get("default") for key, field in template.full_form().items()}
    said = any(content[name] not in EMPTY and content[name] != told.get(name) for name in beyond & content.keys())
    return said or rules.wants_full_form(content)
