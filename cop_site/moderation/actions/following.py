"""What happens by itself and is nobody's deed: rows come before moderators, and cases go along with their rows."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, models, transaction

from .. import kinds
from ..choices import SEVERITY_OF_OTHERS, Origin
from ..kinds import State
from ..models import Case
from .parts import close, open_case_of, open_or_found, raise_severity, renew


@transaction.atomic
def bring(row: models.Model, *, origin: Origin, held_because: str = "", severity: int = SEVERITY_OF_OTHERS) -> Case:
    """Put a row before moderators that waits or holds a watched word; a case that is open already shows what it says now."""
    case, is_new = open_or_found(row, reporter=None, origin=origin, held_because=held_because, severity=severity)
    renew(case, row)
    if not is_new and origin == Origin.HELD:
        case.origin, case.held_because = origin, held_because
        case.save(update_fields=["origin", "held_because"])
    raise_severity(case, severity)
    return case


def flag(row: models.Model) -> None:
    """Put a row before moderators that readers see and that holds watched words."""
    kind = kinds.kind_of(row)
    row = kind.row(row.pk)
    if row is not None and kind.state(row) == State.SHOWN:
        bring(row, origin=Origin.FLAGGED)


@transaction.atomic
def follow(row: Any) -> None:
    """Keep the case of a row in step with it: opened for what waits, renewed where it says something else, closed where it is gone."""
    kind = kinds.kind_of(row)
    case = open_case_of(row)
    if case is None and not kind.can_wait:
        return
    row = kind.row(row.pk)
    state = kind.state(row)
    if state == State.WAITS:
        bring(row, origin=Origin.HELD, held_because=kind.held_because(row))
    elif case is None:
        return
    elif state == State.GONE or (case.origin == Origin.HELD and not case.reports.exists()):
        close(case)
    else:
        _go_on(case, row)


def _go_on(case: Case, row: models.Model) -> None:
    """Readers see it: what was reported of it still waits for an answer."""
    renew(case, row)
    if case.origin == Origin.HELD:
        case.origin, case.held_because = Origin.REPORTED, ""
        case.save(update_fields=["origin", "held_because"])


@transaction.atomic
def reopen(row: Any) -> None:
    """Let the reports of a row that went before anybody decided, and came back, wait for an answer again."""
    last = Case.objects.of(row).judged().order_by("-pk").first()
    kind = kinds.kind_of(row)
    if last is None or last.closed_at is None or last.decisions.final().exists() or kind.state(kind.row(row.pk)) == State.GONE:
        return
    last.closed_at, last.claimed_by, last.reminded_at = None, None, None
    with suppress(IntegrityError), transaction.atomic():  # somebody reports it in this moment: that case is open then
        last.save(update_fields=["closed_at", "claimed_by", "reminded_at"])


@transaction.atomic
def let_go(row: models.Model) -> None:
    """What is deleted is judged no more."""
    if case := open_case_of(row):
        close(case)
