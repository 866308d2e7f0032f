"""Sockets that only ring: a page that stands open hears that there is something, and asks for it with the rights of its reader.

All that rang within a second is handed out together, and only after it was asked who may still hear it; who may not is sent out.
"""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from cop_site.core import ring

from . import ears
from .ears import Ear, Listener
from .hub import RESTART, TOO_SLOW, Hub
from .listeners import TOPIC
from .places import Places
from .protocol import LINE
from .routing import refused

PAUSE = 1.0  # seconds: at most one ring of a name to a socket
EVERY = 2.0  # seconds between looks at all of them
SPEAKS = 1008  # what closes a socket over which something is said: nobody listens at this end
logger = logging.getLogger(__name__)


class Rings:
    """All sockets of this process that only ring. ``hub`` lends its threads and its loop."""

    def __init__(self, hub: Hub) -> None:
        self._hub, self.ask = hub, hub.ask
        self.places = Places(hub.ask, hub.soon, "rings")
        self.is_closing = False
        self._all: set[Ear] = set()
        self._of: dict[tuple[str, int], set[Ear]] = defaultdict(set)
        self._rung: dict[Ear, set[str]] = defaultdict(set)
        self._looked_at = 0.0
        self._woken = asyncio.Event()
        self._now = asyncio.get_running_loop().time
        self.hears: dict[str, Callable[[Any], None]] = {
            ring.INBOX: self.rung_for_people,
            TOPIC: self.rung_for_topic,
            ring.RIGHTS: self.doubt,
        }
        self._deafen = hub.hear_here(self.hears)
        hub.soon(self._go_on())

    # --- coming and going

    def enter(self, ear: Ear) -> None:
        if not self._all:
            self._woken.set()  # nobody was looked at so far
        self._all.add(ear)
        for place in _places_of(ear):
            self._of[place].add(ear)

    def leave(self, ear: Ear) -> None:
        if ear not in self._all:
            return
        self._all.discard(ear)
        self._rung.pop(ear, None)
        for place in _places_of(ear):
            self._of[place].discard(ear)
            if not self._of[place]:
                del self._of[place]
        self.places.give_back(ear.listener.person, ear.place)

    async def send_out(self, ear: Ear, code: int) -> None:
        """It hears nothing more, and closes."""
        if not ear.is_out:
            ear.is_out = True
            self.leave(ear)
            await ear.shut(code)

    # --- ringing

    def rung_for_people(self, people: Iterable[int]) -> None:
        for person in people:
            self._ring(ring.INBOX, person)

    def rung_for_topic(self, topic: int) -> None:
        self._ring(TOPIC, topic)

    def _ring(self, name: str, about: int) -> None:
        for ear in self._of.get((name, about), ()):
            self._rung[ear].add(name)
            self._woken.set()

    def doubt(self, _what: Any = None) -> None:
        """Somebody may have lost a right: all are looked at."""
        self._looked_at = 0.0
        self._woken.set()

    async def _go_on(self) -> None:
        while True:
            due_in = self._looked_at + EVERY - self._now()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), max(0.0, due_in) if self._all else None)
            self._woken.clear()
            rung, self._rung = self._rung, defaultdict(set)
            try:
                await self._hand_out(rung)
            except Exception as error:  # rights cannot be asked: nothing is handed out before they can
                logger.error("Rings could not be handed out: %s", type(error).__name__)
                self._keep(rung)
            await asyncio.sleep(PAUSE if rung else PAUSE / 10)

    async def _hand_out(self, rung: dict[Ear, set[str]]) -> None:
        asked = await self._whom_to_ask(rung)
        out = await self.ask(ears.who_must_go, [ear.listener for ear in asked]) if asked else {}
        for ear in asked:
            if code := out.get(ear.listener):
                self._hub.soon(self.send_out(ear, code))
            elif not all(ear.is_out or ear.takes_ring(name) for name in sorted(rung.get(ear, ()))):
                self._hub.soon(self.send_out(ear, TOO_SLOW))

    async def _whom_to_ask(self, rung: Iterable[Ear]) -> list[Ear]:
        """Those for whom it rang; from time to time, and when somebody may have lost a right, everybody."""
        if self._now() < self._looked_at + EVERY - PAUSE / 2:
            return list(rung)
        self._looked_at = self._now()
        await self.places.renew()
        return list(self._all)

    def _keep(self, rung: dict[Ear, set[str]]) -> None:
        for ear in rung.keys() & self._all:
            self._rung[ear] |= rung[ear]
            self._woken.set()

    # --- the end

    async def close(self) -> None:
        """Send everybody out, to come back when the server is there again."""
        self.is_closing = True
        await asyncio.gather(*(self.send_out(ear, RESTART) for ear in list(self._all)))

    async def end(self) -> None:
        self._deafen()
        await self.close()


async def ring_socket(rings: Rings, scope: Any, receive: Any, send: Any) -> None:
    """A socket that hears rings; whoever may not is refused, and not told why."""
    listener = await _let_in(rings, scope)
    place = await rings.places.take(listener.person) if listener else None
    if listener is None or place is None:
        await refused(scope, receive, send)
        return
    ear = Ear(listener, send, place, scope.get("extensions", {}).get(LINE))
    rings.enter(ear)
    try:
        ear.task = asyncio.current_task()
        await receive()
        await send({"type": "websocket.accept"})
        if (await receive())["type"] == "websocket.receive":
            await rings.send_out(ear, SPEAKS)
    except (OSError, asyncio.CancelledError):
        pass  # it is gone, or was too slow even to be told so
    except Exception as error:
        if not ear.is_out:  # else it was closed while it was let in
            logger.error("A socket that rings failed: %s", type(error).__name__)
            await rings.send_out(ear, RESTART)
    finally:
        ear.is_out = True
        rings.leave(ear)


async def _let_in(rings: Rings, scope: Any) -> Listener | None:
    given = parse_qs(scope["query_string"].decode("latin-1")).get("topic", [""])[-1]
    if rings.is_closing or not re.fullmatch(r"[0-9]{0,18}", given):
        return None
    try:
        return await rings.ask(ears.let_in, int(given) if given else None, scope["session"].session_key)
    except Exception as error:
        logger.error("Nobody could be let in to hear rings: %s", type(error).__name__)
        return None


def _places_of(ear: Ear) -> Iterable[tuple[str, int]]:
    """Where a ring finds it."""
    yield ring.INBOX, ear.listener.person
    if ear.listener.topic is not None:
        yield TOPIC, ear.listener.topic
