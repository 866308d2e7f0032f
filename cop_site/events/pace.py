"""How fast one account may send to rooms: twenty at once, five a second, in all processes together.

What is kept of an account is one moment: when all twenty would be free again. Each sending moves it by a fifth of a second.
"""

import time
from threading import Lock

from django.conf import settings

from cop_site.core import shared

AT_ONCE = 20
A_SECOND = 5
MOST_REMEMBERED = 10_000
_free_at: dict[int, float] = {}
_lock = Lock()
# By the clock of Redis: those of the processes may differ.
_COUNT = """
local told = redis.call('TIME')
local now = told[1] + told[2] / 1000000
local free_at = math.max(now, tonumber(redis.call('GET', KEYS[1]) or 0)) + 1 / ARGV[2]
if free_at - now > ARGV[1] / ARGV[2] + 0.001 then return 0 end
redis.call('SET', KEYS[1], string.format('%.4f', free_at), 'EX', 60)
return 1
"""


def is_kept() -> bool:
    return bool(settings.RATE_LIMITS)


def lets(person: int) -> bool:
    """Count one; False where it is too fast. It may ask Redis: never from a loop.

    While Redis is away each process counts for itself: the limit may be a few times as wide then, and still holds.
    """
    if not is_kept():
        return True
    try:
        return bool(shared.ask(_COUNT, (f"{settings.ELASTICSEARCH_INDEX}:pace:{person}", (AT_ONCE, A_SECOND)))[0])
    except shared.Away:
        return _lets_here(person, time.monotonic())


def _lets_here(person: int, now: float) -> bool:
    with _lock:
        if len(_free_at) > MOST_REMEMBERED:
            _free_at.clear()
        free_at = max(now, _free_at.get(person, 0)) + 1 / A_SECOND
        if free_at - now > AT_ONCE / A_SECOND + 0.001:
            return False
        _free_at[person] = free_at
    return True
