"""A text as one file of plain words, for its author to keep."""

from typing import Any

from cop_site.core.access import require

from .. import policy, template
from ..models import Practice
from . import telling


def whole_text(practice: Practice, *, viewer: Any) -> str:
    """Every field that says something, in its newest words and as they were typed."""
    require(policy.owns(viewer, practice) and not practice.is_withdrawn)
    newest = practice.get_latest_revision_as_object()
    form = template.form_of(newest.document_kind)
    told = [(field.label, _words(newest, field)) for field in form.values()]
    return "\n\n".join(f"{label}\n{words}" for label, words in told if words) + "\n"


def _words(practice: Practice, field: template.Field) -> str:
    if field.is_text:
        said = getattr(practice, field.key)
    elif field.is_table:
        said = [" | ".join(row) for row in telling.rows(practice, field)]
    else:
        said = telling.plain(practice, field)
    return "\n".join(f"- {one}" for one in said) if isinstance(said, list) else said
