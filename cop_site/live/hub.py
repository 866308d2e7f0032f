"""The hub of a process: it reads each new entry once, encodes it once and hands the same frame to all its sockets.

Rings say that there is something new; a lost ring is healed by a look at the rooms every second, which also sends out
those who lost their right. Everything here runs in the server's loop; the database is asked in threads.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import close_old_connections, connections

from cop_site.core import ring
from cop_site.events import log, pace, selectors

from . import door
from .door import Guest
from .listeners import RIGHTS

THREADS = 4
EVERY = 1.0  # seconds between looks around
HEADS_EVERY = 15.0
PATIENCE = 10.0  # a reader that takes nothing for so long is too slow
TOO_SLOW, RESTART = 4408, 1012
MOST_PLACES = 10  # sockets and waiting questions of one account
logger = logging.getLogger(__name__)
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Seat:
    """One socket in a room, and how far it has been told."""

    def __init__(self, guest: Guest, send: Send, since: int) -> None:
        self.guest, self.send, self.cursor = guest, send, since
        self.task: asyncio.Task | None = None  # the one that listens to it
        self.is_out = False


class Hall:
    """A room as this process knows it: who listens, and up to which number they have been told."""

    def __init__(self, room: UUID, sent: int) -> None:
        self.room, self.sent, self.latest = room, sent, sent
        self.inside: set[Seat] = set()
        self.seats: set[Seat] = set()  # of those inside, who has caught up
        self.waiting: set[asyncio.Event] = set()
        self.is_reading = False


class Hub:
    """All rooms that somebody of this process is in."""

    def __init__(self) -> None:
        self.halls: dict[UUID, Hall] = {}
        self.is_closing = False
        self._all: set[Seat] = set()
        self._tasks: set[asyncio.Task] = set()
        self._places: dict[int, int] = {}
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="room")
        self._loop = asyncio.get_running_loop()
        self._rung = self._from_any_thread(self.rung)
        self._rights = self._from_any_thread(lambda _nothing: self.soon(self._look_around()))
        ring.hear(log.BELL, self._rung)
        ring.hear(RIGHTS, self._rights)
        self.soon(self._watch())

    def _from_any_thread(self, told: Callable[[Any], None]) -> Callable[[Any], None]:
        def call(what: Any) -> None:
            with suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(told, what)

        return call

    async def ask(self, question: Callable[..., Any], *about: Any) -> Any:
        """Ask the database, in one of a few threads."""
        return await self._loop.run_in_executor(self._threads, _asked, question, about)

    def soon(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- coming and going

    def has_place(self, person: int) -> bool:
        return self._places.get(person, 0) < MOST_PLACES or not pace.is_kept()

    def take_place(self, person: int, *, places: int = 1) -> None:
        self._places[person] = self._places.get(person, 0) + places
        if self._places[person] <= 0:
            del self._places[person]

    def enter(self, seat: Seat) -> None:
        """From now on the seat is looked after; it is told what is new once it has ``caught_up``."""
        self._all.add(seat)
        self._hall(seat.guest).inside.add(seat)
        self.take_place(seat.guest.person.pk)

    def leave(self, seat: Seat) -> None:
        if seat in self._all:
            self._all.discard(seat)
            self.take_place(seat.guest.person.pk, places=-1)
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
                frames = await self.ask(selectors.frames_after, seat.guest.room, seat.cursor)
                for seq, text in frames:
                    await asyncio.wait_for(seat.send({"type": "websocket.send", "text": text}), PATIENCE)
                    seat.cursor = seq
                hall = self._hall(seat.guest)
                if not frames and seat.cursor >= hall.sent and not seat.is_out:
                    hall.seats.add(seat)
                    return
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
        try:
            await asyncio.wait_for(seat.send({"type": "websocket.close", "code": code}), 1.0)
        except (TimeoutError, OSError, RuntimeError):  # it takes nothing any more, or is closed already
            if seat.task:
                seat.task.cancel()

    async def wait_for_more(self, guest: Guest, seconds: float) -> None:
        """Until the room has more than the guest knows, at most so long."""
        hall, rang = self._hall(guest), asyncio.Event()
        hall.waiting.add(rang)
        self.take_place(guest.person.pk)
        try:
            if hall.latest <= guest.latest and not self.is_closing:
                await asyncio.wait_for(rang.wait(), seconds)
        except TimeoutError:
            pass
        finally:
            hall.waiting.discard(rang)
            self._forget(hall)
            self.take_place(guest.person.pk, places=-1)

    # --- telling

    def rung(self, what: tuple[UUID, int]) -> None:
        """A room has entries up to a number."""
        room, latest = what
        if hall := self.halls.get(room):
            if latest > hall.latest:
                hall.latest = latest
                for one in hall.waiting:
                    one.set()
            if hall.latest > hall.sent and not hall.is_reading:
                hall.is_reading = True
                self.soon(self._read(hall))

    async def _read(self, hall: Hall) -> None:
        try:
            while hall.sent < hall.latest:
                frames = await self.ask(selectors.frames_after, hall.room, hall.sent)
                if not frames:
                    return
                for seq, text in frames:
                    self._hand_out(hall, seq, {"type": "websocket.send", "text": text})
                    hall.sent = seq
        except Exception as error:  # the next look around tries again
            logger.error("A room could not be read: %s", type(error).__name__)
        finally:
            hall.is_reading = False

    def _hand_out(self, hall: Hall, seq: int, frame: dict[str, Any]) -> None:
        for seat in list(hall.seats):
            if seq > seat.cursor and _takes(seat, frame):
                seat.cursor = seq
            elif seq > seat.cursor:  # its line is full: it goes on at its own pace
                hall.seats.discard(seat)
                self.soon(self.catch_up(seat))

    # --- looking around

    async def _watch(self) -> None:
        heads_at = self._loop.time()
        while True:
            await asyncio.sleep(EVERY)
            await self._look_around()
            if self._loop.time() - heads_at >= HEADS_EVERY:
                heads_at = self._loop.time()
                self._tell_heads()

    async def _look_around(self) -> None:
        if not self.halls and not self._all:
            return
        seats = list(self._all)
        rooms = set(self.halls) | {seat.guest.room for seat in seats}
        try:
            report = await self.ask(door.look_around, [seat.guest for seat in seats], rooms)
        except Exception as error:  # rights cannot be asked: the next look does
            logger.error("Sockets could not be looked after: %s", type(error).__name__)
            return
        for seat in seats:
            if (code := report.out.get(seat.guest)) is not None:
                self.soon(self.send_out(seat, code))
            seat.guest = report.renewed.get(seat.guest, seat.guest)
        for told in report.latest.items():
            self.rung(told)

    def _tell_heads(self) -> None:
        for hall in list(self.halls.values()):
            frame = {"type": "websocket.send", "text": json.dumps({"type": "head", "latest": hall.sent})}
            for seat in list(hall.seats):
                if not _takes(seat, frame):
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
        ring.deafen(log.BELL, self._rung)
        ring.deafen(RIGHTS, self._rights)
        for task in list(self._tasks):
            task.cancel()
        for _thread in range(THREADS):
            self._threads.submit(connections.close_all)
        await self._loop.run_in_executor(None, self._threads.shutdown)


def _takes(seat: Seat, frame: dict[str, Any]) -> bool:
    """Hand a frame to a socket without waiting; False where its line is full, and nothing of it was sent."""
    sending = seat.send(frame)
    try:
        sending.send(None)  # type: ignore[attr-defined]
    except StopIteration:
        return True
    except Exception:  # gone, or closing: whoever listens to it notices too
        return True
    sending.close()  # type: ignore[attr-defined]
    return False


def _asked(question: Callable[..., Any], about: tuple[Any, ...]) -> Any:
    close_old_connections()
    try:
        return question(*about)
    finally:
        close_old_connections()
