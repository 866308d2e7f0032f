"""Reads of who comes to events."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.accounts.policy import can_be_in_circle
from cop_site.vocabulary import selectors as words

from . import policy
from .models import CalendarFeed, Event, EventInvitation, Registration
from .policy import FEWEST

RECENT = timedelta(days=90)
_Came = tuple[str, list[str], bool]  # scale, mandates, whether she was there


def registration_of(person: Any, event: Event) -> Registration | None:
    """One's own registration."""
    return Registration.objects.filter(event=event, person=person.pk).first() if person.is_authenticated else None


def registration_at(person: User, slug: str) -> Registration | None:
    """One's own registration for the event at an address, also where one sees the event no more: it stays one's own."""
    return Registration.objects.filter(event__slug=slug, person=person).select_related("event", "person").first()


def left_behind(person: User) -> list[Registration]:
    """One's own registrations for events that one sees no more."""
    rows = Registration.objects.filter(person=person).exclude(event__in=Event.objects.visible_to(person).values("pk"))
    return list(rows.select_related("event").order_by("event__starts_at", "pk"))


def place_in_line(registration: Registration) -> int:
    """How many wait before one, and oneself."""
    return Registration.objects.filter(event=registration.event_id).waiting().filter(pk__lte=registration.pk).count()


def seats_of(event: Event) -> dict[str, int]:
    """How many have a seat, how many wait."""
    rows = Registration.objects.filter(event=event)
    return rows.aggregate(taken=Count("pk", filter=Q(is_waiting=False)), waiting=Count("pk", filter=Q(is_waiting=True)))


def events_of(person: User) -> QuerySet[Event]:
    """The events that somebody registered for and still sees, from three months ago on."""
    mine = Registration.objects.filter(person=person).values("event")
    found = Event.objects.visible_to(person).filter(pk__in=mine, ends_at__gte=timezone.now() - RECENT)
    return found.order_by("starts_at", "pk")


def made_by(person: User) -> QuerySet[Event]:
    """The events that somebody convenes, drafts among them."""
    return Event.objects.visible_to(person).filter(author=person).newest_first()[:100]


def invited_to(person: User) -> QuerySet[Event]:
    """Events that somebody was asked to come to and has not answered."""
    asked = EventInvitation.objects.filter(person=person).values("event")
    found = Event.objects.visible_to(person).filter(pk__in=asked, ends_at__gte=timezone.now(), status=Event.Status.PUBLISHED)
    return found.exclude(registrations__person=person).order_by("starts_at", "pk")


def guests_of(event: Event, viewer: Any) -> list[Registration]:
    """Who has a seat and who waits, in the order in which they came."""
    rows = Registration.objects.visible_to(viewer).filter(event=event)
    return list(rows.select_related("person").order_by("is_waiting", "pk"))


def may_hold_office(event: Event, viewer: Any) -> list[Registration]:
    """Who has a seat and may be in a room, and so can be named for a group."""
    people = User.objects.filter(policy.people_for_rooms())
    rows = Registration.objects.visible_to(viewer).filter(event=event, is_waiting=False, person__in=people)
    return list(rows.select_related("person").order_by("pk"))


def invited(event: Event) -> list[EventInvitation]:
    """Who was asked to come and has not registered."""
    came = Registration.objects.filter(event=event).values("person")
    return list(EventInvitation.objects.filter(event=event).exclude(person__in=came).select_related("person").order_by("pk"))


@dataclass(frozen=True)
class Guest:
    """Somebody who was asked to come, or comes."""

    person: User
    invitation: EventInvitation | None
    registration: Registration | None


def guest_of(event: Event, handle: str) -> Guest | None:
    """What the desk knows of somebody who was invited or has registered."""
    invitation, registration = (
        rows.filter(event=event, person__handle=handle).select_related("person").first()
        for rows in (EventInvitation.objects, Registration.objects)
    )
    known = registration or invitation
    return Guest(known.person, invitation, registration) if known else None


def named_in(event: Event) -> dict[str, list[str]]:
    """The handles of those with a seat who are named to lead groups and to take notes."""
    rows = Registration.objects.filter(event=event, is_waiting=False).order_by("pk")
    offices = {"facilitators": "is_facilitator", "note_takers": "is_note_taker"}
    return {name: list(rows.filter(**{office: True}).values_list("person__handle", flat=True)) for name, office in offices.items()}


def beginning_between(earliest: datetime, latest: datetime) -> QuerySet[Event]:
    """Announced events that begin after one moment and not after another."""
    return Event.objects.filter(status=Event.Status.PUBLISHED, closed_at=None, starts_at__gt=earliest, starts_at__lte=latest)


def owner_of(word: str) -> User | None:
    """Whose calendar asks with this word; nobody's, where she is suspended or no longer here."""
    feed = CalendarFeed.objects.filter(digest=CalendarFeed.digest_of(word)).select_related("person").first()
    return feed.person if feed and can_be_in_circle(feed.person) else None


def certified(code: str) -> Registration | None:
    """What a certificate's code stands for."""
    code = code.replace("\0", "").strip().lower()  # a sign that databases refuse
    return Registration.objects.filter(certificate=code, has_attended=True).select_related("event", "person").first() if code else None


@dataclass(frozen=True)
class Line:
    """One line of a report; ``number`` is None where it is too small to be told. ``place`` is the word's in its vocabulary."""

    label: str
    number: int | None
    place: int


@dataclass(frozen=True)
class Report:
    """How many came, and from where; nobody's name."""

    registered: int
    attended: int | None
    scales: list[Line]
    mandates: list[Line]


def report_of(event: Event) -> Report:
    """The numbers of an event. A number below five is not told, and neither is the only one that the total would give away."""
    return reports_of([event])[0][1]


def reports_of(events: Sequence[Event], *, is_over: bool = False) -> list[tuple[Event, Report]]:
    """``report_of`` each, from one reading; of all as if they were over, where that ``is_over``."""
    rows: dict[int, list[_Came]] = {event.pk: [] for event in events}
    found = Registration.objects.filter(event__in=events, is_waiting=False)
    for event, *came in found.values_list("event", "scale", "mandates", "has_attended"):
        rows[event].append((came[0], came[1], came[2]))
    return [(event, _report(rows[event.pk], is_over=is_over or event.is_over)) for event in events]


def _report(rows: list[_Came], *, is_over: bool) -> Report:
    counted = [(scale, mandates) for scale, mandates, was_there in rows if was_there or not is_over]
    attended = sum(was_there for _scale, _mandates, was_there in rows)
    scales = _lines("service_scale", Counter(scale for scale, _mandates in counted if scale))
    mandates = _lines("mandate", Counter(one for _scale, mandates in counted for one in mandates))
    return Report(len(rows), attended if attended >= FEWEST or not attended else None, scales, mandates)


def _lines(vocabulary: str, counts: Counter[str]) -> list[Line]:
    """In the vocabulary's order. Where one number is too small, the smallest of the others hides with it."""
    places = {slug: place for place, slug in enumerate(words.terms(vocabulary))}
    present = {slug: counts[slug] for slug in places if counts[slug]}
    hidden = {slug for slug, number in present.items() if number < FEWEST}
    if len(hidden) == 1 and len(present) > 1:
        hidden.add(min((slug for slug in present if slug not in hidden), key=lambda slug: present[slug]))
    return [Line(words.label(vocabulary, slug), None if slug in hidden else number, places[slug]) for slug, number in present.items()]


def labels(registrations: Iterable[Registration]) -> list[dict[str, Any]]:
    """Rows of the desk in the reader's language."""
    return [
        {
            "row": one,
            "scale": words.label("service_scale", one.scale) if one.scale else "",
            "mandates": [words.label("mandate", slug) for slug in one.mandates],
        }
        for one in registrations
    ]
