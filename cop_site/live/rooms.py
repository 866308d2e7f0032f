"""The rooms and the rings of this process, from its first socket to its end."""

import asyncio
from typing import Any, NamedTuple

from django.conf import settings

from cop_site.events.writer import writer

from . import polls, routing
from .bells import Bells
from .consumers import room_socket
from .hub import Hub
from .rings import Rings, ring_socket


class _There(NamedTuple):
    hub: Hub
    rings: Rings
    bells: Bells | None


class Rooms:
    """Made with the application; the hub and its threads only when somebody comes, one for the loop that serves."""

    def __init__(self) -> None:
        self._made: dict[asyncio.AbstractEventLoop, _There] = {}
        self.sockets = routing.sockets(self._enter, self._listen)
        self._wait = routing.with_session(self._wait_for_news)

    @property
    def _there(self) -> _There:
        loop = asyncio.get_running_loop()
        if loop not in self._made:
            hub = Hub()
            rings = Rings(hub)
            self._made[loop] = _There(hub, rings, Bells(hub.hears, rings.hears) if settings.REDIS_URL else None)
        return self._made[loop]

    async def _enter(self, scope: Any, receive: Any, send: Any) -> None:
        await room_socket(self._there.hub, scope, receive, send)

    async def _listen(self, scope: Any, receive: Any, send: Any) -> None:
        await ring_socket(self._there.rings, scope, receive, send)

    async def wait(self, scope: Any) -> None:
        """Let who asks for news of a room wait for it; nobody else waits."""
        if polls.PATH.fullmatch(scope["path"]):
            await self._wait(scope, None, None)

    async def _wait_for_news(self, scope: Any, _receive: Any, _send: Any) -> None:
        await polls.wait(self._there.hub, scope)

    async def send_everybody_out(self) -> None:
        """The server is about to stop: clients come back to the next one."""
        if there := self._made.get(asyncio.get_running_loop()):
            await asyncio.gather(there.hub.close(), there.rings.close())

    async def end(self) -> None:
        """No task, no thread and no connection stays."""
        loop = asyncio.get_running_loop()
        if there := self._made.pop(loop, None):
            if there.bells:
                await there.bells.end()
            await there.rings.end()
            await there.hub.end()
        await loop.run_in_executor(None, writer.stop)
