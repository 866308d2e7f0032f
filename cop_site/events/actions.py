"""Deeds about events themselves; what is said in their rooms goes through ``log``."""

from typing import Any

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from . import policy
from .models import Event, Room

TAKEN = {"rooms", "calendar.ics"}  # words of our own addresses


@deed
def open_event(*, by: User, author: User | None = None, **content: Any) -> Event:
    """Make an event with its hall and its backstage; ``author`` convenes it, else whoever makes it."""
    require(policy.can_make_events(by) and content.get("slug") not in TAKEN)
    event = Event(author=author or by, **content)
    event.full_clean()
    event.save()
    Room.objects.bulk_create(Room(event=event, kind=kind) for kind in Room.Kind)
    record(Verb.OPENED_EVENT, by=by, subject=event, level=event.visibility)
    return event
