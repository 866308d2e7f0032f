"""How often something was done lately, counted in slots of five seconds by all processes together.

For what is asked of every request: a list of moments, as the limits of the door keep it, would cost ten times as much and
make readers behind one address wait for each other. What lies across the edge of a span counts by the part of its slot
that is inside: at most a slot's worth is judged too strictly or too mildly, for as long.
"""

import time
from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

SLOT = 5  # seconds
Rate = tuple[int, int]  # so many in so many seconds

_here: dict[int, dict[str, int]] = {}  # of one process: a slot, and what was counted in it under which key
_lock = Lock()
# One way to Redis and back: what stands in the slots, and one more in the first of them.
_COUNT = """
local told = redis.call('MGET', unpack(KEYS))
redis.call('INCR', KEYS[1])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return told
"""


def wait(key: str, rates: Sequence[Rate]) -> int:
    """Count one under ``key``; 0, or after how many seconds the next may be, and then this one is not counted.

    While Redis is away each process counts for itself: a limit may be a few times as wide then, and still holds.
    """
    now = time.time()
    slots = max(seconds for _amount, seconds in rates) // SLOT + 1
    if settings.REDIS_URL:
        try:
            return _wait_shared(key, rates, now, slots)
        except RedisError:
            pass
    return _wait_here(key, rates, now, slots)


def forget() -> None:
    """Begin anew in this process."""
    _here.clear()


def _wait_here(key: str, rates: Sequence[Rate], now: float, slots: int) -> int:
    slot = int(now // SLOT)
    with _lock:
        if slot not in _here:
            _here[slot] = {}
            for old in [one for one in _here if one <= slot - slots]:
                del _here[old]
        counts = [_here[slot - back].get(key, 0) if slot - back in _here else 0 for back in range(slots)]
        if left := _seconds_left(counts, rates, now):
            return left
        _here[slot][key] = counts[0] + 1
    return 0


def _wait_shared(key: str, rates: Sequence[Rate], now: float, slots: int) -> int:
    slot, redis = int(now // SLOT), _redis(settings.REDIS_URL)
    names = [f"{key}:{slot - back}" for back in range(slots)]
    told = redis.script(keys=names, args=[(slots + 1) * SLOT])
    left = _seconds_left([int(one or 0) for one in told], rates, now)
    if left:
        redis.client.decr(names[0])
    return left


class _Shared:
    """The Redis of all processes, asked by a script that it keeps."""

    def __init__(self, url: str) -> None:
        self.client: Any = Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
        self.script = self.client.register_script(_COUNT)


@cache
def _redis(url: str) -> _Shared:
    return _Shared(url)


def _seconds_left(counts: list[int], rates: Sequence[Rate], now: float) -> int:
    """0 where one more fits; else looked for second by second: only whoever is refused pays for it."""
    if _has_room(counts, rates, now):
        return 0
    for later in range(1, len(counts) * SLOT):
        passed = int((now + later) // SLOT) - int(now // SLOT)
        if _has_room([0] * passed + counts, rates, now + later):
            return later
    return len(counts) * SLOT


def _has_room(counts: list[int], rates: Sequence[Rate], now: float) -> bool:
    inside = 1 - (now % SLOT) / SLOT  # of the slot across the edge
    return all(sum(counts[: seconds // SLOT]) + counts[seconds // SLOT] * inside < amount for amount, seconds in rates)
