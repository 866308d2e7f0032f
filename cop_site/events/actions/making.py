"""Making events: from the draft to the announcement, and what becomes of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cop_site.accounts.models import Circle, Level, Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.refusing import NotReady, Problem

from .. import policy, rules
from ..models import AgendaStep, Event, Registration, Room
from .opening import TAKEN, make_rooms
from .seats import move_up

AUDIENCE = ("visibility", "circle", "organisation")
TIMES = ("starts_at", "ends_at", "zone")
READ = ("name_id", "name_en", "about_id", "about_en", "province", "regency", "place")  # by everybody, with the agenda, where it is public
MOST_TRIES = 20  # so many at once who give one name; each try finds what those before have kept
COPIED = (
    "name_id",
    "name_en",
    "about_id",
    "about_en",
    "zone",
    "province",
    "regency",
    "place",
    "capacity",
    "visibility",
    "circle",
    "organisation",
)
STEP = ("name_id", "name_en", "minutes")
Steps = Sequence[dict[str, Any]]


@deed
def draft_event(*, by: User, steps: Steps = (), is_unattributed: bool = False, **content: Any) -> Event:
    """Begin an event; only its author and the secretariat see it."""
    require(policy.can_make_events(by))
    event = Event(author=by, status=Event.Status.DRAFT, **content)
    _check(event, steps, by=by)
    _save_new(event)
    make_rooms(event, is_unattributed=is_unattributed)
    _set_steps(event, steps)
    record(Verb.DRAFTED_EVENT, by=by, subject=event, level=event.visibility)
    return event


@deed
def change_event(event: Event, *, by: User, steps: Steps | None = None, is_unattributed: bool | None = None, **content: Any) -> Event:
    """Change an event; who sees it only until somebody has registered or spoken in a room. Participants hear of another time.

    What everybody in the world reads of it already is changed by those alone who may announce it.
    """
    event = locked(event)
    require(policy.can_change_event(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    before = {name: getattr(event, name) for name in (*AUDIENCE, *TIMES, *READ)}
    for name, value in content.items():
        setattr(event, name, value)
    _check(event, steps or (), by=by)
    changed = {name for name, value in before.items() if getattr(event, name) != value}
    if steps is not None and _told(event.steps.values(*STEP)) != _told(steps):
        changed.add("agenda_id")
    _check_change(event, changed, by=by)
    event.save()
    if event.participants_id:
        Circle.objects.filter(pk=event.participants_id).update(ends_on=rules.last_day(event))
    if steps is not None:
        _set_steps(event, steps)
    if is_unattributed is not None:
        _set_attribution(event, is_unattributed)
    close_or_open_doors(event)
    record(Verb.CHANGED_EVENT, by=by, subject=event, times=not event.is_draft and bool(changed & set(TIMES)))
    move_up(event, by=by)
    return event


@deed
def announce_event(event: Event, *, by: User) -> Event:
    """Let all see an event whom it is for."""
    event = locked(event)
    require(policy.can_publish(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    if not event.is_draft:
        return event
    event.status = Event.Status.PUBLISHED
    event.save(update_fields=["status"])
    close_or_open_doors(event)
    record(Verb.ANNOUNCED_EVENT, by=by, subject=event, level=event.visibility)
    return event


@deed
def discard_event(event: Event, *, by: User) -> None:
    """Throw a draft away with its rooms, its agenda and all that was said in it."""
    event = locked(event)
    require(policy.can_discard(by, event) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    record(Verb.DISCARDED_EVENT, by=by, subject=event)
    event.delete()


@deed
def cancel_event(event: Event, *, by: User, reason: str) -> Event:
    """Say that an event does not take place, and why; participants are told."""
    event = locked(event)
    require(policy.can_change_event(by, event) and not event.is_draft and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    event.cancel_reason = rules.one_sentence("reason", reason, most=300)
    event.status = Event.Status.CANCELLED
    event.save(update_fields=["status", "cancel_reason"])
    close_or_open_doors(event)
    record(Verb.CANCELLED_EVENT, by=by, subject=event)
    return event


@deed
def clone_event(event: Event, *, by: User) -> Event:
    """A draft of the same, agenda included, at the next same weekday and hour: whoever makes it is its author."""
    require(policy.can_make_events(by) and Event.objects.visible_to(by).filter(pk=event.pk).exists())
    content = {name: getattr(event, name) for name in COPIED}
    if not _may_use(by, event):
        content |= {"visibility": Level.NETWORK, "circle": None, "organisation": None, "place": ""}
    begins = _next_time(event.starts_at)
    content |= {"starts_at": begins, "ends_at": begins + min(event.ends_at - event.starts_at, rules.LONGEST)}
    steps = list(event.steps.values(*STEP))
    hall = event.rooms.get(kind=Room.Kind.HALL)
    return draft_event(by=by, steps=steps, is_unattributed=hall.is_unattributed, **content)


def locked(event: Event) -> Event:
    """The event as it is now, until the deed ends: whoever else would change it or its seats waits."""
    return Event.objects.select_for_update(of=("self",)).select_related("circle", "organisation", "author").get(pk=event.pk)


def close_or_open_doors(event: Event) -> None:
    """Who is in a room of this event is asked anew whether she may be."""
    Room.objects.filter(event=event).update(acl_version=F("acl_version") + 1)


def _next_time(began: datetime) -> datetime:
    weeks = max(1, (timezone.now() - began) // timedelta(weeks=1) + 1)
    return began + timedelta(weeks=weeks)


def _save_new(event: Event) -> None:
    """Under an address that nobody has. Where somebody takes it at the same moment, under the next."""
    for left in range(MOST_TRIES, 0, -1):
        event.slug = _free_slug(event.name_id)
        try:
            with transaction.atomic():
                event.save(force_insert=True)
        except IntegrityError:
            if left == 1:
                raise
        else:
            return


def _free_slug(name: str) -> str:
    base = slugify(name)[:50].strip("-") or "acara"
    taken = TAKEN | set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))] if slug not in taken)


def _check(event: Event, steps: Steps, *, by: User) -> None:
    if event.visibility != Level.CIRCLE:
        event.circle = None
    if event.visibility != Level.ORGANISATION:
        event.organisation = None
    rules.tidy(event)
    rules.require_event(event, steps)


def _check_change(event: Event, changed: set[str], *, by: User) -> None:
    may_publish = event.is_draft or policy.can_publish(by, event)
    if changed & set(AUDIENCE):
        if Registration.objects.filter(event=event).exists():
            raise NotReady([Problem("visibility", _("People have registered: who sees this event stays as it is."))])
        if _is_spoken_in(event):
            raise NotReady([Problem("visibility", _("Something was said in a room already: who sees this event stays as it is."))])
        if not may_publish:
            raise NotReady([Problem("visibility", _("Only the secretariat announces an event to everybody."))])
    if not may_publish and (read := [name for name in (*READ, "agenda_id") if name in changed]):
        why = _("Everybody reads this since it was announced. Ask the secretariat to change it; what you wrote is not saved yet.")
        raise NotReady([Problem(name, why) for name in read])
    if event.capacity < Registration.objects.filter(event=event).coming().count():
        raise NotReady([Problem("capacity", _("More people than that have a seat already."))])


def _is_spoken_in(event: Event) -> bool:
    """Locked, so that nobody speaks meanwhile to fewer people than will read it."""
    return any(room.last_seq for room in Room.objects.select_for_update(of=("self",)).filter(event=event).order_by("pk"))


def _told(steps: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    return [(step["name_id"], step.get("name_en", ""), step["minutes"]) for step in steps]


def _may_use(person: User, event: Event) -> bool:
    """Whether a person may make an event of her own for the same people."""
    if event.circle_id:
        return Circle.objects.visible_to(person).filter(pk=event.circle_id).exists()
    return not event.organisation_id or Organisation.objects.visible_to(person).filter(pk=event.organisation_id).exists()


def _set_steps(event: Event, steps: Steps) -> None:
    AgendaStep.objects.filter(event=event).delete()
    AgendaStep.objects.bulk_create(AgendaStep(event=event, place=place, **step) for place, step in enumerate(steps, 1))


def _set_attribution(event: Event, is_unattributed: bool) -> None:
    hall = Room.objects.select_for_update().get(event=event, kind=Room.Kind.HALL)
    if hall.is_unattributed != is_unattributed and hall.last_seq:
        raise NotReady([Problem("is_unattributed", _("Something was said in the room already: this stays as it is."))])
    Room.objects.filter(pk=hall.pk).update(is_unattributed=is_unattributed)
