"""A room's log told to people: what was said, and marks of what happened. The record and the replay read the same lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Card, Event

# What stands before the words of a line, by its kind; of a card also by the kind of card.
LABELS = {
    "chat.post": "",
    "broadcast": _("From those who lead:"),
    "agenda.go": _("Agenda:"),
    "timer.start": _("Timer:"),
    "room.close": _("The room is closed."),
    "room.close:later": _("The live part is over. One still answers until"),
    "card.add:praktik": _("Card, practice:"),
    "card.add:tantangan": _("Card, challenge:"),
    "card.add:kebutuhan": _("Card, need:"),
    "card.add:pelajaran": _("Card, lesson:"),
    "card.add:rekomendasi": _("Card, recommendation:"),
}
TOLD = ("chat.post", "broadcast", "agenda.go", "timer.start", "card.add", "room.close")
SAID = ("chat.post", "broadcast", "card.add")
MARKS = ("broadcast", "agenda.go", "card.add", "room.close")  # what one looks for in a long talk
Steps = dict[int, str]
Told = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One entry in words. ``words`` are what somebody said or wrote, or a value that says something in every language."""

    seq: int
    at: datetime
    kind: str
    label: Any
    words: str
    name: str
    is_hidden: bool
    until: datetime | None = None  # of the end of a live part: so long one answers
    is_later: bool = False

    @property
    def is_mark(self) -> bool:
        return self.kind in MARKS or self.kind == "timer.start"

    @property
    def can_be_hidden(self) -> bool:
        return self.kind in SAID and not self.is_hidden


def steps_of(event: Event) -> Steps:
    """The agenda by place, in the reader's language."""
    return {step.place: step.name for step in event.steps.all()}


def lines_of(entries: Iterable[Told], steps: Steps, later: Told | None = None) -> list[Line]:
    """What people read of these entries (as ``Entry.told`` tells them); votes, moves and hands are in the state, not in the talk.

    ``later`` is what the room's state says of its live part: what was said after that is marked.
    """
    after = later["after"] if later else None
    return [_line(told, steps, after) for told in entries if told["kind"] in TOLD]


def _line(told: Told, steps: Steps, after: int | None) -> Line:
    kind, data = told["kind"], told["data"]
    label = LABELS[f"{kind}:{data['kind']}" if kind == "card.add" else f"{kind}:later" if "until" in data else kind]
    name = told["actor"]["name"] if told["actor"] else ""
    at = datetime.fromisoformat(told["at"])
    until = datetime.fromisoformat(data["until"]) if "until" in data else None
    is_later = after is not None and told["seq"] > after and kind == "card.add"
    return Line(told["seq"], at, kind, label, _words(kind, data, steps), name, bool(data.get("is_hidden")), until, is_later)


def _words(kind: str, data: dict[str, Any], steps: Steps) -> str:
    if kind == "agenda.go":
        return steps.get(data["step"], str(data["step"]))
    if kind == "timer.start":
        return clock(data["seconds"])
    return data.get("text", "")


def clock(seconds: int) -> str:
    """Minutes and seconds as the clock of a room shows them."""
    return f"{seconds // 60}.{seconds % 60:02d}"


@dataclass(frozen=True)
class Column:
    """A column of the board: its cards by the cluster they were put into, those of none first."""

    kind: str
    label: Any
    clusters: list[tuple[str, list[dict[str, Any]]]]


def board_of(cards: Iterable[dict[str, Any]]) -> list[Column]:
    """The board as a state holds it, every column of it; within a cluster what got more votes stands first."""
    columns: dict[str, dict[str, list[dict[str, Any]]]] = {kind: {} for kind in Card.Kind.values}
    for card in sorted(cards, key=lambda card: (card["cluster"], -card["votes"], card["id"])):
        columns[card["column"]].setdefault(card["cluster"], []).append(card)
    return [Column(kind, Card.Kind(kind).label, list(clusters.items())) for kind, clusters in columns.items()]
