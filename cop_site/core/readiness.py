"""What the site needs to do its work; each app above adds what it leans on."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LEAST_FREE = 200 * 1024 * 1024  # bytes; below that writes may fail


@dataclass(frozen=True)
class State:
    is_good: bool
    words: str


Check = Callable[[], State]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Ask ``check`` whenever somebody asks whether the site is ready."""
    _checks[name] = check


def states() -> dict[str, State]:
    """The state of each dependency; one that cannot even be asked is not good."""
    return {name: _ask(check) for name, check in {**_OWN, **_checks}.items()}


def _ask(check: Check) -> State:
    try:
        return check()
    except Exception as error:
        return State(False, type(error).__name__)


def _database() -> State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return State(True, connection.vendor)


def _migrations() -> State:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return State(not missing, f"{len(missing)} to run" if missing else "up to date")


def _disk() -> State:
    free = shutil.disk_usage(settings.VAR).free
    return State(free >= LEAST_FREE, f"{free // 1024**2} MiB free")


def _cache() -> State:
    cache.set("readyz", "here", 5)
    return State(cache.get("readyz") == "here", "answers")


_OWN: dict[str, Check] = {"database": _database, "migrations": _migrations, "disk": _disk, "cache": _cache}
