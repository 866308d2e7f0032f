"""What the demo's people meet for: an event that is always in session, and what was said in its room so far."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from cop_site.events import actions, log, schemas
from cop_site.events.models import Event, Room

from .planting import secretariat, someone

BEGAN = timedelta(hours=1)
LASTS = timedelta(days=3650)


def announce(told: dict[str, Any]) -> Event:
    """An event with its rooms and the first words in its hall."""
    content = {name: value for name, value in told.items() if name not in {"by", "said"}}
    begins = timezone.now() - BEGAN
    event = actions.open_event(by=secretariat(), author=someone(told["by"]), starts_at=begins, ends_at=begins + LASTS, **content)
    hall = event.rooms.get(kind=Room.Kind.HALL)
    for email, action, words in told["said"]:
        frame = {"action": action, "client_id": str(uuid4()), "data": {"text": words}}
        log.append([schemas.order(frame, room=hall.pk, by=someone(email).pk)])
    return event
