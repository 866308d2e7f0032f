"""The hub of a process: it reads each new entry once, encodes it once and hands the same frame to all its sockets.

Rings say that there is something new; a lost ring is healed by a look at the rooms every second, which also sends out
those who lost their right. Everything here runs in the server's loop; the database is asked in threads.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connections

from cop_site.core import ring
from cop_site.events import log, selectors

from . import door, presence
from .door import Guest
from .places import Places
from .protocol import frames_of
from .seats import Entries, Hall, Seat

THREADS = 4
EVERY = 1.0  # seconds between looks around
HEADS_EVERY = 15.0
PATIENCE = 10.0  # a reader that takes nothing for so long is too slow
TOO_SLOW, RESTART = 4408, 1012
PORTION = 32 * 1024  # characters that are handed over at once
logger = logging.getLogger(__name__)


class Hub:
    """All rooms that somebody of this process is in."""

    def __init__(self) -> None:
        self.halls: dict[UUID, Hall] = {}
        self.is_closing = False
        self._all: set[Seat] = set()
        self._tasks: set[asyncio.Task] = set()
        self.places = Places(self.ask, self.soon)
        self.presence = presence.Presence(self.ask)
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="room")
        self._loop = asyncio.get_running_loop()
        self.hears: dict[str, Callable[[Any], None]] = {log.BELL: self.rung, ring.RIGHTS: self.doubt}
        self._deafen = self.hear_here(self.hears)
        self._doubts = 0
        self.is_sure = asyncio.Event()  # nobody may have lost a right who is still inside
        self.is_sure.set()
        self.soon(self._watch())
        self.soon(self._keep_leases())

    def hear_here(self, hears: dict[str, Callable[[Any], None]]) -> Callable[[], None]:
        """Have them called in the loop when something is told in this process, in whichever thread; returns what ends it."""

        def from_any_thread(told: Callable[[Any], None], what: Any) -> None:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(told, what)

        heard = {name: partial(from_any_thread, told) for name, told in hears.items()}
        for name, told in heard.items():
            ring.hear(name, told)

        def deafen() -> None:
            for name, told in heard.items():
                ring.deafen(name, told)

        return deafen

    async def ask(self, question: Callable[..., Any], *about: Any) -> Any:
        """Ask the database, in one of a few threads."""
        return await self._loop.run_in_executor(self._threads, _asked, question, about)

    def soon(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- coming and going

    def enter(self, seat: Seat) -> None:
        """From now on the seat is looked after; it is told what is new once it has ``caught_up``."""
        self._all.add(seat)
        self._hall(seat.guest).inside.add(seat)

    def leave(self, seat: Seat) -> None:
        if seat in self._all:
            self._all.discard(seat)
            self.places.give_back(seat.guest.person.pk, seat.place)
        if hall := self.halls.get(seat.guest.room):
            hall.inside.discard(seat)
            hall.seats.discard(seat)
            self._forget(hall)

    def _hall(self, guest: Guest) -> Hall:
        return self.halls.setdefault(guest.room, Hall(guest.room, guest.latest))

    def _forget(self, hall: Hall) -> None:
        if not hall.inside and not hall.waiting:
            self.halls.pop(hall.room, None)

    async def catch_up(self, seat: Seat) -> None:
        """Tell a seat all that follows its cursor, at its own pace; then it hears with the others."""
        try:
            while not seat.is_out:
                hall = self._hall(seat.guest)
                if seat.cursor >= hall.sent:
                    hall.seats.add(seat)
                    return
                entries = await self.ask(selectors.frames_after, seat.guest.room, seat.cursor)
                await self.is_sure.wait()
                for seq, text in entries:
                    if not seat.takes_entry(seq, text):
                        await asyncio.wait_for(seat.send({"type": "websocket.send", "text": text}), PATIENCE)
                        seat.cursor = seq
        except TimeoutError:
            await self.send_out(seat, TOO_SLOW)
        except OSError:  # gone
            self.leave(seat)
        except Exception as error:
            logger.error("A socket could not be told what is new: %s", type(error).__name__)
            await self.send_out(seat, RESTART)

    async def send_out(self, seat: Seat, code: int) -> None:
        """Nothing more is told; then the socket closes, or is dropped where it does not even take that."""
        if seat.is_out:
            return
        seat.is_out = True
        self.leave(seat)
        await seat.shut(code)

    async def wait_for_more(self, guest: Guest, seconds: float) -> None:
        """Until the room has more than the guest knows, at most so long."""
        hall, rang = self._hall(guest), asyncio.Event()
        hall.waiting.add(rang)
        try:
            if hall.latest <= guest.latest and not self.is_closing:
                await asyncio.wait_for(rang.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            hall.waiting.discard(rang)
            self._forget(hall)

    # --- telling

    def rung(self, what: tuple[UUID, int, *tuple[Entries, ...]]) -> None:
        """A room has entries up to a number; those that this process just wrote may come along."""
        room, latest, *fresh = what
        if hall := self.halls.get(room):
            if latest > hall.latest:
                hall.latest = latest
                for one in hall.waiting:
                    one.set()
            if self.is_sure.is_set() and fresh and fresh[0] and fresh[0][0][0] == hall.sent + 1 and not hall.is_reading:
                self._hand_out(hall, fresh[0])
            if hall.latest > hall.sent and not hall.is_reading:
                hall.is_reading = True
                self.soon(self._read(hall))

    async def _read(self, hall: Hall) -> None:
        try:
            while hall.sent < hall.latest:
                entries = await self.ask(selectors.frames_after, hall.room, hall.sent)
                if not entries:
                    return
                await self.is_sure.wait()
                self._hand_out(hall, entries)
        except Exception as error:  # the next look around tries again
            logger.error("A room could not be read: %s", type(error).__name__)
        finally:
            hall.is_reading = False

    def _hand_out(self, hall: Hall, entries: Entries) -> None:
        for some in _portions(entries):
            frames = frames_of(text for _seq, text in some)
            for seat in list(hall.seats):
                if not seat.takes_entries(some, frames):  # its line is full: it goes on at its own pace
                    hall.seats.discard(seat)
                    self.soon(self.catch_up(seat))
            hall.sent = some[-1][0]

    # --- looking around

    async def _watch(self) -> None:
        heads_at = self._loop.time()
        while True:
            await asyncio.sleep(EVERY)
            await self._look_around()
            if self._loop.time() - heads_at >= HEADS_EVERY:
                heads_at = self._loop.time()
                self._tell_heads()

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(presence.EVERY)
            try:
                await self.places.renew()
                await self.presence.tell(self.halls.values())
            except Exception as error:  # names cannot be asked for: the next round does
                logger.error("Who is there could not be told: %s", type(error).__name__)

    async def greet(self, seat: Seat) -> None:
        """Tell who is there, once to whoever enters."""
        with suppress(DatabaseError):  # told with the next change
            await self.presence.greet(self._hall(seat.guest), seat)

    def doubt(self, _what: Any = None) -> None:
        """Somebody may have lost a right: until that was looked at nobody is told anything."""
        self._doubts += 1
        self.is_sure.clear()
        self.soon(self._look_again())

    async def _look_again(self) -> None:
        try:
            await self._look_around()
        finally:
            self._doubts -= 1
            if not self._doubts:
                self.is_sure.set()

    async def _look_around(self) -> None:
        if not self.halls and not self._all:
            return
        asked = [(seat, seat.guest) for seat in self._all]  # another look may renew a guest meanwhile
        rooms = set(self.halls) | {guest.room for _seat, guest in asked}
        try:
            report = await self.ask(door.look_around, [guest for _seat, guest in asked], rooms)
        except Exception as error:  # rights cannot be asked: the next look does
            logger.error("Sockets could not be looked after: %s", type(error).__name__)
            return
        for seat, guest in asked:
            if (code := report.out.get(guest)) is not None:
                self.soon(self.send_out(seat, code))
            elif seat.guest is guest:
                seat.guest = report.renewed.get(guest, guest)
        for told in report.latest.items():
            self.rung(told)

    def _tell_heads(self) -> None:
        for hall in list(self.halls.values()):
            frame = json.dumps({"type": "head", "latest": hall.sent})
            for seat in list(hall.seats):
                if not seat.takes(frame):
                    hall.seats.discard(seat)
                    self.soon(self.catch_up(seat))

    async def close(self) -> None:
        """Send everybody out, to come back when the server is there again."""
        self.is_closing = True
        for hall in self.halls.values():
            for one in hall.waiting:
                one.set()
        await asyncio.gather(*(self.send_out(seat, RESTART) for seat in list(self._all)))

    async def end(self) -> None:
        """Leave nothing behind: no task, no thread, no connection."""
        await self.close()
        with suppress(DatabaseError):
            await self.presence.end()
        self._deafen()
        for task in list(self._tasks):
            task.cancel()
        for _thread in range(THREADS):
            self._threads.submit(connections.close_all)
        await self._loop.run_in_executor(None, self._threads.shutdown)


def _portions(entries: Entries) -> Iterator[Entries]:
    """Entries of a number of characters that a socket may have waiting, one at least."""
    start = size = 0
    for at, (_seq, text) in enumerate(entries):
        if at > start and size + len(text) > PORTION:
            yield entries[start:at]
            start, size = at, 0
        size += len(text)
    yield entries[start:]


def _asked(question: Callable[..., Any], about: tuple[Any, ...]) -> Any:
    close_old_connections()
    try:
        return question(*about)
    finally:
        close_old_connections()
