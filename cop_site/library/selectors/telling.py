"""A practice field by field, as the template orders them: for those who review it, whole and with what is empty."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words

from .. import template
from ..models import Practice

VOCABULARIES = {"outcome": "practice_outcome"}


@dataclass(frozen=True)
class Told:
    """One field: a line of plain words, the clean HTML of a text, or a list of either."""

    key: str
    label: str
    line: str = ""
    html: str = ""
    items: tuple[str, ...] = ()
    html_items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    is_changed: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.line or self.html or self.items or self.html_items or self.rows)

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """Row by row, each cell with the head of its column; what is empty is left to the eye."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class ToldSection:
    label: str
    fields: list[Told]


def sections(practice: Practice, changed: frozenset[str] = frozenset()) -> list[ToldSection]:
    """All fields of its form, in the template's sections; ``changed`` names those to mark."""
    found: list[ToldSection] = []
    for section, label in template.sections():
        fields = [field for field in template.form_of(practice.document_kind).values() if field.section == section]
        if fields:
            found.append(ToldSection(label, [told(practice, field, field.key in changed) for field in fields]))
    return found


def told(practice: Practice, field: template.Field, is_changed: bool = False) -> Told:
    """What ``practice`` says in one field."""
    html = practice.html.get(field.key) if field.is_text and field.key != "title" else None
    if isinstance(html, list):
        return Told(field.key, field.label, html_items=tuple(html), is_changed=is_changed)
    if html:
        return Told(field.key, field.label, html=html, is_changed=is_changed)
    if field.is_table:
        head = tuple(label for _key, label, _vocabulary in field.columns)
        return Told(field.key, field.label, head=head, rows=rows(practice, field), is_changed=is_changed)
    said = plain(practice, field)
    if isinstance(said, list):
        return Told(field.key, field.label, items=tuple(said), is_changed=is_changed)
    return Told(field.key, field.label, line=said, is_changed=is_changed)


def rows(practice: Practice, field: template.Field) -> tuple[tuple[str, ...], ...]:
    """The rows of a table in plain words."""
    columns = field.columns
    return tuple(
        tuple(
            words.label(vocabulary, row.get(key, "")) if vocabulary and row.get(key) else row.get(key, "")
            for key, _l, vocabulary in columns
        )
        for row in getattr(practice, field.key)
    )


def plain(practice: Practice, field: template.Field) -> str | list[str]:
    """What a field says in words without marks: labels for slugs, names for codes."""
    if field.key == "region":
        return [*map(words.province_name, practice.provinces), *map(words.regency_name, practice.regencies)]
    if field.key == "period":
        return _period(practice)
    if field.key == "year":
        return str(practice.year or "")
    if field.key == "attachments":
        return [one.get("caption") or _("File") for one in practice.attachments]
    if field.key == "organisation":
        hidden = _("not named to the public") if practice.organisation_hidden else ""
        return " · ".join(part for part in (practice.organisation.name if practice.organisation else "", hidden) if part)
    if field.key == "visibility":
        return _level(practice)
    value: Any = getattr(practice, field.key)
    if field.type == "boolean":
        return {True: _("Yes"), False: _("No"), None: ""}[value]
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list):
        return [_label(field, one) for one in value]
    return _label(field, value) if value else ""


def _label(field: template.Field, slug: str) -> str:
    if field.options:
        return dict(field.options).get(slug, slug)
    if not field.vocabulary:
        return slug
    return words.label(VOCABULARIES.get(field.key, field.vocabulary), slug)


def _level(practice: Practice) -> str:
    label = str(Level(practice.visibility).label)
    if practice.visibility == Level.CIRCLE and practice.circle:
        label = f"{label}: {practice.circle.name}"
    return f"{label} · {_('asked for: public')}" if practice.wants_public and practice.visibility != Level.PUBLIC else label


def _period(practice: Practice) -> str:
    if not practice.period_start:
        return ""
    start = date_format(practice.period_start, "F Y")
    return f"{start} – {date_format(practice.period_end, 'F Y')}" if practice.period_end else _("since %(month)s") % {"month": start}
