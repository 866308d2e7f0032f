"""Rings between processes, where there is Redis: numbers, never words. What gets lost is healed by whoever waits, who also looks from time to time."""

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid4

import redis
import redis.asyncio
from django.conf import settings

from cop_site.core import ring, shared
from cop_site.events import log

from .listeners import TOPIC

CHANNEL = f"{settings.ELASTICSEARCH_INDEX}:rings"
AGAIN_AFTER = 2.0
_PUBLISH = "return redis.call('PUBLISH', KEYS[1], ARGV[1])"
logger = logging.getLogger(__name__)


def _room_and_number(said: str) -> tuple[UUID, int]:
    room, latest = said.split()
    return UUID(room), int(latest)


# What goes to others: how it is written, and read there.
CARRIED: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    log.BELL: (lambda what: f"{what[0]} {what[1]}", _room_and_number),
    ring.RIGHTS: (lambda _what: "", lambda _said: None),
    ring.INBOX: (lambda people: " ".join(map(str, people)), lambda said: [int(pk) for pk in said.split()]),
    TOPIC: (str, int),
}


@cache
def _process(pid: int) -> str:
    return uuid4().hex


def carry() -> None:
    """From now on others hear what is told in this process, be it one that serves, a worker or a command."""
    for name, (written, _read) in CARRIED.items():
        ring.pass_on(name, partial(_publish, name, written))


def _publish(name: str, written: Callable[[Any], str], what: Any) -> None:
    # In the thread that did it: a Redis that hangs holds it half a second, then nobody asks it for a while.
    with suppress(shared.Away):
        shared.ask(_PUBLISH, (CHANNEL, [f"{_process(os.getpid())} {name} {written(what)}"]))


class Bells:
    """What this process hears of others: by their names, who is told of it here. Its own rings it has heard before."""

    def __init__(self, *hears: dict[str, Callable[[Any], None]]) -> None:
        self._hears = hears
        self._task = asyncio.get_running_loop().create_task(self._hear())

    async def _hear(self) -> None:
        while True:
            try:
                async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as line, line.pubsub() as subscribed:
                    await subscribed.subscribe(CHANNEL)
                    async for message in subscribed.listen():
                        if message["type"] == "message":
                            self.heard(message["data"].decode())
            except (redis.RedisError, OSError) as error:
                logger.warning("Rings of other processes are not heard: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_AFTER)

    def heard(self, message: str) -> None:
        """Tell those here whom it concerns; what cannot be read is of a process of another version."""
        with suppress(ValueError, KeyError):
            process, name, said = message.split(" ", 2)
            what = CARRIED[name][1](said)
            for hears in self._hears:
                if process != _process(os.getpid()) and name in hears:
                    hears[name](what)

    async def end(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
