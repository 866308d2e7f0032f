"""The personal-data guard over everything that a text says (rule r8)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cop_site.screening.guard import FieldFinding, screen_fields

from .. import template
from .words import Problem

# Beside the fields of the forms: words that travel with a revision.
_MORE_TEXTS = ("warn_reason", "change_note")


def text_fields() -> list[str]:
    """Columns that hold members' words: all of them pass the guard."""
    forms = (template.full_form(), template.document_form())
    keys = [key for form in forms for key, field in form.items() if field.is_text or field.is_table]
    return [*dict.fromkeys(keys), *_MORE_TEXTS]


def texts_of(content: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """The words in ``content`` by column: a text, or a list of texts; the cells of a table stand row by row."""
    texts: dict[str, str | list[str]] = {}
    for key in text_fields():
        said = content.get(key)
        if not said:
            continue
        texts[key] = _cells(key, said) if isinstance(said, list) and isinstance(said[0], Mapping) else said
    return texts


def _cells(key: str, rows: list[Mapping[str, str]]) -> list[str]:
    """Every cell, so that its place tells row and column; a cell that holds a slug is empty here."""
    columns = template.any_field(key).columns
    return ["" if vocabulary else str(row.get(column) or "") for row in rows for column, _label, vocabulary in columns]


def findings_in(content: Mapping[str, Any]) -> list[FieldFinding]:
    """What the personal-data guard finds in the texts of ``content``."""
    return list(screen_fields(texts_of(content)))


def unexplained(content: Mapping[str, Any], findings: Iterable[FieldFinding]) -> list[Problem]:
    """What the guard only warns of may stay inside the network with a written reason; a private draft needs none."""
    is_asked = any(finding.action == "warn" for finding in findings) and not str(content.get("warn_reason") or "").strip()
    return [Problem("warn_reason", _("Say why the marked details may stay, or take them out."))] if is_asked else []


def warned_of(findings: Iterable[FieldFinding]) -> list[str]:
    """The types that somebody accepts who lets a text pass."""
    return sorted({finding.type for finding in findings if finding.action == "warn"})


def blocking(findings: list[FieldFinding]) -> list[FieldFinding]:
    """Those that keep a text from everybody but its author."""
    return [finding for finding in findings if finding.action == "block"]
