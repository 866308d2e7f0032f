"""Reading the journal; who may is asked in ``accounts.policy``."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from .models import Activity
from .verbs import Verb

PAGE_SIZE = 30


def journal(*, verb: str = "") -> QuerySet[Activity]:
    """What happened, newest first; of one kind where ``verb`` names one that exists."""
    activities = Activity.objects.select_related("actor", "subject_type").order_by("-at", "-pk")
    return activities.filter(verb=verb) if verb in Verb.values else activities


def journal_page(*, verb: str = "", number: str | int = 1) -> Page:
    """A page of the journal; a number that does not exist leads to the nearest one that does."""
    return Paginator(journal(verb=verb), PAGE_SIZE).get_page(number)
