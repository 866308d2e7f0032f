"""How much one account may: the same with one process and with four, and with none to ask."""

import asyncio
import os
import time

import pytest

from cop_site.core import shared
from cop_site.events import pace
from cop_site.live import places
from cop_site.live.places import Places
from tests.events.factories import hall
from tests.live.talking import cookie, door, refusal, session_of, talker

ACCOUNT = 10**9  # of no test


@pytest.fixture(autouse=True)
def kept(settings):
    settings.RATE_LIMITS = True
    pace._free_at.clear()


@pytest.fixture
def redis(settings):
    settings.REDIS_URL = os.environ.get("REDIS_URL", "")
    if settings.REDIS_URL:
        line = shared._line(settings.REDIS_URL)
        line._asked_again_at = 0.0
        line._redis.delete(places._key(ACCOUNT), f"{settings.ELASTICSEARCH_INDEX}:pace:{ACCOUNT}")


@pytest.fixture
def dead(settings):
    """A Redis that does not answer."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"


def lets_through(times):
    return sum(pace.lets(ACCOUNT) for _turn in range(times))


def test_twenty_at_once_and_then_five_a_second(settings):
    settings.REDIS_URL = ""
    now = 1000.0

    assert sum(pace._lets_here(ACCOUNT, now) for _turn in range(40)) == 20
    assert sum(pace._lets_here(ACCOUNT, now + 1) for _turn in range(40)) == 5
    assert sum(pace._lets_here(ACCOUNT, now + 2.2) for _turn in range(40)) == 6
    assert sum(pace._lets_here(ACCOUNT, now + 60) for _turn in range(40)) == 20


@pytest.mark.services
def test_all_processes_count_together(redis):
    assert lets_through(15) == 15
    pace._free_at.clear()  # another process knows nothing of the first
    assert 5 <= lets_through(15) <= 7
    time.sleep(1)
    assert 4 <= lets_through(15) <= 7


def test_while_redis_is_away_this_process_counts_and_nobody_waits_long(dead):
    began = time.monotonic()

    assert lets_through(60) in {20, 21}
    assert time.monotonic() - began < 1.5


class Process:
    """The places that one process has given."""

    def __init__(self):
        self.waiting = []
        self.places = Places(self._ask, self.waiting.append)

    async def _ask(self, question, *about):
        return question(*about)

    def take(self, times):
        return [place for _one in range(times) if (place := asyncio.run(self.places.take(ACCOUNT)))]

    def give_back(self, place):
        self.places.give_back(ACCOUNT, place)
        while self.waiting:
            asyncio.run(self.waiting.pop())


@pytest.mark.parametrize("how", ["redis", "dead", None])
def test_an_account_has_ten_places_and_may_have_what_it_gives_back(how, request, settings):
    settings.REDIS_URL = ""
    if how:
        request.getfixturevalue(how)
    process = Process()

    taken = process.take(13)
    process.give_back(taken[0])
    again = process.take(3)

    assert (len(taken), len(again)) == (10, 1)
    for place in [*taken[1:], *again]:
        process.give_back(place)
    assert process.places._taken == {}


@pytest.mark.services
def test_four_processes_have_ten_places_together(redis):
    processes = [Process() for _one in range(4)]

    taken = [(process, place) for process in processes for place in process.take(4)]
    taken[0][0].give_back(taken[0][1])

    assert len(taken) == 10
    assert len(processes[3].take(4)) == 1


@pytest.mark.services
def test_the_places_of_a_killed_process_are_free_again_and_those_of_a_living_one_are_kept(redis, monkeypatch):
    monkeypatch.setattr(places, "LEASE", 1)
    killed, living = Process(), Process()
    killed.take(6)
    living.take(4)

    time.sleep(0.6)
    asyncio.run(living.places.renew())
    time.sleep(1.5)
    asyncio.run(living.places.renew())

    assert len(Process().take(10)) == 6


@pytest.mark.slow
def test_the_eleventh_socket_of_an_account_is_refused_like_a_stranger(url, cast):
    room, inside = hall(), cookie(session_of(cast["reviewer"])) | {"Origin": url}

    with talker(url, room.pk, cast["reviewer"]) as first:
        others = [talker(url, room.pk, cast["reviewer"]) for _one in range(9)]
        for one in others:
            one.__enter__()
        refused = refusal(door(url, room.pk), inside)
        others[0].__exit__(None, None, None)
        time.sleep(0.2)
        let_in = refusal(door(url, room.pk), inside)
        for one in others[1:]:
            one.__exit__(None, None, None)
        ack = first.act(text="Masih di sini.")

    assert (refused, let_in, ack["type"]) == ((403, b""), (101, b""), "ack")
