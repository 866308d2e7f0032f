"""A room without sockets: its log, and a way to act in it. The waiting for news happens before Django is asked."""

import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from . import pace, schemas, selectors
from .log import Outcome
from .ordering import order_of
from .refusing import STATUS, Refused
from .writer import write


@require_safe
def room_log(request: HttpRequest, room: UUID) -> JsonResponse:
    found = selectors.room_for(request.user, room)
    if found is None:
        raise Http404
    given = request.GET.get("since", "0")
    since = int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0
    is_told = since >= selectors.told_from(found)
    entries = selectors.entries_after(found.pk, since) if is_told else selectors.last_entries(found.pk)
    told = {"events": [entry.told() for entry in entries], "latest": found.last_seq, "state": selectors.state_of(found)}
    return JsonResponse(told if is_told else told | {"reset": True})


@require_POST
def room_actions(request: HttpRequest, room: UUID) -> JsonResponse:
    """The ack or error frame. A room that is not there refuses like one that may not be entered."""
    frame: Any = None
    outcome: Outcome
    try:
        if selectors.room_for(request.user, room) is None:
            raise Refused("forbidden")
        frame = schemas.read(request.body)
    except Refused as refusal:
        outcome = refusal
    else:
        outcome = act(request, frame, room)
    client_id = schemas.client_id_in(frame)
    if isinstance(outcome, Refused):
        return JsonResponse(outcome.told(client_id), status=STATUS[outcome.code])
    return JsonResponse({"type": "ack", "client_id": client_id, "seq": outcome})


def act(request: HttpRequest, frame: Any, room: UUID) -> Outcome:
    """What became of a frame, as a socket would be told."""
    if not pace.lets(request.user.pk):
        return Refused("rate_limited")
    try:
        return write(order_of(frame, room=room, by=request.user.pk))
    except Refused as refusal:
        return refusal
