"""Timed jobs of the directory."""

from datetime import datetime, timedelta

from django.utils import timezone

from cop_site.accounts.letters import write_to
from cop_site.accounts.models import User
from cop_site.accounts.policy import is_member
from cop_site.core.clock import every
from cop_site.screening.version import RULES_VERSION

from . import actions, confirming
from .models import Listing
from .selectors import freshness, stewards

RESCREENED_AT_ONCE = 50


@every(timedelta(days=1), name="ask-whether-entries-are-right")
def ask_whether_entries_are_right(at: datetime) -> None:
    """Stewards of what nobody confirmed for 180 days get a link to say so; what nobody looks after is asked of nobody and stays in the backlog."""
    for listing in freshness.to_ask(at):
        asked = Listing.objects.filter(pk=listing.pk, asked_at=listing.asked_at, confirmed_at=listing.confirmed_at).update(asked_at=at)
        for person in stewards.of(listing.organisation) if asked else ():
            write_to(person, "directory/email/still_right", path=confirming.path_of(listing, person))


@every(timedelta(days=1), name="remind-of-stewardships-that-end")
def remind_of_stewardships_that_end(at: datetime) -> None:
    """A month and a week before, so that there is time to name somebody."""
    for stewardship in freshness.ending(timezone.localdate(at)):
        if is_member(stewardship.person):
            write_to(stewardship.person, "directory/email/stewardship_ends", path="/directory/mine/")


@every(timedelta(minutes=10), name="rescreen-entries")
def rescreen_entries(at: datetime) -> None:
    """What stands in the directory is read again once the guard's rules have changed, a few entries at a time."""
    waiting = Listing.objects.listed().exclude(screened_version=RULES_VERSION).order_by("pk")
    for listing in waiting[:RESCREENED_AT_ONCE]:
        actions.rescreen_listing(listing, by=User.objects.system())
