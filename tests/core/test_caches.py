"""While Redis is away pages go on and limits hold: each process keeps what it needs."""

import pytest

from cop_site.core import tally
from cop_site.core.caches import SharedCache

NOBODY_THERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache():
    made = SharedCache(NOBODY_THERE, {})
    yield made
    made.clear()


def test_what_is_kept_while_redis_is_away_is_found_again(cache):
    assert (cache.get("a", 7), cache.add("a", 1, 60), cache.add("a", 2, 60), cache.incr("a"), cache.get("a")) == (7, True, False, 2, 2)
    cache.set_many({"b": [1.5], "c": "ya"})

    assert cache.get_many(["a", "b", "d"]) == {"a": 2, "b": [1.5]}
    assert (cache.has_key("b"), cache.delete("b"), cache.get("b")) == (True, True, None)


def test_a_limit_of_visitors_holds_without_redis(settings):
    settings.REDIS_URL = NOBODY_THERE
    tally.forget()

    answers = [tally.wait("visits:10.0.0.1", ((50, 10), (200, 60))) for _time in range(52)]
    tally.forget()

    assert answers[:50] == [0] * 50
    assert min(answers[50:]) > 0
