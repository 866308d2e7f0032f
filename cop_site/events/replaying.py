"""A room as it was: what had been said by a number, and what the entries had come to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import selectors
from .models import Entry, Room
from .retelling import LABELS, MARKS, Column, Line, Steps, board_of, clock, lines_of, steps_of
from .state import after, at_the_start

__all__ = ["LABELS", "MOST_FOLDED", "Moment", "marks_of", "moment_of"]
MOST_FOLDED = 5000  # entries in one request; words of the talk change no state and are not counted
MOST_MARKS = 300
LINES = 100


@dataclass(frozen=True)
class Moment:
    """A room after one of its entries. ``state`` is None where it would take too long to work out."""

    seq: int
    at: datetime | None
    lines: list[Line]
    state: dict[str, Any] | None
    steps: Steps
    has_earlier: bool

    @property
    def board(self) -> list[Column]:
        return board_of(self.state["cards"] if self.state else [])

    @property
    def step(self) -> str:
        """The step of the agenda that it stood at."""
        place = self.state["agenda"] if self.state else None
        return "" if place is None else self.steps.get(place, str(place))

    @property
    def timer(self) -> str:
        """For how long the timer had been set; whether it was over then, the times of the lines tell."""
        timer = self.state["timer"] if self.state else None
        return clock(timer["seconds"]) if timer else ""


def moment_of(room: Room, seq: int) -> Moment:
    """The room after its entry ``seq``; 0 is before the first."""
    steps = steps_of(room.event)
    entries = selectors.last_entries(room.pk, before=seq + 1, most=LINES)
    at = entries[-1].at if entries else None
    lines = lines_of((entry.told() for entry in entries), steps, room.state.get("later"))
    return Moment(seq, at, lines, _state(room, seq), steps, bool(entries) and entries[0].seq > 1)


def _state(room: Room, seq: int) -> dict[str, Any] | None:
    if seq == room.last_seq:
        return selectors.state_of(room)
    changing = Entry.objects.filter(room=room, seq__lte=seq).exclude(kind="chat.post")
    found = changing.select_related("sender").defer("client_id", "digest").order_by("seq")[: MOST_FOLDED + 1]
    state = at_the_start()
    for number, entry in enumerate(found, start=1):
        if number > MOST_FOLDED:
            return None
        state = after(state, entry.told())
    return state


@dataclass(frozen=True)
class Marks:
    """Where in a talk something began, up to a number of them."""

    lines: list[Line]
    has_more: bool


def marks_of(room: Room, steps: Steps) -> Marks:
    """Steps of the agenda, announcements, cards and the end, in order."""
    found = Entry.objects.filter(room=room, kind__in=MARKS).select_related("sender").defer("client_id", "digest")
    entries = list(found.order_by("seq")[: MOST_MARKS + 1])
    lines = lines_of((entry.told() for entry in entries[:MOST_MARKS]), steps, room.state.get("later"))
    return Marks(lines, len(entries) > MOST_MARKS)
