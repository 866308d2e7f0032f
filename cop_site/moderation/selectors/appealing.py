"""An objection, as the moderator finds it who looks again."""

from dataclasses import dataclass
from typing import Any

from .. import policy
from ..models import Appeal, Case, Decision, Report, Snapshot
from .desk import label_of
from .reading import newest, said_by


@dataclass(frozen=True)
class LookedAgain:
    """An objection with what was decided, and what it was decided about."""

    appeal: Appeal
    decision: Decision
    said_by: str  # the name that readers see beside the row
    snapshot: Snapshot | None
    reports: list[Report]
    may_decide: bool

    @property
    def kind(self) -> Any:
        return label_of(self.decision.case)


def looked_again(viewer: Any, pk: int) -> LookedAgain | None:
    """One objection that this moderator did not cause."""
    here = Appeal.objects.visible_to(viewer).filter(decision__case__in=Case.objects.visible_to(viewer).values("pk"))
    appeal = (
        here.exclude(decision__by=viewer.pk).select_related("decision__case__author", "decision__by", "decided_by").filter(pk=pk).first()
    )
    if appeal is None:
        return None
    case = appeal.decision.case
    return LookedAgain(
        appeal, appeal.decision, said_by(case), newest(case), list(case.reports.all()), policy.can_decide_appeal(viewer, appeal)
    )
