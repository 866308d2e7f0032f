"""Who sits in which hall: told to those inside, seldom and about true; nothing of it is stored, and nobody's last visit is known.

Each process knows its own. Where there is Redis it tells the others the numbers of accounts, as a lease: what a killed process
told is gone by itself. Names are looked up by whoever tells them.
"""

import json
import time
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.conf import settings

from cop_site.accounts.models import User
from cop_site.core import shared

EVERY = 5.0  # seconds: at most one frame a room
LEASE = 45
MOST_NAMES = 60
# The lease of this process, and what the others say whose lease holds.
_TELL = """
local now = tonumber(redis.call('TIME')[1])
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1])
else redis.call('HSET', KEYS[1], ARGV[1], string.format('%d ', now + ARGV[3]) .. ARGV[2]) end
redis.call('EXPIRE', KEYS[1], ARGV[3])
local told, all = {}, redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  local until_when, people = string.match(all[at + 1], '^(%d+) (.*)$')
  if tonumber(until_when) <= now then redis.call('HDEL', KEYS[1], all[at])
  elseif all[at] ~= ARGV[1] then told[#told + 1] = people end
end
return table.concat(told, ' ')
"""
People = dict[int, tuple[str, str]]  # by account: name and handle


class Presence:
    """What this process knows. ``ask`` asks in a thread."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._process = uuid4().hex
        self._elsewhere: dict[UUID, People] = {}
        self._heard_at = 0.0
        self._leased: set[UUID] = set()
        self._told: WeakKeyDictionary[Any, str] = WeakKeyDictionary()  # to each seat

    async def greet(self, hall: Any, seat: Any) -> None:
        """Once to whoever enters; the others hear of it in a while."""
        if hall.room not in self._elsewhere:
            await self._hear(_inside([hall]))
        self._hand(seat, self._frame(hall))

    async def tell(self, halls: Iterable[Any]) -> None:
        """To everybody who has heard otherwise."""
        halls = list(halls)
        here = _inside(halls)
        await self._hear(dict.fromkeys(self._leased, "") | here)
        for room in self._elsewhere.keys() - here.keys():
            del self._elsewhere[room]
        for hall in halls:
            frame = self._frame(hall)
            for seat in list(hall.seats):
                self._hand(seat, frame)

    async def end(self) -> None:
        """The leases of this process end with it."""
        await self.tell([])

    def _hand(self, seat: Any, frame: str) -> None:
        if not seat.is_out and self._told.get(seat) != frame and seat.takes(frame):
            self._told[seat] = frame

    def _frame(self, hall: Any) -> str:
        guests = [seat.guest for seat in hall.inside]
        people = self._elsewhere.get(hall.room, {}) | {one.person.pk: (one.person.name, one.person.handle) for one in guests}
        # Where nobody is named for what they say, nobody is named for listening either.
        named = sorted(people.values(), key=lambda one: (one[0].casefold(), one[1])) if all(one.names_are_shown for one in guests) else []
        told = [{"id": handle, "name": name} for name, handle in named[:MOST_NAMES]]
        return json.dumps({"type": "presence", "count": len(people), "people": told}, separators=(",", ":"))

    async def _hear(self, here: dict[UUID, str]) -> None:
        if not here or not shared.is_there():
            return
        try:
            self._elsewhere |= await self._ask(_hear, self._process, here)
        except shared.Away:
            if time.monotonic() - self._heard_at > LEASE:
                self._elsewhere.clear()
            return
        self._heard_at = time.monotonic()
        self._leased = self._leased - here.keys() | {room for room, people in here.items() if people}


def _inside(halls: list[Any]) -> dict[UUID, str]:
    return {hall.room: " ".join({str(seat.guest.person.pk) for seat in hall.inside}) for hall in halls}


def _hear(process: str, here: dict[UUID, str]) -> dict[UUID, People]:
    """Tell who is here in each room, and hear who is there through other processes."""
    calls = [(f"{settings.ELASTICSEARCH_INDEX}:present:{room}", (process, people, LEASE)) for room, people in here.items()]
    heard = [{int(pk) for pk in told.split()} for told in shared.ask(_TELL, *calls)]
    found = User.objects.filter(pk__in=set().union(*heard)).values_list("pk", "name", "handle")
    people = {pk: (name, handle) for pk, name, handle in found}
    return {room: {pk: people[pk] for pk in told if pk in people} for room, told in zip(here, heard, strict=True)}
