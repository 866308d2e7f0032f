"""What one is told: decisions about what one made, and what came of one's reports."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cop_site.accounts.policy import is_moderator
from cop_site.forums.models import Post

from .. import kinds, policy
from ..choices import APPEALED_WITHIN
from ..models import Appeal, Case, Decision, Report, Snapshot
from .desk import label_of
from .reading import newest

MOST_SHOWN = 100
# What the address of a row needs besides.
BESIDE = {"post": ["topic"], "adaptation": ["practice"], "organisation": ["organisation"], "inquiry": ["listing__organisation"]}


@dataclass(frozen=True)
class Told:
    """A decision as whoever looks at it finds it: the person it concerns, or a moderator."""

    decision: Decision
    snapshot: Snapshot | None
    appeal: Appeal | None
    is_about_me: bool
    can_appeal: bool
    can_undo: bool
    can_decide_appeal: bool
    until: Any

    @property
    def kind(self) -> Any:
        return label_of(self.decision.case)


@dataclass(frozen=True)
class Past:
    """One decision in a list of them."""

    decision: Decision
    title: str
    appeal: Appeal | None
    can_undo: bool

    @property
    def kind(self) -> Any:
        return label_of(self.decision.case)


@dataclass(frozen=True)
class Reported:
    """A report of one's own, and what came of it."""

    report: Report
    title: str
    place: str
    decision: Decision | None

    @property
    def kind(self) -> Any:
        return label_of(self.report.case)


def decisions_about(person: Any) -> list[Past]:
    """What was decided about what ``person`` made, under whichever name; the newest first."""
    return _past(Decision.objects.filter(policy.decisions_told_to(person)), person)


def decided_by(person: Any) -> list[Past]:
    """What one decided oneself, the newest first; within a day it can be undone."""
    return _past(Decision.objects.visible_to(person).filter(by=person.pk), person)


def _past(found: QuerySet[Decision], viewer: Any) -> list[Past]:
    latest = Snapshot.objects.filter(case=OuterRef("case")).order_by("-at", "-pk")
    found = found.select_related("case", "appeal").annotate(said_title=Subquery(latest.values("title")[:1])).order_by("-at", "-pk")
    now = timezone.now()
    return [
        Past(one, one.said_title or "", getattr(one, "appeal", None), policy.can_undo(viewer, one, now=now))  # type: ignore[attr-defined]
        for one in found[:MOST_SHOWN]
    ]


def told(viewer: Any, pk: int) -> Told | None:
    """One decision, with what ``viewer`` can do about it."""
    decision = Decision.objects.visible_to(viewer).select_related("case__author", "by", "appeal__decided_by").filter(pk=pk).first()
    if decision is None:
        return None
    now = timezone.now()
    appeal = getattr(decision, "appeal", None)
    is_about_me = Case.objects.filter(policy.cases_about(viewer), pk=decision.case_id).exists()
    return Told(
        decision=decision,
        snapshot=newest(decision.case),
        appeal=appeal,
        is_about_me=is_about_me,
        can_appeal=is_about_me and policy.can_appeal(viewer, decision, now=now),
        can_undo=not is_about_me and policy.can_undo(viewer, decision, now=now),
        can_decide_appeal=not is_about_me and is_moderator(viewer) and appeal is not None and policy.can_decide_appeal(viewer, appeal),
        until=decision.at + APPEALED_WITHIN,
    )


def reports_of(person: Any) -> list[Reported]:
    """What one reported, the newest first; its words only as long as they are kept, and its place only where one may still read it."""
    found = Report.objects.visible_to(person).select_related("case", "snapshot").prefetch_related("case__decisions").order_by("-at", "-pk")
    reports = list(found[:MOST_SHOWN])
    rows = _rows_of([report.case for report in reports], person)
    return [_reported(report, rows.get((report.case.kind, report.case.subject_id))) for report in reports]


def _rows_of(cases: list[Case], viewer: Any) -> dict[tuple[str, int], Any]:
    """What the cases are about, as far as ``viewer`` reads it; one question for each kind."""
    found: dict[tuple[str, int], Any] = {}
    for name in {case.kind for case in cases} & kinds.KINDS.keys():
        rows: Any = kinds.KINDS[name].model
        seen = rows.objects.visible_to(viewer).select_related(*BESIDE.get(name, ()))
        found |= {(name, pk): row for pk, row in seen.in_bulk([case.subject_id for case in cases if case.kind == name]).items()}
    return found


def _reported(report: Report, row: Any) -> Reported:
    standing = next((one for one in report.case.decisions.all() if one.undone_at is None), None)
    return Reported(
        report=report,
        title=(report.snapshot.title if report.snapshot else "") or (row.topic.title if isinstance(row, Post) else ""),
        place=kinds.KINDS[report.case.kind].url(row) if row is not None else "",
        decision=standing if report.case.closed_at else None,
    )


def open_report(person: Any, row: Any) -> Report | None:
    """What one reported of it already, while it still waits."""
    about = {"case__subject_type": ContentType.objects.get_for_model(row), "case__subject_id": row.pk, "case__closed_at": None}
    return Report.objects.visible_to(person).filter(**about).first()
