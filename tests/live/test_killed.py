"""A server that is killed with -9 again and again: what was acknowledged is there once, in one order, for everybody.

A small version of bench/room_faults.py, which does it over links that tear, on every shape of the site.
"""

import asyncio
from contextlib import AsyncExitStack

import pytest
from django.db import connection

from bench.insisting import Insisting, Pace, acknowledged, all_have, faults
from bench.killing import LossyLink
from cop_site.events.models import Entry
from tests.events.factories import hall
from tests.live.serving import Nursery, Site
from tests.live.talking import cookie, door, session_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS, SENDERS, EACH = 5, 5, 30
PATIENCE = 20  # seconds


async def _play(site: Site, room, sessions: list[str]) -> list[Insisting]:
    async with AsyncExitStack() as stack:
        link = await stack.enter_async_context(LossyLink(site.port, life=2.0))
        doors = [door(f"http://127.0.0.1:{link.port}", room.pk, "?since=")]
        clients = [Insisting(doors, cookie(session), EACH if at < SENDERS else 0) for at, session in enumerate(sessions)]
        pace = Pace(0.03)
        tasks = [asyncio.create_task(client.live(pace)) for client in clients]
        for kill in range(KILLS):
            await _until(clients, (kill + 1) * SENDERS * EACH // (KILLS + 1))
            site.kill()
            await asyncio.to_thread(site.start)
        await _until(clients, SENDERS * EACH)
        await all_have(clients, SENDERS * EACH, PATIENCE)
        for client in clients:
            client.is_done = True
        await asyncio.gather(*tasks)
    return clients


async def _until(clients: list[Insisting], messages: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while acknowledged(clients) < messages:
            await asyncio.sleep(0.01)


def test_a_server_killed_five_times_loses_doubles_and_reorders_nothing(cast):
    if connection.vendor != "sqlite":
        pytest.skip("bench/room_faults.py does it there")
    room = hall()
    names = ["member", "member2", "colleague", "reviewer", "editor", "moderator", "convenor", "former"]
    sessions = [session_of(cast[name]) for name in names]
    connection.close()

    with Nursery() as nursery:
        site = nursery.site()
        site.start()
        try:
            clients = asyncio.run(_play(site, room, sessions))
        finally:
            site.kill()

    stored = list(Entry.objects.order_by("seq").values_list("seq", "data__text"))
    assert faults(clients, stored) == []
    assert len(stored) == SENDERS * EACH
