"""Deeds about events themselves; what is said in their rooms goes through ``log``."""

from typing import Any

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy
from ..effects import WORDS
from ..marks import mark_of
from ..models import Entry, Event, Mark, Room, Silence

TAKEN = {"rooms", "calendar.ics", "new", "mine", "certificates", "attendance"}  # words of our own addresses


@deed
def open_event(*, by: User, author: User | None = None, **content: Any) -> Event:
    """Make an event with its hall and its backstage; ``author`` convenes it, else whoever makes it."""
    require(policy.can_open_events(by) and content.get("slug") not in TAKEN)
    event = Event(author=author or by, **content)
    event.full_clean()
    event.save()
    make_rooms(event)
    record(Verb.OPENED_EVENT, by=by, subject=event, level=event.visibility)
    return event


def make_rooms(event: Event, *, is_unattributed: bool = False) -> None:
    """Its hall, which may be one without attribution, and its backstage."""
    Room.objects.create(event=event, kind=Room.Kind.HALL, is_unattributed=is_unattributed)
    Room.objects.create(event=event, kind=Room.Kind.BACKSTAGE)


@deed
def silence_author(room: Room, seq: int, *, by: User) -> None:
    """Whoever said an entry says nothing more in this room. Who it was, nobody learns: not even whoever does this.

    Raises ``Entry.DoesNotExist`` where there are no such words, ``Mark.DoesNotExist`` where nothing tells any more who said them. Those who lead go on speaking: a refusal would tell that it was one of them.
    """
    room = Room.objects.select_for_update(of=("self",)).select_related("event").get(pk=room.pk)
    require(policy.can_silence(by, room) and Room.objects.visible_to(by).filter(pk=room.pk).exists())
    entry = Entry.objects.select_related("sender").get(room=room, seq=seq, kind__in=WORDS)
    if entry.sender:
        Silence.objects.get_or_create(room=room, mark=mark_of(entry.sender, room))
    else:
        Silence.objects.get_or_create(room=room, mark=Mark.objects.get(room=room, seq=seq).mark)
    record(Verb.SILENCED_IN_ROOM, by=by, subject=room.event, seq=seq)
