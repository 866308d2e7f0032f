"""Seats of an event that is locked: who has one, and who gets the next."""

from cop_site.accounts.models import CircleMembership, User
from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb

from ..models import Event, Registration


def has_free_seat(event: Event) -> bool:
    """Whether somebody who comes now gets a seat; whoever waits goes first."""
    rows = Registration.objects.filter(event=event)
    return not rows.waiting().exists() and rows.coming().count() < event.capacity


def move_up(event: Event, *, by: User) -> None:
    """Give free seats to the first who wait, and with it a place among those who come; each is told."""
    if event.status != Event.Status.PUBLISHED or event.is_over:
        return
    rows = Registration.objects.filter(event=event)
    free = event.capacity - rows.coming().count()
    for registration in rows.waiting()[: max(free, 0)]:
        Registration.objects.filter(pk=registration.pk).update(is_waiting=False)
        if event.participants_id:
            CircleMembership.objects.get_or_create(circle_id=event.participants_id, person_id=registration.person_id)
        record(Verb.MOVED_UP, by=by, subject=event, person=registration.person_id)
