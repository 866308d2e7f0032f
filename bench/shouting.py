"""The fixed baselines of bench/rooms.py: whatever a socket says is repeated to all of them, and nothing of it is kept.

    PORT=8123 .venv/bin/python bench/shouting.py bare        # websockets.asyncio.server and its broadcast
    PORT=8123 .venv/bin/python bench/shouting.py channels    # a Channels consumer and group_send, under uvicorn; with REDIS_URL over channels_redis

Nobody signs in, nothing is checked, frames are not compressed.
"""

import asyncio
import os
import sys
from http import HTTPStatus

import uvicorn
import uvloop
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from websockets.asyncio.server import ServerConnection, broadcast, serve

PORT = int(os.environ["PORT"])
ROOM = "room"


async def bare() -> None:
    """One loop, and the library's own broadcast."""

    async def repeat(one: ServerConnection) -> None:
        async for said in one:
            broadcast(server.connections, said)

    async with serve(repeat, "127.0.0.1", PORT, compression=None, process_request=_ready) as server:
        await asyncio.get_running_loop().create_future()


def _ready(one: ServerConnection, request):
    return one.respond(HTTPStatus.OK, "ready") if request.path == "/readyz" else None


class Repeating(AsyncWebsocketConsumer):
    """As in the tutorial of Channels."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(ROOM, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(ROOM, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send(ROOM, {"type": "told", "text": text_data})

    async def told(self, event: dict) -> None:
        await self.send(text_data=event["text"])


async def _application(scope, receive, send) -> None:
    if scope["type"] == "websocket":
        await Repeating.as_asgi()(scope, receive, send)
    elif scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def channels() -> None:
    redis = os.environ.get("REDIS_URL")
    shared = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [redis], "prefix": f"bench-{os.getppid()}"}}
    settings.configure(CHANNEL_LAYERS={"default": shared if redis else {"BACKEND": "channels.layers.InMemoryChannelLayer"}})
    uvicorn.run(
        _application,
        port=PORT,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        lifespan="off",
        ws_per_message_deflate=False,
        access_log=False,
        log_config=None,
    )


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        uvloop.run(bare())
    else:
        channels()
