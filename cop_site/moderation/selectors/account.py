"""The public account: how much was looked at, what was decided, how fast. Numbers of the whole network, never of a person or a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from ..choices import Origin, Outcome, Sanction
from ..models import Appeal, Case, Decision

FEW = 5  # what happened less often is said as fewer than that: who was concerned might be worked out
COUNTED_FOR = timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """How often something happened."""

    label: Any
    count: int

    @property
    def is_few(self) -> bool:
        return 0 < self.count < FEW


@dataclass(frozen=True)
class Account:
    """What moderators did in a year."""

    since: date
    about: int  # decisions, rounded down: with the exact sum, what is said as "fewer than five" could be worked out
    by_origin: list[Line]
    by_outcome: list[Line]
    by_sanction: list[Line]
    undone: Line
    objected: Line
    granted: Line
    median_hours: int | None
    within_a_day: int | None  # of a hundred


def account(now: datetime | None = None) -> Account:
    """The last twelve months."""
    now = now or timezone.now()
    since = now - COUNTED_FOR
    made = Decision.objects.filter(at__gte=since)
    standing = made.filter(undone_at=None)
    objections = Appeal.objects.filter(at__gte=since).aggregate(all=Count("pk"), granted=Count("pk", filter=Q(is_granted=True)))
    waits = [closed - opened for opened, closed in standing.values_list("case__opened_at", "at")]
    opened = Case.objects.filter(opened_at__gte=since)
    return Account(
        since=since.date(),
        about=len(waits) // 10 * 10,
        by_origin=_lines(opened.values_list("origin").annotate(Count("pk")), Origin),
        by_outcome=_lines(standing.values_list("outcome").annotate(Count("pk")), Outcome),
        by_sanction=[
            line for line in _lines(standing.values_list("sanction").annotate(Count("pk")), Sanction) if line.label != Sanction.NONE.label
        ],
        undone=Line("", made.exclude(undone_at=None).count()),
        objected=Line("", objections["all"]),
        granted=Line("", objections["granted"]),
        **_how_fast(waits),
    )


def _how_fast(waits: list[timedelta]) -> dict[str, int | None]:
    """Said only where there is enough to say it of."""
    if len(waits) < FEW:
        return {"median_hours": None, "within_a_day": None}
    hours = [wait / timedelta(hours=1) for wait in waits]
    return {"median_hours": round(median(hours)), "within_a_day": 100 * sum(one <= 24 for one in hours) // len(hours)}


def _lines(counted: Iterable[tuple[str, int]], choices: Any) -> list[Line]:
    """Every choice with how often, also those that never came."""
    found = dict(counted)
    return [Line(choice.label, found.get(choice.value, 0)) for choice in choices]
