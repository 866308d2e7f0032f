"""What rules speak of: the content of a text, a problem with it, a refusal."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from cop_site.screening import refusing

from .. import template

# Template keys whose column has another name, or more than one.
COLUMNS = {"region": ("provinces", "regencies"), "period": ("period_start", "period_end"), "year": ("period_start",)}
_BESIDE = ("language", "organisation_hidden", "warn_reason", "change_note", "is_significant_change")
_OF_DEEDS = {"review_date"}  # set by publishing


@dataclass(frozen=True)
class Problem(refusing.Problem):
    """What stands in the way, at which column of ``Practice``."""

    beside_the_field: str = ""  # the same, where the field's name stands there already

    @property
    def short(self) -> str:
        return self.beside_the_field or self.sentence


def overtaken() -> Problem:
    """Somebody's older tab would write over what a newer one has saved."""
    return Problem("", _("This text was saved from another tab or device meanwhile. Saving once more puts what stands here in its place."))


class NotReady(refusing.NotReady):
    """A deed refused because of what the text says."""

    problems: list[Problem]  # type: ignore[assignment] - those of the library

    def about_findings(self) -> str:
        return template.rule("r8")


@cache
def written_columns() -> tuple[str, ...]:
    """The columns of a practice or document that its author fills, in the order of the forms."""
    keys = [key for form in (template.full_form(), template.document_form()) for key in form if key not in _OF_DEEDS]
    return tuple(dict.fromkeys([column for key in keys for column in COLUMNS.get(key, (key,))] + list(_BESIDE)))


def content_of(practice: Any) -> dict[str, Any]:
    """What its author has said, by column."""
    return {column: getattr(practice, column) for column in written_columns()}
