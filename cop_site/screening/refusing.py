"""How a deed refuses words: what stands in the way at which field, and what the guard found."""

from collections.abc import Sequence
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

    def __init__(self, problems: Sequence[Problem], findings: Sequence[FieldFinding] = ()) -> None:
        super().__init__([problem.sentence for problem in problems] or [self.about_findings()])
        self.problems, self.findings = list(problems), list(findings)

    def about_findings(self) -> str:
        """What is said where findings alone stand in the way."""
        return _("There are details in it that must not stand here.")
