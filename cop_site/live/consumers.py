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
from cop_site.events.ordering import order_of
from cop_site.events.refusing import Refused
from cop_site.events.schemas import Order
from cop_site.events.writer import writer

from . import door
from .door import Guest
from .hub import RESTART, Hub
from .protocol import LINE
from .routing import refused
from .seats import Seat

logger = logging.getLogger(__name__)


async def room_socket(hub: Hub, scope: Any, receive: Any, send: Any) -> None:
    """A socket that came by the address of a room; whoever may not enter hears no more than that."""
    guest = await _let_in(hub, scope["url_route"]["kwargs"]["room"], scope["session"].session_key)
    place = await hub.places.take(guest.person.pk) if guest else None
    if guest is None or place is None:
        await refused(scope, receive, send)
        return
    since = since_in(scope)
    can_be_told = guest.told_from <= since
    seat = Seat(guest, send, min(since, guest.latest) if can_be_told else guest.latest, place, scope.get("extensions", {}).get(LINE))
    hub.enter(seat)
    try:
        seat.task = asyncio.current_task()
        await receive()
        await send({"type": "websocket.accept"})
        await _greet(hub, seat, can_be_told=can_be_told)
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


async def _let_in(hub: Hub, room: UUID, session: str) -> Guest | None:
    if hub.is_closing:
        return None
    try:
        return await hub.ask(door.let_in, room, session)
    except Exception as error:
        logger.error("Nobody could be let in: %s", type(error).__name__)
        return None


def since_in(scope: Any) -> int:
    """The number a client has, as far as it can be read; else it has nothing yet."""
    given = parse_qs(scope["query_string"].decode("latin-1")).get("since", ["0"])[-1]
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def _hello(guest: Guest) -> dict[str, Any]:
    you = {"id": guest.person.handle, "name": guest.person.name, "says": guest.says}
    return {"type": "hello", "room": str(guest.room), "latest": guest.latest, "you": you, "state": guest.state}


async def _greet(hub: Hub, seat: Seat, *, can_be_told: bool) -> None:
    """What comes first, and then what the socket has missed; where that is too much, it begins anew."""
    guest = seat.guest
    await _send(seat, _hello(guest))
    if not can_be_told:
        await _send(seat, {"type": "reset", "state": guest.state, "latest": guest.latest})
    hub.soon(hub.greet(seat))
    hub.soon(hub.catch_up(seat))


async def _send(seat: Seat, frame: dict[str, Any]) -> None:
    try:
        await seat.send({"type": "websocket.send", "text": json.dumps(frame)})
    except RuntimeError:  # closed meanwhile, for something that came after and is no frame
        raise ConnectionResetError from None


async def _listen(hub: Hub, seat: Seat, receive: Any) -> None:
    """One frame after the other: who sends faster than can be written waits in line, in the network."""
    while (message := await receive())["type"] == "websocket.receive":
        await hub.is_sure.wait()
        if not seat.is_out:
            answer = await _answer(hub, seat, message.get("text"))
            await asyncio.sleep(0)  # thousands of frames may lie in one packet: others come in between
            if not seat.is_out:
                await _send(seat, answer)


async def _answer(hub: Hub, seat: Seat, said: str | None) -> dict[str, Any]:
    """The ack or error frame for what was said. Bytes are nothing that can be read."""
    client_id: str | None = None
    person = seat.guest.person
    try:
        frame = schemas.read("" if said is None else said)
        client_id = schemas.client_id_in(frame)
        order = await hub.ask(_order, frame, seat.guest)
        outcome = await asyncio.wrap_future(writer.submit(order))
    except Refused as refusal:
        outcome = refusal
    if isinstance(outcome, Refused):
        with translation.override(person.language):
            return outcome.told(client_id)
    return {"type": "ack", "client_id": client_id, "seq": outcome}


def _order(frame: Any, guest: Guest) -> Order:
    if not pace.lets(guest.person.pk):
        raise Refused("rate_limited")
    return order_of(frame, room=guest.room, by=guest.person.pk)
