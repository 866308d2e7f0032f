"""Reading the journal, whose readers ``accounts.policy`` names, and what has yet to follow from it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from cop_site.core.readiness import State

from .models import Activity, Delivery
from .verbs import Verb

PAGE_SIZE = 30
MOST_LAG = timedelta(minutes=5)


def journal(*, verb: str = "") -> QuerySet[Activity]:
    """What happened, newest first; of one kind where ``verb`` names one that exists."""
    activities = Activity.objects.select_related("actor", "subject_type").order_by("-at", "-pk")
    return activities.filter(verb=verb) if verb in Verb.values else activities


def journal_page(*, verb: str = "", number: str | int = 1) -> Page:
    """A page of the journal; a number that does not exist leads to the nearest one that does."""
    return Paginator(journal(verb=verb), PAGE_SIZE).get_page(number)


@dataclass(frozen=True)
class Backlog:
    """What should have followed from deeds and has not yet."""

    waiting: int
    oldest: float  # seconds since the deed of the oldest
    parked: int


def backlog() -> Backlog:
    """How much waits, for how long, and what was given up after many attempts."""
    waits = Delivery.objects.filter(state=Delivery.State.WAITING)
    found = waits.aggregate(number=Count("pk"), since=Min("activity__at"))
    oldest = (timezone.now() - found["since"]).total_seconds() if found["since"] else 0.0
    return Backlog(found["number"], oldest, Delivery.objects.filter(state=Delivery.State.PARKED).count())


def state_of_deliveries() -> State:
    """Good while nothing waits for minutes and nothing was given up."""
    lag = backlog()
    is_good = lag.oldest <= MOST_LAG.total_seconds() and not lag.parked
    return State(is_good, f"{lag.waiting} waiting, the oldest for {lag.oldest:.0f} s, {lag.parked} parked")
