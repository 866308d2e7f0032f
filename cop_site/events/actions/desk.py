"""At the desk of an event: who was there, and what shows it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Q
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
def mark_attendance(event: Event, there: Collection[str], *, by: User, not_there: Collection[str] = ()) -> Event:
    """Note who of those with a seat was there, and who was not after all, by their handles; of all others what is known stays.

    A certificate counts as long as its holder was there: it keeps its code where a tick is taken away and comes back.
    """
    event = locked(event)
    require(_keeps(by, event) and not event.is_draft)
    rows = Registration.objects.filter(event=event, is_waiting=False)
    rows.filter(person__handle__in=not_there).update(has_attended=False)
    rows.filter(person__handle__in=there).update(has_attended=True)
    record(Verb.MARKED_ATTENDANCE, by=by, subject=event, number=rows.filter(has_attended=True).count())
    return event


@deed
def name_offices(event: Event, *, by: User, facilitators: Collection[str], note_takers: Collection[str]) -> Event:
    """Name who of those with a seat lead groups and who take notes, by their handles; whoever is not named is named no more.

    Whoever may not be in a room is passed over."""
    event = locked(event)
    require(policy.can_name_offices(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    rows = Registration.objects.filter(event=event, is_waiting=False)
    for office, handles in (("is_facilitator", facilitators), ("is_note_taker", note_takers)):
        named = rows.filter(person__in=User.objects.filter(policy.people_for_rooms()), person__handle__in=handles)
        rows.exclude(pk__in=named.values("pk")).filter(**{office: True}).update(**{office: False})
        named.update(**{office: True})
    numbers = rows.aggregate(facilitators=Count("pk", Q(is_facilitator=True)), note_takers=Count("pk", Q(is_note_taker=True)))
    record(Verb.NAMED_OFFICES, by=by, subject=event, **numbers)
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
def take_attendance_of(events: Collection[Event], *, by: User, reason: str) -> None:
    """``take_attendance`` of several events at once: the journal says it of each."""
    kept = Event.objects.filter(policy.events_looked_over_by(by), pk__in=[event.pk for event in events])
    require(bool(events) and kept.count() == len(events))
    said = rules.one_sentence("reason", reason, most=300)
    for event in events:
        record(Verb.TOOK_ATTENDANCE, by=by, subject=event, reason=said, together=len(events))


@deed
def remind(event: Event, *, by: User, hours: int) -> None:
    """Let participants be reminded, once for each time before the beginning."""
    if not Activity.objects.filter(
        verb=Verb.REMINDED_OF_EVENT, subject_id=event.pk, facts__hours=hours, facts__starts=event.starts_at.isoformat()
    ).exists():
        record(Verb.REMINDED_OF_EVENT, by=by, subject=event, hours=hours, starts=event.starts_at.isoformat())


def forget_needs(at: datetime) -> int:
    """What people needed, offered and were named for is forgotten 30 days after the end of their event."""
    offices = ("would_facilitate", "would_take_notes", "is_facilitator", "is_note_taker")
    said = ~Q(needs="") | Q(*((office, True) for office in offices), _connector=Q.OR)
    over = Registration.objects.filter(said, event__ends_at__lte=at - rules.AFTERWARDS)
    return over.update(needs="", **dict.fromkeys(offices, False))


def reminded(events: Iterable[Event], *, hours: int) -> None:
    """``remind``, in the name of nobody."""
    for event in events:
        remind(event, by=User.objects.system(), hours=hours)


def _keeps(person: User, event: Event) -> bool:
    return policy.keeps_desk(person, event) and Event.objects.visible_to(person).filter(pk=event.pk).exists()
