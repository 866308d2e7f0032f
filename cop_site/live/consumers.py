"""One socket of a room: let in or refused, greeted, listened to. Whatever is sent, it answers or closes; it never fails."""

import asyncio
import json
import logging
import re
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.utils import translation

from cop_site.events import pace, schemas
from cop_site.events.refusing import Refused
from cop_site.events.schemas import Order
from cop_site.events.writer import writer

from . import door
from .door import Guest
from .hub import RESTART, Hub, Seat

PATH = re.compile(r"/ws/rooms/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/", re.ASCII)
logger = logging.getLogger(__name__)


async def room_socket(hub: Hub, scope: Any, receive: Any, send: Any) -> None:
    """Every socket of the site comes here; whoever may not enter hears no more than that."""
    await receive()
    guest = await _let_in(hub, scope)
    if guest is None:
        await send({"type": "websocket.close"})  # before it was accepted: HTTP 403
        return
    since = min(since_in(scope), guest.latest)
    seat = Seat(guest, send, since)
    hub.enter(seat)
    try:
        seat.task = asyncio.current_task()
        await send({"type": "websocket.accept"})
        await _send(seat, _hello(guest))
        hub.soon(hub.catch_up(seat))
        await _listen(hub, seat, receive)
    except (OSError, asyncio.CancelledError):
        pass  # it is gone, or was too slow even to be told so
    except Exception as error:
        if not seat.is_out:  # else it was closed while it was answered
            logger.error("A socket failed: %s", type(error).__name__)
            await hub.send_out(seat, RESTART)
    finally:
        seat.is_out = True
        hub.leave(seat)


async def _let_in(hub: Hub, scope: Any) -> Guest | None:
    path = PATH.fullmatch(scope["path"])
    if not path or hub.is_closing or not door.comes_from_here(scope):
        return None
    try:
        guest = await hub.ask(door.let_in, UUID(path[1]), door.session_key(scope))
    except Exception as error:
        logger.error("Nobody could be let in: %s", type(error).__name__)
        return None
    return guest if guest and hub.has_place(guest.person.pk) else None


def since_in(scope: Any) -> int:
    """The number a client has, as far as it can be read; else it has nothing yet."""
    given = parse_qs(scope["query_string"].decode("latin-1")).get("since", ["0"])[-1]
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def _hello(guest: Guest) -> dict[str, Any]:
    you = {"id": guest.person.handle, "name": guest.person.name, "says": guest.says}
    return {"type": "hello", "room": str(guest.room), "latest": guest.latest, "you": you, "state": guest.state}


async def _send(seat: Seat, frame: dict[str, Any]) -> None:
    await seat.send({"type": "websocket.send", "text": json.dumps(frame)})


async def _listen(hub: Hub, seat: Seat, receive: Any) -> None:
    """One frame after the other: who sends faster than can be written waits in line, in the network."""
    while (message := await receive())["type"] == "websocket.receive":
        if not seat.is_out:
            answer = await _answer(hub, seat, message.get("text"))
            if not seat.is_out:
                await _send(seat, answer)


async def _answer(hub: Hub, seat: Seat, said: str | None) -> dict[str, Any]:
    """The ack or error frame for what was said. Bytes are nothing that can be read."""
    client_id: str | None = None
    person = seat.guest.person
    try:
        frame = schemas.read("" if said is None else said)
        client_id = schemas.client_id_in(frame)
        if not pace.lets(person.pk):
            raise Refused("rate_limited")
        order = await hub.ask(_order, frame, seat.guest)
        outcome = await asyncio.wrap_future(writer.submit(order))
    except Refused as refusal:
        outcome = refusal
    if isinstance(outcome, Refused):
        with translation.override(person.language):
            return outcome.told(client_id)
    return {"type": "ack", "client_id": client_id, "seq": outcome}


def _order(frame: Any, guest: Guest) -> Order:
    return schemas.order(frame, room=guest.room, by=guest.person.pk)
