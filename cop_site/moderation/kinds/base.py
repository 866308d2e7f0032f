"""What moderation asks of every kind of row."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import models

from cop_site.accounts.models import User
from cop_site.forums.models import Forum

from ..choices import Outcome


class State(enum.Enum):
    """Where a row stands for its readers."""

    SHOWN = "shown"
    WAITS = "waits"
    GONE = "gone"


@dataclass(frozen=True)
class Seen:
    """A row as a reader sees it; ``html`` is clean already. Never who stands behind a name."""

    title: str
    html: str
    note: str = ""
    language: str = "id"

    @property
    def digest(self) -> str:
        return sha256("\0".join((self.title, self.html, self.note)).encode()).hexdigest()


@dataclass(frozen=True)
class Place:
    """Where a row stands: what local moderators go by."""

    forum: Forum | None = None
    provinces: Sequence[str] = field(default=())
    language: str = "id"


class Kind:
    """One kind of row that can be reported.

    ``can_wait``: whether such rows may wait until a moderator has looked. ``carry_out`` says whether it changed anything;
    ``take_back`` gives back exactly that, ``grant`` does the same where an objection was right.
    """

    name: str
    label: Any
    model: type[models.Model]
    outcomes: tuple[Outcome, ...] = (Outcome.KEEP, Outcome.TAKE_AWAY)
    can_wait = False

    def find(self, pk: int, viewer: Any) -> Any:
        """The row, if ``viewer`` reads it; else None."""
        raise NotImplementedError

    def row(self, pk: int) -> Any:
        """The row, whoever reads it; None where it is gone. For deeds."""
        raise NotImplementedError

    def locked(self, pk: int) -> Any:
        """The same, for one deed alone."""
        raise NotImplementedError

    def url(self, row: Any) -> str:
        """Where readers find it."""
        return row.get_absolute_url()

    def is_hers(self, user: Any, row: Any) -> bool:
        """Whether somebody made it herself, under whichever name."""
        return self.author_of(row, reporter=None) == user

    def author_of(self, row: Any, *, reporter: Any) -> User | None:
        """Whose words are judged; nobody where they stand under a pseudonym."""
        return row.author

    def said_by(self, row: Any) -> str:
        """The name that readers see beside it."""
        author = self.author_of(row, reporter=None)
        return author.name if author else ""

    def seen(self, row: Any) -> Seen:
        """The row as a reader sees it."""
        raise NotImplementedError

    def place(self, row: Any) -> Place:
        """Where it stands."""
        return Place(provinces=getattr(row, "provinces", ()), language=getattr(row, "language", "id"))

    def state(self, row: Any) -> State:
        """Where it stands for its readers."""
        raise NotImplementedError

    def held_because(self, row: Any) -> str:
        """Why it waits, where it does."""
        return ""

    def carry_out(self, row: Any, outcome: Outcome, *, by: User, reason: str, case: int) -> bool:
        """Let the app that owns the row do what was decided."""
        return False

    def take_back(self, row: Any, outcome: Outcome, *, by: User, because: str, case: int) -> None:
        """Let the app that owns the row undo it."""

    def grant(self, row: Any, outcome: Outcome, *, by: User, because: str, reason: str, case: int) -> None:
        """Let its author have back what was taken from her."""
        self.take_back(row, outcome, by=by, because=because, case=case)
