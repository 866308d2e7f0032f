"""Events, rooms and what is said in them, for tests."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cop_site.events import actions, log, schemas
from cop_site.events.actions.opening import make_rooms
from cop_site.events.models import Event, Room


def event(author: Any = None, *, slug: str = "acara-uji", visibility: str = "jaringan", **fields: Any) -> Event:
    """An event in session with its two rooms."""
    now = timezone.now()
    told = {
        "name_id": "Acara uji",
        "about_id": "Belajar bersama.",
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(hours=1),
    }
    made = Event.objects.create(author=author, slug=slug, visibility=visibility, **told | fields)
    make_rooms(made)
    return made


def hall(author: Any = None, **fields: Any) -> Room:
    return event(author, **fields).rooms.get(kind=Room.Kind.HALL)


def frame(action: str = "chat.post", client_id: str = "", **data: Any) -> dict[str, Any]:
    return {"action": action, "client_id": client_id or str(uuid4()), "data": data}


def order(room: Room, by: Any, action: str = "chat.post", client_id: str = "", **data: Any) -> schemas.Order:
    return schemas.order(frame(action, client_id, **data), room=room.pk, by=by.pk)


def say(room: Room, by: Any, action: str = "chat.post", client_id: str = "", **data: Any) -> log.Outcome:
    """One action through the log: its number or its refusal."""
    return log.append([order(room, by, action, client_id, **data)])[0]


def drafted(by: Any, **content: Any) -> Event:
    """A draft of an event in a week, made as the form makes it."""
    begins = timezone.now() + timedelta(days=7)
    told = {"name_id": "Acara nanti", "about_id": "Belajar bersama.", "starts_at": begins, "ends_at": begins + timedelta(hours=3)}
    return actions.draft_event(by=by, **told | content)


def announced(by: Any, **content: Any) -> Event:
    """The same, as everybody sees it whom it is for."""
    return actions.announce_event(drafted(by, **content), by=by)
