"""Rings between processes, where there is Redis: the id of a room and its latest number, or that rights have changed. Losing them costs a second."""

import asyncio
import logging
from contextlib import suppress
from typing import Any
from uuid import UUID

import redis
import redis.asyncio
from django.conf import settings

from cop_site.core import ring
from cop_site.events import log

from .hub import Hub

CHANNEL = f"{settings.ELASTICSEARCH_INDEX}:rooms"
AGAIN_AFTER = 2.0
logger = logging.getLogger(__name__)


class Bells:
    """One publisher and one subscriber of this process."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._out = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)
        self._task = asyncio.get_running_loop().create_task(self._hear())
        ring.hear(log.BELL, self._ring)
        ring.hear(ring.RIGHTS, self._ring_rights)

    def _ring(self, what: Any) -> None:
        self._publish(f"{what[0]} {what[1]}")

    def _ring_rights(self, _what: Any) -> None:
        self._publish(ring.RIGHTS)

    def _publish(self, told: str) -> None:
        # In the thread that wrote: a Redis that hangs holds it half a second, a dead one not at all.
        with suppress(redis.RedisError, OSError):
            self._out.publish(CHANNEL, told)

    async def _hear(self) -> None:
        while True:
            try:
                async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as line, line.pubsub() as subscribed:
                    await subscribed.subscribe(CHANNEL)
                    async for message in subscribed.listen():
                        self._heard(message)
            except (redis.RedisError, OSError) as error:
                logger.warning("Rings of other processes are not heard: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_AFTER)

    def _heard(self, message: dict[str, Any]) -> None:
        if message["type"] != "message":
            return
        if message["data"] == ring.RIGHTS.encode():
            self._hub.doubt()
            return
        with suppress(ValueError):
            room, latest = message["data"].decode().split()
            self._hub.rung((UUID(room), int(latest)))

    async def end(self) -> None:
        ring.deafen(log.BELL, self._ring)
        ring.deafen(ring.RIGHTS, self._ring_rights)
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._out.close()
