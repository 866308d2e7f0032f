"""A socket that was let in, one in a room, and the room as this process knows it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from .door import Guest
from .protocol import frames_of

Send = Callable[[dict[str, Any]], Awaitable[None]]
Line = Callable[[bytes], bool]
Entries = Sequence[tuple[int, str]]  # by number, each as it goes to everybody


class Socket:
    """One that was let in. ``line`` writes whole frames past ``send``, where the server offers it."""

    def __init__(self, send: Send, place: str = "", line: Line | None = None) -> None:
        self.send, self.place, self.line = send, place, line
        self.task: asyncio.Task | None = None  # the one that listens to it
        self.is_out = False

    def takes(self, text: str) -> bool:
        """Hand a frame over without waiting; False where the line is full, and nothing of it was sent."""
        if self.line:
            return self.line(frames_of([text]))
        sending = self.send({"type": "websocket.send", "text": text})
        try:
            sending.send(None)  # type: ignore[attr-defined]
        except StopIteration:
            return True
        except Exception:  # gone, or closing: whoever listens to it notices too
            return True
        sending.close()  # type: ignore[attr-defined]
        return False

    async def shut(self, code: int) -> None:
        """Close it, or drop it where it does not even take that."""
        try:
            await asyncio.wait_for(self.send({"type": "websocket.close", "code": code}), 1.0)
        except (TimeoutError, OSError, RuntimeError):  # it takes nothing any more, or is closed already
            if self.task:
                self.task.cancel()


class Seat(Socket):
    """One socket in a room, and how far it has been told."""

    def __init__(self, guest: Guest, send: Send, since: int, place: str = "", line: Line | None = None) -> None:
        super().__init__(send, place, line)
        self.guest, self.cursor = guest, since

    def takes_entries(self, entries: Entries, frames: bytes) -> bool:
        """Hand over what follows the cursor, without waiting; ``frames`` are all ``entries``, encoded. False where its line is full."""
        if self.line is None or self.cursor >= entries[0][0]:
            return all(self.takes_entry(seq, text) for seq, text in entries)
        if not self.line(frames):
            return False
        self.cursor = entries[-1][0]
        return True

    def takes_entry(self, seq: int, text: str) -> bool:
        """Hand over one of them, where it follows the cursor."""
        if seq > self.cursor and self.takes(text):
            self.cursor = seq
        return seq <= self.cursor


class Hall:
    """A room as this process knows it: who listens, and up to which number they have been told."""

    def __init__(self, room: UUID, sent: int) -> None:
        self.room, self.sent, self.latest = room, sent, sent
        self.inside: set[Seat] = set()
        self.seats: set[Seat] = set()  # of those inside, who has caught up
        self.waiting: set[asyncio.Event] = set()
        self.is_reading = False
