"""The cache that all processes share, and what each does while it is away."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

_ASKED = ("add", "get", "set", "touch", "delete", "get_many", "set_many", "delete_many", "has_key", "incr", "clear")


class SharedCache(RedisCache):
    """Redis; while it is away each process keeps its own: pages go on, and a limit is at most as many times as wide as there are processes."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        params = params | {"OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1} | params.get("OPTIONS", {})}
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", {"OPTIONS": {"MAX_ENTRIES": 100_000}})


def _or_own(name: str) -> Callable[..., Any]:
    shared = getattr(RedisCache, name)

    def ask(cache: SharedCache, *args: Any, **named: Any) -> Any:
        try:
            return shared(cache, *args, **named)
        except RedisError:
            return getattr(cache._own, name)(*args, **named)

    return ask


for _name in _ASKED:
    setattr(SharedCache, _name, _or_own(_name))
