"""Taking the record of a room: the files themselves, page by page, and the deed that writes down who took it and why."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import reduce
from itertools import islice
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core import wishes
from cop_site.core.access import require
from cop_site.core.assets import source_of

from . import policy, retelling, selectors
from .exporting import Chain
from .models import Entry, Event, Room
from .state import after, at_the_start

PAGE = 500  # entries that are held in memory at once
Write = Callable[[Room], Chain]


def locked(room: Room) -> Room:
    """The room as it stands, in which nobody says or hides anything until the transaction ends: a record holds together."""
    return Room.objects.select_for_update(of=("self",)).select_related("event").get(pk=room.pk)


@deed
def export_room(room: Room, write: Write, *, by: User, reason: str) -> Activity:
    """Have the record of a room written by ``write``; that it was taken, by whom, and its head stand in the journal."""
    room = locked(room)
    require(policy.leads(by, room.event) and policy.can_enter(by) and Room.objects.visible_to(by).filter(pk=room.pk).exists())
    chain = write(room)
    facts = {"room": str(room.pk), "entries": chain.entries, "head": chain.head}
    return record(Verb.EXPORTED_ROOM, by=by, subject=room.event, reason=reason, **facts)


def taken_from(room: Room, *, most: int = 10) -> list[Activity]:
    """When the record of a room was taken, and by whom, the last first."""
    events = ContentType.objects.get_for_model(Event)
    found = Activity.objects.filter(subject_type=events, subject_id=room.event_id, verb=Verb.EXPORTED_ROOM, facts__room=str(room.pk))
    return list(found.select_related("actor").order_by("-pk")[:most])


def write_sealed(room: Room, into: BinaryIO, *, at: datetime | None = None, until: int | None = None) -> Chain:
    """The whole log as lines that hold on to each other. ``at`` and ``until`` make a record anew that was taken before."""
    chain, until = Chain(), _end(room, until)
    into.write(chain.opening(_about(room, at or timezone.now(), until)))
    for page in _pages(room, until):
        into.writelines(chain.entry(entry.told()) for entry in page)
    into.write(chain.closing())
    return chain


def write_readable(room: Room, sealed: BinaryIO, into: BinaryIO, *, zone: str) -> None:
    """A sealed record for people: one page without scripts that needs nothing else. It asks for no entry again, and no room waits for it."""
    steps = retelling.steps_of(room.event)
    told = {"room": room, "event": room.event, "zone": zone, "zone_word": wishes.zone_word(zone)}
    site = {"site": settings.SITE_NAME, "is_demo": settings.IS_DEMO, "language": translation.get_language()}
    lines = map(json.loads, sealed)
    opening = closing = next(lines)
    into.write(_part("opening", {**told, **site, "steps": steps, "style": _style()}))
    state = at_the_start()
    while page := list(islice(lines, PAGE)):
        closing = page[-1]
        entries = [line for line in page if line["type"] == "event"]
        state = reduce(after, entries, state)
        into.write(_part("lines", {**told, "lines": retelling.lines_of(entries, steps, state["later"])}))
    ending = {"board": retelling.board_of(state["cards"]), "has_cards": bool(state["cards"]), "opening": opening, "closing": closing}
    into.write(_part("closing", {**told, **site, **ending}))


def _end(room: Room, until: int | None) -> int:
    return room.last_seq if until is None else min(until, room.last_seq)


def _pages(room: Room, until: int) -> Iterator[list[Entry]]:
    seq = 0
    while seq < until:
        page = selectors.entries_after(room.pk, seq, most=min(PAGE, until - seq))
        yield page
        seq = page[-1].seq


def _about(room: Room, at: datetime, entries: int) -> dict[str, Any]:
    event = room.event
    return {
        "room": str(room.pk),
        "kind": room.kind,
        "is_unattributed": room.is_unattributed,
        "event": event.slug,
        "name": {"id": event.name_id, "en": event.name_en},
        "exported_at": _moment(at),
        "entries": entries,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _part(name: str, context: dict[str, Any]) -> bytes:
    return render_to_string(f"events/record/{name}.html", context).encode()


def _style() -> str:
    """The sheet of the record: it travels inside the file, which fetches nothing."""
    return format_html("<style>\n{}</style>", source_of("record/record.css").decode())
