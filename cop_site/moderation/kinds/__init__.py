"""What can be reported and judged: one kind for each model, which knows how the app that owns the row carries a decision out."""

from django.db import models

from ..choices import Origin, Outcome
from ..models import Case
from .base import Kind, Place, Seen, State
from .entries import Entries, Inquiries
from .talks import Posts, Topics
from .texts import Adaptations, Lists, Practices

__all__ = ["KINDS", "Kind", "Place", "Seen", "State", "kind_of", "of", "outcomes_for", "subject_of"]

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Posts(), Topics(), Practices(), Lists(), Adaptations(), Entries(), Inquiries())}
_BY_MODEL = {kind.model: kind for kind in KINDS.values()}
_OF_HELD = (Outcome.RELEASE, Outcome.REFUSE)


def of(name: str) -> Kind | None:
    """The kind with this name; None for a word that names none."""
    return KINDS.get(name)


def kind_of(row: models.Model) -> Kind:
    """The kind of a row that can be judged."""
    return _BY_MODEL[type(row)]


def subject_of(case: Case) -> models.Model | None:
    """The row of a case, whoever may see it; None where it is gone. For deeds, which show nothing."""
    return KINDS[case.kind].row(case.subject_id)


def outcomes_for(case: Case) -> tuple[Outcome, ...]:
    """What can become of the row of a case."""
    return _OF_HELD if case.origin == Origin.HELD else KINDS[case.kind].outcomes
