"""Coming to an event: being asked, registering, leaving."""

from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Circle, CircleMembership, Level, User
from cop_site.accounts.policy import can_be_in_circle
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Event, EventInvitation, Registration
from ..whence import where_from
from .leaving import leave_groups
from .making import close_or_open_doors, locked
from .seats import has_free_seat, move_up


@deed
def invite(event: Event, person: User, *, by: User) -> EventInvitation:
    """Ask somebody to come. It lets observers and researchers see this event of the network, and no other."""
    event = locked(event)
    require(policy.can_invite(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists() and can_be_in_circle(person))
    invitation, is_new = EventInvitation.objects.get_or_create(event=event, person=person)
    if is_new:
        close_or_open_doors(event)
        record(Verb.INVITED_TO_EVENT, by=by, subject=event, person=person.pk)
    return invitation


@deed
def take_back_invitation(event: Event, person: User, *, by: User) -> None:
    """Somebody is not asked to come any more. Observers and researchers who have not registered do not see the event from now on."""
    event = locked(event)
    require(policy.can_take_out(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    gone, _rows = EventInvitation.objects.filter(event=event, person=person).delete()
    if gone:
        close_or_open_doors(event)
        record(Verb.TOOK_BACK_INVITATION, by=by, subject=event, person=person.pk)


@deed
def register(
    event: Event, *, by: User, language: str = "id", needs: str = "", would_facilitate: bool = False, would_take_notes: bool = False
) -> Registration:
    """Take a seat, or a place on the waiting list; registering again changes what one says of oneself and nothing else."""
    event = locked(event)
    require(policy.can_come(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    offers = {"would_facilitate": would_facilitate, "would_take_notes": would_take_notes}
    said = {"language": language, "needs": rules.needs(needs), **offers}
    registration = Registration.objects.filter(event=event, person=by).first()
    if registration:
        Registration.objects.filter(pk=registration.pk).update(**said)
        return registration
    registration = Registration.objects.create(event=event, person=by, is_waiting=not has_free_seat(event), **_whence(by), **said)
    if not registration.is_waiting and (circle := _circle_of(event)):
        CircleMembership.objects.get_or_create(circle=circle, person=by)
    record(Verb.REGISTERED, by=by, subject=event)
    return registration


@deed
def leave_event(event: Event, *, by: User) -> None:
    """Take one's registration back: nothing of it is kept. The first who waits gets the seat."""
    event = locked(event)
    if _forget(event, by):
        record(Verb.CAME_NO_MORE, by=by, subject=event)
        move_up(event, by=by)


@deed
def take_off_list(event: Event, person: User, *, by: User) -> None:
    """Somebody does not come any more, for those who lead: nothing of her registration is kept, and the first who waits gets the seat. She is told."""
    event = locked(event)
    require(policy.can_take_out(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    if _forget(event, person):
        record(Verb.TOOK_OFF_LIST, by=by, subject=event, person=person.pk)
        move_up(event, by=by)


def _forget(event: Event, person: User) -> bool:
    """Her registration, her place among those who come and in groups, and what she saw through it; whether there was one."""
    gone, _rows = Registration.objects.filter(event=event, person=person).delete()
    if not gone:
        return False
    if event.participants_id and event.author_id != person.pk:
        CircleMembership.objects.filter(circle=event.participants_id, person=person).delete()
    leave_groups(event, person)
    close_or_open_doors(event)
    return True


def _whence(person: User) -> dict[str, Any]:
    where = where_from(person)
    return {"scale": where.get("scale", ""), "mandates": where.get("mandates", [])}


def _circle_of(event: Event) -> Circle | None:
    """The circle of those who come, made with the first of them; an event that nobody convenes any more gets none."""
    if event.participants_id is None and event.author is not None:
        event.participants = Circle.objects.create(owner=event.author, ends_on=rules.last_day(event), **_words(event))
        CircleMembership.objects.create(circle=event.participants, person=event.author)
        event.save(update_fields=["participants"])
    return event.participants


def _words(event: Event) -> dict[str, str]:
    """In both languages, whoever reads them. Whoever keeps circles need not see the event: a closed one is called by its day."""
    day = f"{timezone.localdate(event.starts_at):%d.%m.%Y}"
    is_open = event.visibility in {Level.PUBLIC, Level.NETWORK}
    return {
        "name_id": f"Peserta: {event.name_id if is_open else day}"[:120],
        "name_en": f"Participants: {event.name_en or event.name_id if is_open else day}"[:120],
        "purpose_id": "Yang datang ke acara ini, sampai tiga puluh hari sesudahnya.",
        "purpose_en": "Those who come to this event, until thirty days after it.",
    }
