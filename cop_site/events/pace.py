"""How fast one account may send to rooms: twenty at once, five a second. Each process counts for itself."""

import time

from django.conf import settings

AT_ONCE = 20
A_SECOND = 5
MOST_REMEMBERED = 10_000
_left: dict[int, tuple[float, float]] = {}


def is_kept() -> bool:
    return bool(settings.RATE_LIMITS)


def lets(person: int) -> bool:
    """Count one; False where it is too fast."""
    if not is_kept():
        return True
    now = time.monotonic()
    left, at = _left.get(person, (AT_ONCE, now))
    left = min(AT_ONCE, left + (now - at) * A_SECOND)
    if len(_left) > MOST_REMEMBERED:
        _left.clear()
    _left[person] = (left - 1 if left >= 1 else left, now)
    return left >= 1
