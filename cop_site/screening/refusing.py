"""How a deed refuses words: what stands in the way at which field, and what the guard found."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .guard import FieldFinding


@dataclass(frozen=True)
class Problem:
    """What stands in the way, at which field, in the reader's language."""

    field: str
    sentence: str


class NotReady(ValidationError):
    """A deed refused because of what would be said; carries ``problems`` and ``findings``."""

    def __init__(self, problems: list[Problem], findings: list[FieldFinding] | None = None) -> None:
        super().__init__([problem.sentence for problem in problems] or [_("There are details in it that must not stand here.")])
        self.problems, self.findings = problems, findings or []
