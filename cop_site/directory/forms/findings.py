"""What all forms of the directory have in common: nothing is stored with what the guard finds, and a deed's refusal stands at its field."""

from collections.abc import Iterable, Mapping
from typing import Any

from cop_site.screening import forms, showing
from cop_site.screening.guard import FieldFinding
from cop_site.screening.showing import Shown

from .. import doors, rules


def shown(content: Mapping[str, Any], findings: Iterable[FieldFinding]) -> dict[str, list[Shown]]:
    """The findings by field; whatever they are called elsewhere, they stop an entry."""
    return showing.shown(content, findings, action="block")


class Guarded(forms.Guarded):
    """A form with which nothing is stored that the guard finds in its ``TEXTS``, nor the address of any house."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {name: cleaned[name] for name in self.TEXTS if cleaned.get(name)}
        self.findings = shown(said, rules.refused(doors.findings_in(said)))
        return cleaned

    def refuse(self, refusal: rules.NotReady) -> None:
        """Say at the fields why the deed was refused."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        if not refusal.problems:
            self.add_error(None, refusal.messages[0])
