"""The rooms of an event as pages: read and written without any script; with scripts they stay open."""

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from . import actions, cells, policy, schemas, selectors, typed
from .effects import WORDS
from .floor import Floor
from .log import Outcome
from .machine_views import act
from .models import Entry, Event, Room
from .refusing import DETAILS, STATUS, Refused
from .screen import Screen
from .typed import Said
from .unheard import Unheard

SAY = "say"
PAGES = {Room.Kind.HALL: "event-room", Room.Kind.BACKSTAGE: "event-backstage"}
MISSED = {"chat.post", "question.ask"}  # whose words can still become a card when the live part is over
TIMER_MINUTES = (1, 3, 5, 10, 15, 30)
drafts.never_keep("action", "poll.vote")  # in a session a ballot would stand beside its voter (docs/decisions/015-secret-votes.md)


@signed_in(form=SAY)
@once_agreed(form=SAY)
@require_http_methods(["GET", "HEAD", "POST"])
def event_room(request: HttpRequest, slug: str) -> HttpResponse:
    """The hall."""
    return _page(request, *_entered(request, slug, Room.Kind.HALL))


@signed_in(form=SAY)
@once_agreed(form=SAY)
@require_http_methods(["GET", "HEAD", "POST"])
def event_backstage(request: HttpRequest, slug: str) -> HttpResponse:
    """The same screen for those who lead, among themselves."""
    return _page(request, *_entered(request, slug, Room.Kind.BACKSTAGE))


@signed_in(form=SAY)
@once_agreed(form=SAY)
@require_http_methods(["GET", "HEAD", "POST"])
def event_group(request: HttpRequest, slug: str, room: UUID) -> HttpResponse:
    """The same screen for a group of a round."""
    found = _group(request, slug, room)
    return _page(request, found, selectors.rooms_of(found.event, request.user))


@signed_in()
@once_agreed()
@require_http_methods(["GET", "HEAD", "POST"])
def event_silence(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once more, then silence whoever said a line. Nobody is shown who that is, here neither."""
    asked = request.POST if request.method == "POST" else request.GET
    room = _named(request, slug, asked.get("room", ""))
    require(policy.can_silence(request.user, room))
    entry = get_object_or_404(Entry, room=room, seq=_number(asked.get("line", "")), kind__in=WORDS, redacted_at=None)
    if not selectors.has_author(entry):
        return redirect(f"{address_of(room)}?unknown=1#n{entry.seq}")
    if request.method != "POST":
        told = {"room": room, "word": asked.get("room", room.kind), "event": room.event, "line": entry, "here": address_of(room)}
        return render(request, "events/silence.html", told)
    actions.silence_author(room, entry.seq, by=request.user, key=deed_key(request))
    return redirect(f"{address_of(room)}?silenced=1#n{entry.seq}")


def _entered(request: HttpRequest, slug: str, kind: str) -> tuple[Room, dict[str, Room]]:
    """The room, and all rooms of its event that the reader may enter."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    rooms = selectors.rooms_of(event, request.user)
    require(kind in rooms)
    rooms[kind].event = event
    return rooms[kind], rooms


def _group(request: HttpRequest, slug: str, room: UUID) -> Room:
    found = selectors.room_for(request.user, room)
    if found is None or found.event.slug != slug or found.kind != Room.Kind.GROUP:
        raise Http404
    return found


@signed_in()
@once_agreed()
@require_safe
def event_wall(request: HttpRequest, slug: str) -> HttpResponse:
    """The hall on a wall: nothing to press, large enough for the last row."""
    room, _rooms = _entered(request, slug, Room.Kind.HALL)
    screen = Screen(room, request.user)
    polls = Floor(screen, {}).polls
    shown = next((poll for poll in polls if poll["is_open"]), polls[0] if polls else None)
    context = {"event": room.event, "room": room, "screen": screen, "poll": shown, "is_past": True}
    return render(request, "events/wall.html", context)


def _named(request: HttpRequest, slug: str, word: str) -> Room:
    """The room that an address names by ``Screen.word``."""
    if re.fullmatch(r"[0-9a-f-]{36}", word):
        return _group(request, slug, UUID(word))
    return _entered(request, slug, Room.Kind.BACKSTAGE if word == Room.Kind.BACKSTAGE else Room.Kind.HALL)[0]


def address_of(room: Room) -> str:
    """Of a room's page."""
    if room.kind == Room.Kind.GROUP:
        return reverse("event-group", args=[room.event.slug, room.pk])
    return reverse(PAGES[room.kind], args=[room.event.slug])


def _number(given: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", given):
        raise Http404
    return int(given)


def _page(request: HttpRequest, room: Room, rooms: dict[str, Room]) -> HttpResponse:
    if request.method != "POST":
        kept = drafts.recall(request, SAY, about=room.pk)
        return _show(request, room, rooms, typed.said_in(kept) if kept else {})
    outcome = _done(request, room)
    if isinstance(outcome, Refused):
        room.refresh_from_db()  # another's newer wording, perhaps
        said = {**typed.said_in(request.POST), "refusal": outcome.detail}
        if room.is_answered_later and said.get("action", "chat.post") in MISSED:
            said["action"] = "card.add"
        return _show(request, room, rooms, said, status=STATUS[outcome.code])
    drafts.drop(request, SAY)
    return redirect(f"{address_of(room)}{_place(request, outcome)}")


def _done(request: HttpRequest, room: Room) -> Outcome:
    try:
        frame = typed.frame_of(request.POST, str(deed_key(request)))
    except Refused as refusal:
        return refusal
    return act(request, frame, room.pk)


def _place(request: HttpRequest, outcome: Outcome) -> str:
    """Where on the page one sees what one did."""
    action, number = request.POST.get("action", "chat.post"), request.POST.get("id") or outcome
    if action.startswith("card."):
        return f"#kartu-{number}"
    if action.startswith(("question.", "poll.")):
        return "?asked=1#tanya" if action == "question.ask" else "#tanya"
    if action == "chat.hide":
        return "#papan" if request.POST.get("pane") == "papan" else f"#n{number}"
    return "#baru"


def _show(request: HttpRequest, room: Room, rooms: dict[str, Room], said: Said, status: int = 200) -> HttpResponse:
    until = request.GET.get("until", "")
    before = int(until) if re.fullmatch(r"[0-9]{1,9}", until) else None
    screen = Screen(room, request.user, before=before)
    floor = Floor(screen, said)
    context = {
        "event": room.event,
        "room": room,
        "rooms": rooms,
        "is_backstage": room.kind == Room.Kind.BACKSTAGE,
        "is_group": room.kind == Room.Kind.GROUP,
        "here": address_of(room),
        "screen": screen,
        "floor": floor,
        "unheard": _unheard(room, rooms) if screen.leads else None,
        "leads": screen.leads,
        "is_past": before is not None,
        "has_raised": floor.has_raised,
        "said": said,
        "open_card": _open_card(request, said),
        "news": _news(request),
        "has_asked": bool(request.GET.get("asked")),
        **_words(),
    }
    return render(request, "events/room.html", context, status=status)


def _news(request: HttpRequest) -> str:
    if request.GET.get("unknown"):
        return _("Nobody can be silenced for this: nothing tells any more who said it. You can hide the words.")
    return _("Whoever said this says nothing more in this room.") if request.GET.get("silenced") else ""


def _unheard(room: Room, rooms: dict[str, Room]) -> Unheard | None:
    """For those who lead, among themselves."""
    hall = rooms.get(Room.Kind.HALL)
    return Unheard(room.event, hall) if hall and room.kind == Room.Kind.BACKSTAGE else None


def _open_card(request: HttpRequest, said: Said) -> int | None:
    """The card that is being worked on: what was typed for it comes back on it."""
    number = said.get("id", "") if said.get("action", "").startswith("card.") else request.GET.get("card", "")
    return int(number) if re.fullmatch(r"[0-9]{1,9}", number) else None


def _words() -> dict[str, Any]:
    return {
        "blank_line": {"kind": "chat.post"},
        "no_group": UUID(int=0),
        "timer_minutes": [(minutes, minutes * 60) for minutes in TIMER_MINUTES],
        "details": DETAILS,
        "cell_words": cells.spoken(),
        "most_words": schemas.MOST_WORDS,
        "most_on_a_card": schemas.MOST_ON_A_CARD,
    }
