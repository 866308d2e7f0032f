"""Deeds that decide a case, and take a decision back."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.refusing import NotReady

from .. import kinds, policy, sanctions
from ..choices import LONGEST_REASON, MOST_AT_ONCE, Outcome, Sanction
from ..models import Case, Decision
from .claiming import refuse_unless_free
from .following import follow
from .parts import checked, close, locked_with_row, open_case_of, refuse, require_desk


@deed
def decide(
    case: Case, *, by: User, outcome: str, reason: str, sanction: str = Sanction.NONE, days: int = 0, seen: int | None = None
) -> Decision:
    """Decide what becomes of a row and, besides, of its author, who reads the reason; the owning app carries it out at once.

    ``seen`` is the number of the snapshot that was judged: what says something else by now is not decided about.
    """
    case, row = locked_with_row(case)
    require_desk(case, by)
    refuse_unless_free(case, by)
    _refuse_unless_possible(case, row, Outcome(outcome), seen)
    sanctions.refuse_unless_possible(case, Sanction(sanction), days, judge=by)
    reason = checked("reason", reason, most=LONGEST_REASON)
    decision = Decision.objects.create(case=case, by=by, reason=reason, outcome=outcome, sanction=sanction, days=days)
    close(case)  # first: listeners to what follows leave a closed case alone
    _carry_out(decision, row, case)
    facts = {"kind": case.kind, "outcome": outcome, "sanction": sanction, "days": days}
    record(Verb.DECIDED_CASE, by=by, subject=decision, reason=reason, case=case.pk, **facts)
    return decision


def _refuse_unless_possible(case: Case, row: Any, outcome: Outcome, seen: int | None) -> None:
    if outcome not in kinds.outcomes_for(case):
        refuse("outcome", _("This decision does not fit: what waits is let through or refused, what was reported stays or is taken away."))
    if row is None:
        if outcome != Outcome.KEEP:
            refuse("outcome", _("It is gone already. Choose that it stays as it is."))
        return
    shown = case.snapshots.filter(**({"pk": seen} if seen else {})).first()
    if shown is None or shown.digest != kinds.kind_of(row).seen(row).digest:
        refuse("", _("It was changed meanwhile. Please look at what it says now."))


def _carry_out(decision: Decision, row: Any, case: Case) -> None:
    judge, reason = decision.by, decision.reason
    if case.author:
        decision.carried = sanctions.impose(case.author, Sanction(decision.sanction), decision.days, by=judge, reason=reason)
    if row is not None:
        outcome = Outcome(decision.outcome)
        decision.carried["row"] = kinds.kind_of(row).carry_out(row, outcome, by=judge, reason=reason, case=case.pk)
    decision.save(update_fields=["carried"])


class Done(NamedTuple):
    """What became of several cases: those decided, and those left with the sentence why."""

    decisions: list[Decision]
    left: list[tuple[Case, str]]


def decide_many(cases: Sequence[Case], *, by: User, outcome: str, reason: str, key: UUID | None = None) -> Done:
    """Decide several cases alike, each by a deed of its own: one that cannot be decided leaves the others as they are."""
    require(len(cases) <= MOST_AT_ONCE)
    done = Done([], [])
    for case in sorted(cases, key=lambda one: one.pk):
        try:
            own_key = uuid5(key, str(case.pk)) if key else None
            done.decisions.append(decide(case, by=by, outcome=outcome, reason=reason, key=own_key))
        except NotReady as refusal:
            done.left.append((case, refusal.messages[0]))
        except PermissionDenied:
            done.left.append((case, _("You cannot decide this case.")))
    return done


@deed
def undo(decision: Decision, *, by: User) -> Decision:
    """Take one's own decision back within a day: everything is as before, and the case waits at one's desk again."""
    case, row = locked_with_row(decision.case)
    decision = Decision.objects.select_related("case", "by").get(pk=decision.pk)
    require_desk(case, by)
    require(decision.by_id == by.pk)
    if decision.undone_at:
        return decision
    if not policy.can_undo(by, decision, now=timezone.now()):
        refuse("", _("This decision cannot be taken back any more."))
    mark_undone(decision, by)
    if row is None or open_case_of(row) is None:
        case.closed_at, case.claimed_by, case.claimed_at = None, by, timezone.now()
        case.save(update_fields=["closed_at", "claimed_by", "claimed_at"])
    sanctions.lift(case.author, decision, judge=by)
    if decision.carried.get("row") and row is not None:
        kinds.kind_of(row).take_back(row, Outcome(decision.outcome), by=by, because=case.held_because, case=case.pk)
    if row is not None:
        follow(row)  # what its author took away meanwhile is judged no more
    record(Verb.UNDID_DECISION, by=by, subject=decision, case=case.pk)
    return decision


def mark_undone(decision: Decision, person: User) -> None:
    decision.undone_at, decision.undone_by = timezone.now(), person
    decision.save(update_fields=["undone_at", "undone_by"])
