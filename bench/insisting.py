"""Clients of a room that insist: they send again what was not acknowledged, go on where they were, and note whatever does not fit.

Each has several links at once, so that what it sends arrives in another order than it was sent. Also used by tests.
"""

import asyncio
import json
import math
import random
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, count
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

GONE = (OSError, WebSocketException, TimeoutError, EOFError)
AGAIN_AFTER = 1.5  # seconds without an acknowledgement
Stored = list[tuple[int, str]]


class Insisting:
    """Somebody in a room. ``doors`` are addresses of the room up to ``since=``; each new link takes any of them."""

    def __init__(self, doors: Sequence[str], headers: dict[str, str], sends: int, *, links: int = 2) -> None:
        self.doors, self.headers, self.links = doors, headers, links
        self.heard: dict[int, tuple[dict[str, Any], float]] = {}
        self.told = 0  # up to here everything was heard
        self.acked: dict[str, tuple[int, float]] = {}
        self.unsent: dict[str, float | None] = dict.fromkeys(str(uuid4()) for _one in range(sends))  # when each was sent last
        self.wrong: list[str] = []
        self.times_in = 0
        self.is_done = False
        self._open: dict[Any, set[str]] = {}  # what was sent over each link

    async def live(self, pace: "Pace") -> None:
        """Until ``is_done``."""
        await asyncio.gather(self._talk(pace), *(self._keep_a_link() for _one in range(self.links)))

    async def _keep_a_link(self) -> None:
        while not self.is_done:
            with suppress(*GONE):
                await self._listen()
            await asyncio.sleep(random.uniform(0.05, 0.4))

    async def _listen(self) -> None:
        place = random.choice(self.doors) + str(self.told)
        began = self.told
        async with connect(place, additional_headers=self.headers, compression=None, open_timeout=3, close_timeout=0.2) as link:
            self._open[link] = set()
            try:
                following = count(began + 1)
                while not self.is_done:
                    with suppress(TimeoutError):
                        self._hear(json.loads(await asyncio.wait_for(link.recv(), 0.5)), began, following)
            finally:
                for key in self._open.pop(link) & self.unsent.keys():
                    self.unsent[key] = 0.0  # nobody knows what became of it

    def _hear(self, told: dict[str, Any], began: int, following: "count[int]") -> None:
        if told["type"] == "hello":
            self.times_in += 1
            if told["latest"] < began:
                self.wrong.append(f"the room went back from {began} to {told['latest']}")
        elif told["type"] == "event":
            self._heard(told, next(following))
        elif told["type"] == "ack":
            self._acked(told["client_id"], told["seq"])
        elif told["type"] == "error":
            self.wrong.append(f"an error: {told['code']}")

    def _heard(self, told: dict[str, Any], expected: int) -> None:
        if told["seq"] != expected:
            self.wrong.append(f"a link told {told['seq']} where {expected} follows")
        if self.heard.setdefault(told["seq"], (told, time.monotonic()))[0] != told:
            self.wrong.append(f"two links tell entry {told['seq']} differently")
        while self.told + 1 in self.heard:
            self.told += 1

    def _acked(self, key: str, seq: int) -> None:
        if self.acked.setdefault(key, (seq, time.monotonic()))[0] != seq:
            self.wrong.append(f"one message was acknowledged under {seq} and {self.acked[key][0]}")
        self.unsent.pop(key, None)

    async def _talk(self, pace: "Pace") -> None:
        while not self.is_done and self.unsent:
            await asyncio.sleep(pace.next())
            if self._open and (key := self._due()) and (self.unsent[key] is not None or pace.lets()):
                link = random.choice(list(self._open))
                self._open[link].add(key)
                self.unsent[key] = time.monotonic()
                with suppress(*GONE):
                    await asyncio.wait_for(link.send(json.dumps({"action": "chat.post", "client_id": key, "data": {"text": key}})), 1)

    def _due(self) -> str | None:
        """The first that was sent too long ago, or never."""
        long_ago = time.monotonic() - AGAIN_AFTER
        return next((key for key, sent_at in self.unsent.items() if sent_at is None or sent_at < long_ago), None)


class Pace:
    """How long each sender waits between two messages, and how many new ones are left for all; whoever plays changes both."""

    def __init__(self, mean: float, left: float = math.inf) -> None:
        self.mean, self.left = mean, left

    def lets(self) -> bool:
        """Take one of those that are left."""
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def next(self) -> float:
        return random.uniform(0.2, 1.8) * self.mean


def acknowledged(clients: Iterable[Insisting]) -> int:
    return sum(len(client.acked) for client in clients)


async def all_have(clients: Sequence[Insisting], latest: int, seconds: float) -> float | None:
    """How long it took until everybody had heard everything up to a number; None where it took too long."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if all(client.told >= latest for client in clients):
            return time.monotonic() - began
        await asyncio.sleep(0.02)
    return None


def faults(clients: Sequence[Insisting], stored: Stored) -> list[str]:
    """What does not hold of a room's stored entries (number and words) and what its clients heard, in sentences; none if all does."""
    found = [f"client {number}: {what}" for number, client in enumerate(clients) for what in client.wrong]
    acked = {key: seq for client in clients for key, (seq, _at) in client.acked.items()}
    if [seq for seq, _words in stored] != list(range(1, len(stored) + 1)):
        found.append("the numbers of the log have a gap or a double")
    if len({words for _seq, words in stored}) != len(stored):
        found.append("a message stands in the log twice")
    if left := sum(len(client.unsent) for client in clients):
        found.append(f"{left} messages were never acknowledged")
    there = dict(stored)
    if lost := [key for key, seq in acked.items() if there.get(seq) != key]:
        found.append(f"{len(lost)} acknowledged messages are not where their number says")
    if strange := there.keys() - set(acked.values()):
        found.append(f"{len(strange)} entries of the log were never acknowledged to anybody")
    return found + [f"client {number} heard something else than the log" for number in _hard_of_hearing(clients, stored)]


def _hard_of_hearing(clients: Sequence[Insisting], stored: Stored) -> list[int]:
    heard = [[(seq, told["data"]["text"]) for seq, (told, _at) in sorted(client.heard.items())] for client in clients]
    return [number for number, one in enumerate(heard) if one != stored]


def slowest_delivery(clients: Sequence[Insisting], since: float, until: float) -> tuple[int, float]:
    """Of what was acknowledged between two moments: how many messages, and the longest that anybody waited for one."""
    acked = chain.from_iterable(client.acked.values() for client in clients)
    told = [(seq, at) for seq, at in acked if since <= at <= until]
    waits = [client.heard[seq][1] - at for seq, at in told for client in clients if seq in client.heard]
    return len(told), max(waits, default=0.0)
