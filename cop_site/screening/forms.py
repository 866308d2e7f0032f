"""What forms have in common whose deed may refuse: the refusal stands at its field, and what the guard found is shown masked."""

from collections.abc import Callable
from typing import Any

from django import forms

from cop_site.core import text

from . import showing
from .refusing import NotReady
from .showing import Shown


class Guarded(forms.Form):
    """A form whose deed may refuse what is said in its ``TEXTS``: the deed decides, the form shows it."""

    use_required_attribute = False
    TEXTS: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings: dict[str, list[Shown]] = {}

    def is_valid(self) -> bool:
        return super().is_valid() and not self.findings

    @property
    def is_untouched(self) -> bool:
        """Nobody has sent or kept anything yet: it looks alike for everybody."""
        return not self.is_bound and not self.initial

    def refuse(self, refusal: NotReady) -> None:
        """Say at the fields why the deed was refused."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        said = {name: self._as_read(name) for name in self.TEXTS}
        told = [finding for finding in refusal.findings if finding.field in said]
        self.findings = showing.shown(said, told)
        if not refusal.problems and len(told) < max(len(refusal.findings), 1):
            self.add_error(None, refusal.messages[0])

    def _as_read(self, name: str) -> str:
        """The words as the deed read them (``rules.tidied``): places of findings count their letters."""
        said = str(self[name].value() or "")
        is_long = isinstance(self.fields[name].widget, forms.Textarea)
        return text.normal(said).strip() if is_long else text.one_line(said)


def done(form: Guarded, do: Callable[[], object]) -> bool:
    """Do the deed, or let the form say why it was refused."""
    try:
        do()
    except NotReady as refusal:
        form.refuse(refusal)
        return False
    return True
