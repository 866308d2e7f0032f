"""Events and their rooms, as pages."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.models import Level
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from . import policy, schemas, selectors
from .machine_views import act
from .models import Event, Room
from .refusing import DETAILS, STATUS, Refused

SAY = "say"
TIMER_MINUTES = (1, 3, 5, 10, 15, 30)


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    found = Event.objects.visible_to(request.user).newest_first()[:100]
    return render(request, "events/index.html", {"events": found, "is_public": not request.GET})


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    context = {
        "event": event,
        "has_room": Room.Kind.HALL in selectors.rooms_of(event, request.user),
        "is_public": event.visibility == Level.PUBLIC and not request.GET,
    }
    return render(request, "events/event.html", context)


@signed_in(form=SAY)
@once_agreed(form=SAY)
@require_http_methods(["GET", "HEAD", "POST"])
def event_room(request: HttpRequest, slug: str) -> HttpResponse:
    """The hall: read and written here without any script; with one it stays open."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    rooms = selectors.rooms_of(event, request.user)
    require(Room.Kind.HALL in rooms)
    if request.method != "POST":
        kept = drafts.recall(request, SAY)
        return _show(request, event, rooms, {"text": kept.get("text", "") if kept else ""})
    outcome = _done(request, rooms[Room.Kind.HALL])
    if not isinstance(outcome, Refused):
        drafts.drop(request, SAY)
        return redirect(f"{reverse('event-room', args=[slug])}#baru")
    if outcome.code == "forbidden":
        raise PermissionDenied
    said = {"text": request.POST.get("text", ""), "refusal": DETAILS[outcome.code]}
    return _show(request, event, rooms, said, status=STATUS[outcome.code])


def _done(request: HttpRequest, room: Room) -> int | Refused:
    action = request.POST.get("action", "chat.post")
    data = {name: _value(request.POST[name], field) for name, field in schemas.SCHEMAS.get(action, {}).items() if request.POST.get(name)}
    try:
        return act(request, {"action": action, "client_id": str(deed_key(request)), "data": data}, room.pk)
    except Refused as refusal:
        return refusal


def _value(typed: str, field: schemas.Words | schemas.Whole) -> Any:
    is_number = isinstance(field, schemas.Whole) and re.fullmatch(r"[0-9]{1,9}", typed)
    return int(typed) if is_number else typed


def _show(request: HttpRequest, event: Event, rooms: dict[str, Room], said: dict[str, Any], status: int = 200) -> HttpResponse:
    room = rooms[Room.Kind.HALL]
    until = request.GET.get("until", "")
    before = int(until) if re.fullmatch(r"[0-9]{1,9}", until) else None
    lines = selectors.last_entries(room.pk, before=before)
    context = {
        "event": event,
        "room": room,
        "backstage": rooms.get(Room.Kind.BACKSTAGE),
        "lines": lines,
        "told_to": lines[-1].seq if lines else 0,
        "earlier": lines[0].seq if lines and lines[0].seq > 1 else None,
        "is_past": before is not None,
        "leads": policy.leads(request.user, event),
        "has_raised": any(hand["id"] == request.user.handle for hand in room.state["hands"]),
        "said": said,
        "blank": {"kind": "chat.post"},
        "timer_minutes": [(minutes, minutes * 60) for minutes in TIMER_MINUTES],
        "details": DETAILS,
        "most_words": schemas.MOST_WORDS,
    }
    return render(request, "events/room.html", context, status=status)
