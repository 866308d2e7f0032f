"""Secrets of events: in a name, for whoever sees the event; in its room, for whoever may enter it."""

from typing import Any

from cop_site.events.models import Room
from tests.events.factories import event, say

FULL = {"member", "convenor", "moderator", "secretariat"}
INSIDERS = FULL | {"researcher"}


def sees(who: Any, level: str) -> bool:
    """The table of docs/who-sees-what.md, for events."""
    return {
        "publik": True,
        "jaringan": who.role in FULL,
        "kelompok": who.role in INSIDERS | {"observer"} and who.in_circle,
        "pribadi": who.name == "author",
    }[level]


def plant(world: Any, everybody: Any) -> None:
    """One event for each level, with words in its hall and backstage."""
    slugs, rooms = [], []
    for level in ("publik", "jaringan", "kelompok", "pribadi"):
        readers = everybody(lambda who, level=level: sees(who, level))
        name = world.plant(f"the name of an event, {level}", readers, must=readers & {"author"})
        fields = {"circle": world.circle} if level == "kelompok" else {}
        made = event(world.people["author"], slug=f"kanari-acara-{level}", visibility=level, name_id=f"Acara {name}", **fields)
        inside = everybody(lambda who, level=level: sees(who, level) and who.role in INSIDERS)
        hall = made.rooms.get(kind=Room.Kind.HALL)
        say(hall, world.people["author"], text=world.plant(f"words in a room, {level}", inside, must=inside & {"author"}))
        slugs.append(made.slug)
        rooms += [room.pk for room in made.rooms.all()]
    world.samples |= {"event": slugs, "room": rooms}
