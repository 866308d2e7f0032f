"""The long poll: it waits here, where waiting costs no thread; then Django answers, with its own door and headers."""

import re
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from . import door
from .consumers import since_in
from .hub import Hub

PATH = re.compile(r"/events/rooms/([0-9a-f-]{36})/log")
LONGEST = 25


async def wait(hub: Hub, scope: Any) -> None:
    """Until there is something after ``since``, at most ``wait`` seconds. Who has no right there waits for nothing."""
    path = PATH.fullmatch(scope["path"])
    given = parse_qs(scope["query_string"].decode("latin-1")).get("wait", ["0"])[-1]
    seconds = min(int(given), LONGEST) if re.fullmatch(r"[0-9]{1,4}", given) else 0
    if not path or scope["method"] != "GET" or not seconds or hub.is_closing:
        return
    try:
        guest = await hub.ask(door.let_in, UUID(path[1]), scope["session"].session_key)
    except Exception:  # Django says what is wrong
        return
    if guest is None or guest.latest > since_in(scope) or not (place := await hub.places.take(guest.person.pk)):
        return
    try:
        await hub.wait_for_more(guest, seconds)
    finally:
        hub.places.give_back(guest.person.pk, place)
