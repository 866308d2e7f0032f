"""How many sockets and waiting questions an account has: ten in all processes together, and as many sockets again that only ring.

Where there is Redis each is a lease that its process renews, and never a count: what a killed process held is free again by itself.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.conf import settings

from cop_site.core import shared
from cop_site.events import pace

MOST = 10
LEASE = 15  # seconds; short, for whoever comes back to a server that was killed
_TAKE = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
"""
_RENEW = """
local now = tonumber(redis.call('TIME')[1])
for at = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[at]) end
redis.call('EXPIRE', KEYS[1], ARGV[1])
"""
_GIVE_BACK = "redis.call('ZREM', KEYS[1], ARGV[1])"


class Places:
    """What accounts hold in this process, of one kind. ``ask`` asks in a thread, ``soon`` does without waiting for it."""

    def __init__(self, ask: Callable[..., Any], soon: Callable[[Any], None], kind: str = "places") -> None:
        self._ask, self._soon, self._kind = ask, soon, kind
        self._taken: dict[int, set[str]] = {}

    async def take(self, person: int) -> str | None:
        """A place for one more, to be given back; None where the account has all it may have."""
        place = uuid4().hex
        if pace.is_kept() and len(self._taken.get(person, ())) >= MOST:
            return None
        self._taken.setdefault(person, set()).add(place)  # before anything is waited for: others take meanwhile
        try:
            is_free = not self._are_shared() or await self._ask(_is_free, self._key(person), place)
        except BaseException:
            self.give_back(person, place)
            raise
        if not is_free:
            self._drop(person, place)
        return place if is_free else None

    def give_back(self, person: int, place: str) -> None:
        self._drop(person, place)
        if self._are_shared():
            self._soon(self._given_back(person, place))

    async def _given_back(self, person: int, place: str) -> None:
        with suppress(RuntimeError):  # the threads have ended: it runs out by itself
            await self._ask(_tell, _GIVE_BACK, [(self._key(person), [place])])

    async def renew(self) -> None:
        if self._taken and self._are_shared():
            await self._ask(_tell, _RENEW, [(self._key(person), [LEASE, *held]) for person, held in self._taken.items()])

    def _drop(self, person: int, place: str) -> None:
        held = self._taken.get(person, set())
        held.discard(place)
        if not held:
            self._taken.pop(person, None)

    def _are_shared(self) -> bool:
        return pace.is_kept() and shared.is_there()

    def _key(self, person: int) -> str:
        return _key(person, self._kind)


def _key(person: int, kind: str = "places") -> str:
    return f"{settings.ELASTICSEARCH_INDEX}:{kind}:{person}"


def _is_free(key: str, place: str) -> bool:
    """While Redis is away this process goes by its own ten."""
    try:
        return bool(shared.ask(_TAKE, (key, (MOST, LEASE, place)))[0])
    except shared.Away:
        return True


def _tell(script: str, calls: list[shared.Call]) -> None:
    """What is lost here is renewed, or runs out."""
    try:
        shared.ask(script, *calls)
    except shared.Away:
        return
