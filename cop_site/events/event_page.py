"""What the page of an event says to whoever reads it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from cop_site.accounts.models import Level
from cop_site.core import drafts
from cop_site.vocabulary import selectors as words

from . import guests, policy, selectors
from .forms import RsvpForm
from .models import Event, Room

RSVP = "rsvp"


def show(request: HttpRequest, event: Event, form: RsvpForm | None = None, status: int = 200) -> HttpResponse:
    """The page; with the form that came back, where one did."""
    own = guests.registration_of(request.user, event)
    can_come = policy.can_come(request.user, event)
    context = {
        "event": event,
        "steps": event.steps.all(),
        "where": _where(event),
        "seats": guests.seats_of(event),
        "own": own,
        "line": guests.place_in_line(own) if own and own.is_waiting else 0,
        "form": (form or _form(request, event, own)) if can_come else None,
        "hall": None if event.is_draft else selectors.rooms_of(event, request.user).get(Room.Kind.HALL),
        "is_public": event.visibility == Level.PUBLIC and not request.GET and not event.is_draft,
        **_leading(request.user, event, own),
    }
    return render(request, "events/event.html", context, status=status)


def _leading(person: Any, event: Event, own: Any) -> dict[str, Any]:
    leads = policy.leads(person, event)
    return {
        "leads": leads,
        "keeps_desk": policy.keeps_desk(person, event) and not event.is_draft,
        "can_change": policy.can_change_event(person, event),
        "can_discard": policy.can_discard(person, event),
        "can_publish": event.is_draft and policy.can_publish(person, event),
        "can_clone": leads and policy.can_make_events(person),
        "sees_video": bool(event.video_link) and (policy.reads_needs(person, event) or bool(own and not own.is_waiting)),
    }


def _where(event: Event) -> list[str]:
    names = [event.place, words.regency_name(event.regency) if event.regency else ""]
    return [name for name in [*names, words.province_name(event.province) if event.province else ""] if name]


def _form(request: HttpRequest, event: Event, own: Any) -> RsvpForm:
    kept = drafts.recall(request, RSVP, about=event.slug)
    said: dict[str, Any] = {"language": get_language() or "id"}
    if own:
        offers = {"would_facilitate": own.would_facilitate, "would_take_notes": own.would_take_notes}
        said = {"language": own.language, "text": own.needs, **offers}
    return RsvpForm(initial=kept.dict() if kept else said)
