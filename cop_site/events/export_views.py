"""What remains of a room: its record to take along, and the replay."""

import re
from collections.abc import AsyncIterator, Iterator
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from asgiref.sync import sync_to_async
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts, wishes
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.files.serving import HEADERS, disposition
from cop_site.screening.guard import screen

from . import policy, replaying, selectors, taking
from .models import Event, Room
from .room_views import address_of

TAKE = "room-record"
SEALED, READABLE = "sealed", "readable"
TYPES = {SEALED: ("ndjson", "application/x-ndjson"), READABLE: ("html", "text/html; charset=utf-8")}
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'"  # the readable one brings its sheet along
FEWEST_WORDS = 3
IN_MEMORY = 1024 * 1024  # bytes; a longer record waits on the disk until it is sent
PIECE = 256 * 1024


class RecordForm(forms.Form):
    """Why somebody takes the record of a room."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("What you need it for"),
        help_text=gettext_lazy("A few words. They stand in the journal with your name. Name nobody else."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say in a few words what you need it for.")},
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if len(reason.split()) < FEWEST_WORDS:
            raise ValidationError(_("Say it in three words at least."))
        if any(one.action == "block" for one in screen(reason)):
            raise ValidationError(_("There are details in it that must not stand here."))
        return reason


@signed_in(form=TAKE)
@once_agreed(form=TAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def room_record(request: HttpRequest, slug: str) -> HttpResponseBase:
    """For those who lead: what a record is, the two forms, and who took one before."""
    room, rooms = _room(request, slug)
    require(policy.leads(request.user, room.event))
    if request.method != "POST":
        return _show(request, room, rooms, _forms(drafts.recall(request, TAKE, about=room.pk)))
    form = RecordForm(request.POST, auto_id=f"{_chosen(request)}_%s")
    if not form.is_valid():
        return _show(request, room, rooms, {**_forms(None), _chosen(request): form}, status=422)
    drafts.drop(request, TAKE)
    return _taken(request, room, _chosen(request), form.cleaned_data["reason"])


def _chosen(request: HttpRequest) -> str:
    return READABLE if request.POST.get("as") == READABLE else SEALED


def _forms(kept: Any) -> dict[str, RecordForm]:
    """Both forms; what somebody had typed when her session ended stands in its own again."""
    reason = {name: {"reason": kept.get("reason", "")} if kept and kept.get("as") == name else None for name in TYPES}
    return {name: RecordForm(initial=reason[name], auto_id=f"{name}_%s") for name in TYPES}


def _show(request: HttpRequest, room: Room, rooms: dict[str, Room], given: dict[str, RecordForm], status: int = 200) -> HttpResponse:
    told = {"event": room.event, "room": room, "given": given, "taken": taking.taken_from(room)}
    return render(request, "events/record.html", told | _doors(room, rooms), status=status)


def _doors(room: Room, rooms: dict[str, Room]) -> dict[str, Any]:
    """Which room of the event one stands in, and whether there is another to go to."""
    is_backstage = room.kind == Room.Kind.BACKSTAGE
    return {"is_backstage": is_backstage, "has_backstage": Room.Kind.BACKSTAGE in rooms, "query": "?room=backstage" if is_backstage else ""}


def _taken(request: HttpRequest, room: Room, chosen: str, reason: str) -> HttpResponseBase:
    """The file, once the journal has it. A form that was sent before gives no second file: each one stands in the journal."""
    file = _file()
    try:
        write = partial(taking.write_sealed, into=file)
        taking.export_room(room, write, by=request.user, reason=reason, key=deed_key(request))
        if file.tell() == 0:
            file.close()
            told = _("With this form the record was taken already. Each one is written down: for another, send the form anew.")
            messages.info(request, told)
            return redirect(request.get_full_path())
        return Taken(file if chosen == SEALED else _readable(request, room, file), room, chosen)
    except BaseException:
        file.close()
        raise


def _file() -> BinaryIO:
    return cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))


def _readable(request: HttpRequest, room: Room, sealed: BinaryIO) -> BinaryIO:
    """The same record for people; the sealed one is closed."""
    with sealed:
        sealed.seek(0)
        file = _file()
        taking.write_readable(room, sealed, file, zone=wishes.zone_of(request))
    return file


class Taken(StreamingHttpResponse):
    """A file that was just written, piece by piece, for a server of either kind; it is gone when it was sent."""

    def __init__(self, file: BinaryIO, room: Room, chosen: str) -> None:
        ending, media_type = TYPES[chosen]
        name = f"{room.event.slug}-{room.kind}-{timezone.now():%Y%m%d-%H%M}.{ending}"
        headers = {**HEADERS, "Content-Length": str(file.tell()), "Content-Disposition": disposition(name)}
        file.seek(0)
        super().__init__(_pieces(file), content_type=media_type, headers=headers)
        if chosen == READABLE:
            self["Content-Security-Policy"] = POLICY
        self._file = file
        self._resource_closers.append(file.close)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await sync_to_async(self._file.read, thread_sensitive=False)(PIECE):
            yield piece


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


@signed_in()
@once_agreed()
@require_safe
def room_replay(request: HttpRequest, slug: str) -> HttpResponse:
    """A room as it was after any of its entries, for everybody who may enter it."""
    room, rooms = _room(request, slug)
    asked = request.GET.get("at", "")
    at = min(int(asked), room.last_seq) if re.fullmatch(r"[0-9]{1,9}", asked) else room.last_seq
    moment = replaying.moment_of(room, at)
    told = {
        "event": room.event,
        "room": room,
        "moment": moment,
        "marks": replaying.marks_of(room, moment.steps),
        "labels": replaying.LABELS,
        "here": address_of(room),
    }
    told |= {"back": max(at - 1, 0), "forward": min(at + 1, room.last_seq), "leads": policy.leads(request.user, room.event)}
    return render(request, "events/replay.html", told | _doors(room, rooms))


def _room(request: HttpRequest, slug: str) -> tuple[Room, dict[str, Room]]:
    """The hall or the backstage of an event that is seen, where one may enter it; and all its rooms that one may enter."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    rooms = selectors.rooms_of(event, request.user)
    kind = Room.Kind.BACKSTAGE if request.GET.get("room") == Room.Kind.BACKSTAGE else Room.Kind.HALL
    require(kind in rooms)
    room = rooms[kind]
    room.event = event
    return room, rooms
