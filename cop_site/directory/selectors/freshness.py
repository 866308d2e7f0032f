"""How fresh the directory is, as far as a viewer sees it; and whom to ask whether an entry is still right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..choices import ANSWERED_WITHIN, ASKED_EVERY, STALE_AFTER
from ..models import Listing, Stewardship

REMINDED_BEFORE = (timedelta(days=30), timedelta(days=7))


@dataclass(frozen=True)
class Freshness:
    """Of the entries one may see: how many were confirmed lately, how many wait for an answer, how many nobody confirmed."""

    total: int
    fresh: int  # confirmed within 180 days
    due: int  # it is time to ask, or asked and not answered yet
    stale: int  # confirmed once, and not for 210 days
    never: int
    unclaimed: int  # nobody looks after them
    median_days: int | None  # since the last confirmation, of those that have one
    oldest_days: int | None
    oldest_asked: date | None  # the day of the oldest question without an answer

    @property
    def backlog(self) -> int:
        """Entries that nobody has said to be right for 180 days or ever."""
        return self.due + self.stale + self.never

    @property
    def fresh_percent(self) -> int:
        return round(100 * self.fresh / self.total) if self.total else 0


def state(viewer: Any, at: datetime | None = None) -> Freshness:
    """The state of the directory in one query."""
    at = at or timezone.now()
    looked_after = Stewardship.objects.current().filter(organisation=OuterRef("organisation"))
    rows = Listing.objects.visible_to(viewer).listed().annotate(has_steward=Exists(looked_after))
    told = list(rows.values_list("confirmed_at", "asked_at", "has_steward"))
    ages = [at - confirmed for confirmed, _asked, _looked in told if confirmed]
    fresh, stale = sum(age < ASKED_EVERY for age in ages), sum(age >= STALE_AFTER for age in ages)
    asked = [asked for confirmed, asked, _looked in told if asked and (confirmed is None or at - confirmed >= ASKED_EVERY)]
    return Freshness(
        total=len(told),
        fresh=fresh,
        due=len(ages) - fresh - stale,
        stale=stale,
        never=len(told) - len(ages),
        unclaimed=sum(not looked for _confirmed, _asked, looked in told),
        median_days=int(median(age.days for age in ages)) if ages else None,
        oldest_days=max(ages).days if ages else None,
        oldest_asked=timezone.localdate(min(asked)) if asked else None,
    )


def to_ask(at: datetime) -> QuerySet[Listing]:
    """Listed entries that it is time to ask about, and that nobody was asked about within the last 30 days."""
    is_due = Q(confirmed_at=None) | Q(confirmed_at__lte=at - ASKED_EVERY)
    not_lately = Q(asked_at=None) | Q(asked_at__lte=at - ANSWERED_WITHIN)
    return Listing.objects.listed().filter(is_due, not_lately).select_related("organisation").order_by("pk")


def ending(on: date) -> QuerySet[Stewardship]:
    """Stewardships whose last day is a month or a week away."""
    return (
        Stewardship.objects.filter(ended_at=None, ends_on__in=[on + before for before in REMINDED_BEFORE])
        .select_related("person")
        .order_by("pk")
    )
