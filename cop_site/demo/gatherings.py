"""What the demo's people meet for: an event that is always in session, and what was said in its room so far."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.accounts.policy import FULL, has_agreed
from cop_site.events import actions, log, schemas, shows
from cop_site.events.models import AgendaStep, Event, Room

from .planting import secretariat, someone

BEGAN = timedelta(hours=1)
LASTS = timedelta(days=3650)
LASTED = timedelta(hours=4)
_OF_GUESTS = {"guests", "needs", "facilitators", "note_takers", "willing", "were_there"}


def announce(told: dict[str, Any]) -> Event:
    """An event with its agenda and its rooms, what was said in its hall so far, and the cards on its board."""
    content = {name: value for name, value in told.items() if name not in {"by", "said", "steps", "at_step", "timer", "cards"}}
    begins = timezone.now() - BEGAN
    event = actions.open_event(by=secretariat(), author=someone(told["by"]), starts_at=begins, ends_at=begins + LASTS, **content)
    AgendaStep.objects.bulk_create(AgendaStep(event=event, place=at, **step) for at, step in enumerate(told["steps"], 1))
    hall = event.rooms.get(kind=Room.Kind.HALL)
    for email, action, words in told["said"]:
        _do(hall, email, action, text=words)
    for card in told["cards"]:
        _pin(hall, card)
    _do(hall, told["by"], "agenda.go", step=told["at_step"])
    _do(hall, told["by"], "timer.start", seconds=told["timer"])
    return event


def hold(told: dict[str, Any]) -> Event:
    """An event that is over, whose room still takes answers of those who could not be there."""
    content = {name: value for name, value in told.items() if name not in {"by", "steps", "did"}}
    ended = timezone.now() - BEGAN
    event = actions.open_event(by=secretariat(), author=someone(told["by"]), starts_at=ended - LASTED, ends_at=ended, **content)
    AgendaStep.objects.bulk_create(AgendaStep(event=event, place=at, **step) for at, step in enumerate(told["steps"], 1))
    hall = event.rooms.get(kind=Room.Kind.HALL)
    for email, action, data in told["did"]:
        _do(hall, email, action, **data)
    return event


def gather(told: dict[str, Any], slug: str) -> Event:
    """People of the demo who registered for an event, in the order of their addresses, and who of them was named to lead groups and was there.

    Where there is no such event, it is made.
    """
    event = Event.objects.filter(slug=slug).first() or _upcoming(told)
    members = User.objects.filter(role__in=FULL, is_active=True, suspended_at=None, email__endswith="@demo.example").order_by("email")
    coming = [one for one in members if has_agreed(one)][: told["guests"]]
    for number, person in enumerate(coming):
        is_willing = person.email in told["willing"]
        actions.register(
            event, by=person, needs=told["needs"] if number == 0 else "", would_facilitate=is_willing, would_take_notes=is_willing
        )
    if told["facilitators"]:
        named = {office: [one.handle for one in coming if one.email in told[office]] for office in ("facilitators", "note_takers")}
        actions.name_offices(event, by=secretariat(), **named)
    if told["were_there"]:
        actions.mark_attendance(event, [one.handle for one in coming[: told["were_there"]]], by=secretariat())
    return event


def _upcoming(told: dict[str, Any]) -> Event:
    """An event of the network in two weeks, with the agenda of a run of show."""
    begins = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=14)
    content = {name: value for name, value in told.items() if name not in _OF_GUESTS | {"by", "show", "slug"}}
    by = someone(told["by"])
    steps = shows.steps_of(told["show"])
    draft = actions.draft_event(by=by, steps=steps, starts_at=begins, ends_at=begins + timedelta(hours=3), **content)
    return actions.announce_event(draft, by=by)


def _pin(hall: Room, card: dict[str, Any]) -> None:
    """A card, where others sorted it, and who found it important."""
    number = _do(hall, card["by"], "card.add", kind=card["kind"], text=card["text"])
    if card["cluster"] or card["column"] != card["kind"]:
        _do(hall, card["by"], "card.move", id=number, column=card["column"], cluster=card["cluster"])
    for email in card["votes"]:
        _do(hall, email, "card.vote", id=number)


def _do(hall: Room, email: str, action: str, **data: Any) -> log.Outcome:
    frame = {"action": action, "client_id": str(uuid4()), "data": data}
    outcome = log.append([schemas.order(frame, room=hall.pk, by=someone(email).pk)])[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome
