"""Two web processes on PostgreSQL and Redis: one room, wherever one is let in, also while Redis is away; and rings from one to the other."""

import asyncio
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from bench.killing import Killable, redis_of_its_own
from cop_site.accounts import actions as people
from cop_site.events.models import Entry
from tests.events.factories import hall
from tests.forums.factories import forum, reply, topic
from tests.live.serving import Nursery, Site
from tests.live.talking import Talker, cookie, session_of, talker
from tests.live.test_rings import INBOX, listener

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
WITHIN = 2  # seconds


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Killable]:
    """One of our own: others must not notice that it dies."""
    with redis_of_its_own(tmp_path) as started:
        asyncio.run(started.ready())
        yield started


@pytest.fixture
def sites(cast: Any, redis: Killable) -> Iterator[list[Site]]:
    with Nursery(REDIS_URL=f"redis://127.0.0.1:{redis.port}/0") as nursery:
        made = [nursery.site(), nursery.site()]
        for site in made:
            site.start()
        yield made
        for site in made:
            site.kill()
    connections.close_all()


def hears(listener: Talker, speaker: Talker, words: str) -> float:
    """How long it takes from the acknowledgement to one until the other hears it."""
    speaker.act(text=words)
    began = time.monotonic()
    while listener.until("event")["data"].get("text") != words:
        pass
    return time.monotonic() - began


def test_one_room_over_two_processes_also_while_redis_is_away(cast, sites, redis):
    room = hall()
    here, there = sites
    sessions = {name: session_of(cast[name]) for name in ("member", "member2")}

    with talker(here.url, room.pk, session=sessions["member"]) as one, talker(there.url, room.pk, session=sessions["member2"]) as other:
        took = {"with Redis": hears(other, one, "Satu.")}
        redis.kill()
        took |= {"without": hears(other, one, "Dua."), "without, the other way": hears(one, other, "Tiga.")}
        redis.start()
        asyncio.run(redis.ready())
        took["with Redis again"] = hears(other, one, "Empat.")
        people.suspend(cast["member2"], by=cast["moderator"], reason="Diperiksa.")
        began = time.monotonic()
        code, _heard = other.closed_with()
        took["out of the room"] = time.monotonic() - began
        one.act(text="Lima.")

    assert {name: took[name] for name in took if took[name] >= WITHIN} == {}
    assert code == 4403
    assert list(Entry.objects.order_by("seq").values_list("data__text", flat=True)) == ["Satu.", "Dua.", "Tiga.", "Empat.", "Lima."]


def test_what_is_read_through_one_process_rings_in_another(cast, sites):
    here, there = sites
    asked = topic(forum(), cast["member"])
    reply(asked, cast["member2"])
    session = session_of(cast["member"])
    page = urllib.request.Request(f"{there.url}{asked.get_absolute_url()}", headers=cookie(session))

    with listener(here.url, topic=asked, session=session) as one, urllib.request.urlopen(page) as answer:
        rang = one.next(WITHIN)

    assert (answer.status, rang) == (200, INBOX)
