"""An action on its way into the log, as its effects see it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from cop_site.accounts.models import User

from . import policy
from .marks import mark_of
from .models import Entry, Room


@dataclass(frozen=True)
class Said:
    """What an action says in another room too, or as a further entry in its own. ``mark`` is that of its author, where it stands under no name."""

    room: Room
    kind: str
    data: dict[str, Any]
    sender: User | None
    mark: str = ""


@dataclass(frozen=True)
class Beside:
    """The locked rooms of one event."""

    rooms: list[Room] = field(default_factory=list)

    def of_kind(self, kind: str) -> Room | None:
        """The hall or the backstage."""
        return next((room for room in self.rooms if room.kind == kind), None)

    def groups(self) -> list[Room]:
        """Those that are open, in the order of their numbers."""
        return sorted(
            (room for room in self.rooms if room.kind == Room.Kind.GROUP and room.closed_at is None), key=lambda room: room.number
        )


@dataclass
class Act:
    """Somebody's entry before it is written. ``beside`` are the event's other rooms that it may speak in too; ``also`` what it says there.

    ``first`` is what stands in a log before it: another action without which this one cannot be.
    """

    entry: Entry
    room: Room
    person: User
    beside: "Beside"
    also: list["Said"] = field(default_factory=list)
    first: list["Said"] = field(default_factory=list)

    @property
    def leads(self) -> bool:
        return policy.leads(self.person, self.room.event)

    @property
    def mark(self) -> str:
        return mark_of(self.person, self.room)

    def do_first(self, kind: str, data: dict[str, Any], effect: Callable[["Act"], bool]) -> None:
        """Another action in this room, in the same name, before this one."""
        entry = Entry(room=self.room, kind=kind, sender=self.entry.sender, data=data, at=self.entry.at)
        act = replace(self, entry=entry, also=[], first=[])
        effect(act)
        self.first += [Said(self.room, kind, entry.data, entry.sender), *act.also]

    def say_in(self, kind: str, data: dict[str, Any]) -> None:
        """The same, or what of it belongs there, in another room of the event."""
        if room := self.beside.of_kind(kind):
            self.also.append(Said(room, self.entry.kind, data, self.entry.sender))
