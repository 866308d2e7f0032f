"""At the desk of an event: who was there, and what shows it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.crypto import get_random_string

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Event, Registration
from .making import locked

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@deed
def mark_attendance(event: Event, handles: Collection[str], *, by: User) -> Event:
    """Note who of those with a seat was there; whoever is not named was not."""
    event = locked(event)
    require(_keeps(by, event) and not event.is_draft)
    rows = Registration.objects.filter(event=event, is_waiting=False)
    were = rows.filter(person__handle__in=handles)
    rows.exclude(pk__in=were.values("pk")).filter(has_attended=True).update(has_attended=False, certificate="")
    were.update(has_attended=True)
    record(Verb.MARKED_ATTENDANCE, by=by, subject=event, number=rows.filter(has_attended=True).count())
    return event


@deed
def give_certificates(event: Event, *, by: User) -> Event:
    """Give each who was there a code that shows it, once."""
    event = locked(event)
    require(_keeps(by, event) and event.starts_at <= timezone.now())
    given = 0
    for registration in Registration.objects.filter(event=event, has_attended=True, certificate=""):
        Registration.objects.filter(pk=registration.pk).update(certificate=get_random_string(20, _SIGNS))
        given += 1
    if given:
        record(Verb.GAVE_CERTIFICATES, by=by, subject=event, number=given)
    return event


@deed
def take_attendance(event: Event, *, by: User, reason: str) -> Activity:
    """Write down that somebody takes the list of those who were there, and what for."""
    require(_keeps(by, event))
    return record(Verb.TOOK_ATTENDANCE, by=by, subject=event, reason=rules.one_sentence("reason", reason, most=300))


@deed
def remind(event: Event, *, by: User, hours: int) -> None:
    """Let participants be reminded, once for each time before the beginning."""
    if not Activity.objects.filter(
        verb=Verb.REMINDED_OF_EVENT, subject_id=event.pk, facts__hours=hours, facts__starts=event.starts_at.isoformat()
    ).exists():
        record(Verb.REMINDED_OF_EVENT, by=by, subject=event, hours=hours, starts=event.starts_at.isoformat())


def forget_needs(at: datetime) -> int:
    """What people needed is forgotten 30 days after the end of their event."""
    return Registration.objects.filter(event__ends_at__lte=at - rules.AFTERWARDS).exclude(needs="").update(needs="")


def reminded(events: Iterable[Event], *, hours: int) -> None:
    """``remind``, in the name of nobody."""
    for event in events:
        remind(event, by=User.objects.system(), hours=hours)


def _keeps(person: User, event: Event) -> bool:
    return policy.keeps_desk(person, event) and Event.objects.visible_to(person).filter(pk=event.pk).exists()
