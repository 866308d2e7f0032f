"""A server that is killed with -9 again and again: what was acknowledged is there once, in one order, for everybody."""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from cop_site.events.models import Entry
from tests.events.factories import hall
from tests.live.talking import cookie, door, session_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
KILLS, SENDERS, READERS, EACH = 5, 5, 3, 40
SERVE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "cop_site.settings.test"
import django; django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.IS_EMBEDDED, settings.RATE_LIMITS = False, False
import uvicorn
uvicorn.run("cop_site.asgi:application", port=int(sys.argv[1]), ws_max_size=65536, ws_per_message_deflate=False, log_config=None, access_log=False)
"""


class Site:
    """The server as a process of its own, on the test's database."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        command = [sys.executable, "-c", SERVE, str(self.port), str(connection.settings_dict["NAME"])]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Client:
    """Reads from where it was, sends again what was not acknowledged, comes back when the link is gone."""

    def __init__(self, site, room, session, sends):
        self.site, self.room, self.session = site, room, session
        self.heard, self.acked, self.unsent = [], {}, dict.fromkeys(str(uuid4()) for _one in range(sends))
        self.is_done = False

    async def live(self):
        while not self.is_done:
            with suppress(OSError, WebSocketException, TimeoutError):
                await self._once()
            await asyncio.sleep(random.uniform(0.05, 0.2))

    async def _once(self):
        place = door(self.site.url, self.room, f"?since={self.heard[-1]['seq'] if self.heard else 0}")
        async with connect(place, additional_headers=cookie(self.session), compression=None, open_timeout=2, close_timeout=0.2) as link:
            sending = asyncio.create_task(self._send(link))
            try:
                while not self.is_done:
                    with suppress(TimeoutError):
                        self._hear(json.loads(await asyncio.wait_for(link.recv(), 0.5)))
            finally:
                sending.cancel()

    async def _send(self, link):
        for key in list(self.unsent):
            await link.send(json.dumps({"action": "chat.post", "client_id": key, "data": {"text": key}}))
            await asyncio.sleep(random.uniform(0.02, 0.15))

    def _hear(self, told):
        if told["type"] == "event":
            self.heard.append(told)
        elif told["type"] == "ack":
            self.acked[told["client_id"]] = told["seq"]
            self.unsent.pop(told["client_id"], None)


async def _play(site, clients):
    tasks = [asyncio.create_task(client.live()) for client in clients]
    for _kill in range(KILLS):
        await asyncio.sleep(random.uniform(3, 4.5))
        site.kill()
        site.start()
    until = asyncio.get_running_loop().time() + 25
    while asyncio.get_running_loop().time() < until:
        latest = max([0, *(seq for client in clients for seq in client.acked.values())])
        if not any(client.unsent for client in clients) and all(len(client.heard) >= latest for client in clients):
            break
        await asyncio.sleep(0.2)
    for client in clients:
        client.is_done = True
    await asyncio.gather(*tasks)


def test_a_server_killed_five_times_loses_doubles_and_reorders_nothing(cast):
    if connection.vendor != "sqlite":
        pytest.skip("the process of its own is given a database file")
    room = hall()
    names = ["member", "member2", "colleague", "reviewer", "editor", "moderator", "convenor", "former"]
    site = Site()
    clients = [Client(site, room.pk, session_of(cast[name]), EACH if at < SENDERS else 0) for at, name in enumerate(names)]
    connection.close()

    site.start()
    try:
        asyncio.run(_play(site, clients))
    finally:
        site.kill()

    stored = list(Entry.objects.order_by("seq").values_list("seq", "data__text"))
    acked = {key: seq for client in clients for key, seq in client.acked.items()}
    assert len(acked) == SENDERS * EACH
    assert sorted((seq, key) for key, seq in acked.items()) == stored
    assert [seq for seq, _words in stored] == list(range(1, len(stored) + 1))
    for client in clients:
        assert [(one["seq"], one["data"]["text"]) for one in client.heard] == stored
