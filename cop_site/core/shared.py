"""What all processes keep together, where there is Redis: small scripts, several in one way there and back."""

import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from redis import Redis
from redis.exceptions import RedisError

PATIENCE = 0.5  # seconds
LEFT_ALONE = 2.0  # after it did not answer: whoever asks next must not wait for nothing too
Call = tuple[str, Sequence[Any]]  # the key that a script is about, and what it is given


class Away(Exception):
    """There is no Redis, or it does not answer: each process goes by what it knows itself."""


def is_there() -> bool:
    """Whether processes share anything at all."""
    return bool(settings.REDIS_URL)


def ask(script: str, *calls: Call) -> list[Any]:
    """What a script says to each of the calls; raises ``Away``. It blocks: never from a loop."""
    if not is_there():
        raise Away
    return _line(settings.REDIS_URL).ask(script, calls)


class _Line:
    """The way of this process to one Redis."""

    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
        self._asked_again_at = 0.0

    def ask(self, script: str, calls: Sequence[Call]) -> list[Any]:
        if time.monotonic() < self._asked_again_at:
            raise Away
        try:
            with self._redis.pipeline(transaction=False) as line:
                for key, given in calls:
                    line.eval(script, 1, key, *given)
                return line.execute()
        except (RedisError, OSError):
            self._asked_again_at = time.monotonic() + LEFT_ALONE
            raise Away from None


@cache
def _line(url: str) -> _Line:
    return _Line(url)
