"""What the screen of a room shows to one reader: talk, board and agenda, with what of it is the reader's own."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.models import User

from . import policy, selectors
from .marks import mark_of
from .models import Card, CardVote, Entry, Mark, Room

TALK = ("chat.post", "broadcast", "room.close")  # what stands in the talk; the rest is seen in what it changes
MOST_LINES = 100


@dataclass(frozen=True)
class Line:
    """One line of the talk, for one reader."""

    seq: int
    kind: str
    at: datetime
    sender: User | None
    text: str
    until: str  # of the end of a live part: so long one answers
    is_hidden: bool
    is_own: bool
    is_blocked: bool
    can_be_silenced: bool


class Screen:
    """A room before one reader. Asks the same number of questions however much stands in it."""

    def __init__(self, room: Room, reader: User, *, before: int | None = None) -> None:
        self.room, self.reader, self.before = room, reader, before
        self.leads = policy.leads(reader, room.event)
        self.speaks_named = policy.is_named(room, "chat.post", as_leader=self.leads)
        self.can_silence = policy.can_silence(reader, room)

    @cached_property
    def blocked(self) -> set[str]:
        """Handles of those whom the reader blocks; told to nobody else."""
        people = blocked_by(self.reader)
        return set(User.objects.filter(pk__in=people).values_list("handle", flat=True)) if people else set()

    @cached_property
    def lines(self) -> list[Line]:
        """The end of the talk, or what stands before a number in it, in order."""
        found = Entry.objects.filter(room=self.room, kind__in=TALK, seq__lte=self.room.last_seq).select_related("sender")
        found = found if self.before is None else found.filter(seq__lt=self.before)
        return [self._line(entry) for entry in reversed(found.defer("client_id", "digest").order_by("-seq")[:MOST_LINES])]

    def _line(self, entry: Entry) -> Line:
        who = entry.sender
        is_blocked = entry.kind == "chat.post" and who is not None and who.handle in self.blocked  # what is announced concerns everybody
        is_own = entry.seq in self._own if who is None else who == self.reader
        text, until = (entry.data.get(name, "") for name in ("text", "until"))
        return Line(
            entry.seq,
            entry.kind,
            entry.at,
            who,
            text,
            until,
            bool(entry.data.get("is_hidden")),
            is_own,
            is_blocked,
            self._has_author(entry.seq, who),
        )

    @property
    def earlier(self) -> int | None:
        """The number before which more stands, if it does."""
        return self.lines[0].seq if len(self.lines) == MOST_LINES else None

    @cached_property
    def _own(self) -> set[int]:
        """What the reader said under no name, as long as the room can know it."""
        if not self.room.is_unattributed or self.room.closed_at:
            return set()
        mark = mark_of(self.reader, self.room)
        return set(Mark.objects.filter(room=self.room, mark=mark).values_list("seq", flat=True))

    @cached_property
    def _marked(self) -> set[int]:
        """What stands under no name and was said by somebody who can be silenced still."""
        is_asked = self.can_silence and self.room.is_unattributed
        return set(Mark.objects.filter(room=self.room).values_list("seq", flat=True)) if is_asked else set()

    def _has_author(self, seq: int, who: object) -> bool:
        return self.can_silence and (bool(who) or seq in self._marked)

    @cached_property
    def state(self) -> dict[str, Any]:
        """The whole state of the room."""
        return selectors.state_of(self.room)

    @property
    def word(self) -> str:
        """By what an address names the room within its event."""
        return str(self.room.pk) if self.room.kind == Room.Kind.GROUP else self.room.kind

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        """The cards as the room's state tells them, and what the reader may do with each."""
        mark = mark_of(self.reader, self.room)
        votes = CardVote.objects.filter(card__room=self.room, mark=mark).values_list("card__seq", flat=True)
        voted = set() if self.room.closed_at else set(votes)
        return [self._card(card, card["id"] in voted) for card in self.state["cards"]]

    def _card(self, card: dict[str, Any], has_vote: bool) -> dict[str, Any]:
        by = card["by"] and card["by"]["id"]
        is_own = by == self.reader.handle or card["id"] in self._own
        may_change = is_own or self.leads
        label = Card.Kind(card["kind"]).label
        told = {"is_own": is_own, "may_change": may_change, "is_blocked": by in self.blocked, "has_vote": has_vote, "label": label}
        return {**card, **told, "can_be_silenced": self._has_author(card["id"], by)}

    @cached_property
    def columns(self) -> list[dict[str, Any]]:
        """The board: a column for each kind, in it the cards of no group, then groups in the order in which they began."""
        return [{"kind": kind, "label": label, **_grouped(self.cards, kind)} for kind, label in Card.Kind.choices]

    @cached_property
    def clusters(self) -> list[str]:
        """The names of groups there are."""
        return sorted({card["cluster"] for card in self.cards if card["cluster"]})

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """The agenda, with the step at which the room is."""
        at = self.room.state["agenda"]
        return [
            {"step": step, "is_now": step.place == at, "is_done": at is not None and step.place < at}
            for step in self.room.event.steps.all()
        ]

    @property
    def step(self) -> Any:
        """The step at which the room is: its name, or its number where none are written down."""
        return next((one["step"].name for one in self.steps if one["is_now"]), self.room.state["agenda"])


def _grouped(cards: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    groups: dict[str, list[dict[str, Any]]] = {"": []}
    here = [card for card in cards if card["column"] == kind]
    for card in here:
        groups.setdefault(card["cluster"], []).append(card)
    return {"count": len(here), "groups": [{"name": name, "cards": of_it} for name, of_it in groups.items() if of_it]}
