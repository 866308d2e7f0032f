"""Who is in a room: told to those inside, about true, and never who nobody is to be named."""

import asyncio
import json
import os
import time
from types import SimpleNamespace

import pytest

from cop_site.live import presence
from cop_site.live.presence import Presence
from tests import factories
from tests.events.factories import hall
from tests.live.talking import session_of, talker

pytestmark = pytest.mark.slow


@pytest.fixture
def often(monkeypatch):
    """Rounds that a test need not wait for; the first may still be one of five seconds."""
    monkeypatch.setattr(presence, "EVERY", 0.2)


def names(told):
    return [one["name"] for one in told["people"]]


def test_who_enters_hears_after_the_greeting_who_is_there(url, cast):
    room = hall()

    with talker(url, room.pk, cast["member"]) as one:
        told = one.next()

    assert one.hello["type"] == "hello"
    assert told == {"type": "presence", "count": 1, "people": [{"id": cast["member"].handle, "name": cast["member"].name}]}


def test_persons_are_counted_and_not_sockets(url, cast, often):
    room, session = hall(), session_of(cast["member"])

    with talker(url, room.pk, session=session), talker(url, room.pk, session=session), talker(url, room.pk, cast["colleague"]) as last:
        told = last.until("presence")

    assert (told["count"], names(told)) == (2, ["colleague", "member"])


def test_who_stays_hears_who_comes_and_who_goes(url, cast, often):
    room = hall()

    with talker(url, room.pk, cast["member"]) as one:
        alone = one.until("presence")
        with talker(url, room.pk, cast["member2"]):
            together = one.until("presence", seconds=7)
        again = one.until("presence", seconds=7)

    assert [names(told) for told in (alone, together, again)] == [["member"], ["member", "member2"], ["member"]]


def test_a_room_without_attribution_tells_only_how_many(url, cast):
    room = hall()
    room.is_unattributed = True
    room.save()

    with talker(url, room.pk, cast["member"]) as one:
        assert one.until("presence") == {"type": "presence", "count": 1, "people": []}


# --- without a server: a process is what it knows and whom it can ask


class Process:
    """The presence of one process, and what it has told."""

    def __init__(self, room):
        self.hall = SimpleNamespace(room=room, inside=set(), seats=set())
        self.told = []
        self.presence = Presence(self._ask)

    async def _ask(self, question, *about):
        return await asyncio.get_running_loop().run_in_executor(None, question, *about)

    def _takes(self, frame):
        self.told.append(json.loads(frame))
        return True

    def enter(self, *people):
        for person in people:
            guest = SimpleNamespace(person=person, names_are_shown=True)
            seat = type("Seat", (), {"guest": guest, "is_out": False, "takes": staticmethod(self._takes)})()
            self.hall.inside.add(seat)
            self.hall.seats.add(seat)

    def round(self):
        asyncio.run(self.presence.tell([self.hall]))
        return self.told[-1]["count"] if self.told else 0


def test_a_hall_names_sixty_and_counts_all(settings):
    settings.REDIS_URL = ""
    process = Process("room")
    process.enter(*(SimpleNamespace(pk=at, name=f"Nama {at:03}", handle=f"n{at}") for at in range(70, 0, -1)))

    process.round()

    assert process.told[0]["count"] == 70
    assert names(process.told[0]) == [f"Nama {at:03}" for at in range(1, 61)]


def test_nothing_is_told_where_nothing_has_changed(settings):
    settings.REDIS_URL = ""
    process = Process("room")
    process.enter(SimpleNamespace(pk=1, name="Ada", handle="ada"))

    for _round in range(5):
        process.round()

    assert len(process.told) == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_processes_hear_of_each_other_and_forget_who_died(settings, monkeypatch):
    settings.REDIS_URL = os.environ["REDIS_URL"]
    monkeypatch.setattr(presence, "LEASE", 1)
    room, one, other = hall().pk, factories.person("Ada"), factories.person("Budi")
    here, there = Process(room), Process(room)
    here.enter(one)
    there.enter(one, other)

    here.round()
    assert there.round() == 2
    assert here.round() == 2
    assert names(here.told[-1]) == ["Ada", "Budi"]
    time.sleep(2.1)  # nothing is heard of the other any more
    assert here.round() == 1


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_takes_its_people_with_it(settings):
    settings.REDIS_URL = os.environ["REDIS_URL"]
    room, one, other = hall().pk, factories.person("Ada"), factories.person("Budi")
    here, there = Process(room), Process(room)
    here.enter(one)
    there.enter(other)
    there.round()
    assert here.round() == 2

    asyncio.run(there.presence.end())

    assert here.round() == 1
