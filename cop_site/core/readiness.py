"""What the site needs to do its work; each app above adds what it leans on."""

import shutil
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

LEAST_FREE = 200 * 1024 * 1024  # bytes; below that writes may fail
AGE = 15.0  # seconds that an answer to readers holds: a page that everybody may reload asks nothing each time
PATIENCE = 2.0  # seconds for a mail server to open its door


@dataclass(frozen=True)
class State:
    is_good: bool
    words: str  # for machines and those who run the site


Check = Callable[[], State]


@dataclass(frozen=True)
class Part:
    """Something the site leans on. Without what is ``vital`` it cannot answer; without the rest it answers, and says so."""

    check: Check
    label: Any  # lazy translations, for readers
    good: Any
    bad: Any
    is_vital: bool = False


@dataclass(frozen=True)
class Told:
    """A part as a reader hears of it."""

    label: Any
    sentence: Any
    is_good: bool


_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    """Ask ``part`` whenever somebody asks how the site is."""
    _parts[name] = part


def states() -> dict[str, State]:
    """The state of each part, as it is now; one that cannot even be asked is not good."""
    return {name: _ask(part.check) for name, part in _parts.items()}


def can_work(found: dict[str, State]) -> bool:
    """Whether all that is vital is there."""
    return all(found[name].is_good for name, part in _parts.items() if part.is_vital and name in found)


_kept: dict[str, Any] = {"at": None, "told": []}
_asking = threading.Lock()


def told() -> list[Told]:
    """Each part in words for readers; asked for anew at most every ``AGE`` seconds in each process."""
    with _asking:
        if _kept["at"] is None or time.monotonic() - _kept["at"] > AGE:
            found = states()
            _kept["told"] = [
                Told(part.label, part.good if found[name].is_good else part.bad, found[name].is_good) for name, part in _parts.items()
            ]
            _kept["at"] = time.monotonic()
        return list(_kept["told"])


def forget() -> None:
    """Ask anew the next time."""
    _kept["at"] = None


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


_mail_seen: dict[str, Any] = {"at": None, "state": State(True, "not asked yet")}


def _mail() -> State:
    """Whether mail can leave: the folder of the mailbox, or the mail server's door, knocked at no oftener than every ``AGE``."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        return State(folder.is_dir(), "files")
    if _mail_seen["at"] is None or time.monotonic() - _mail_seen["at"] > AGE:
        _mail_seen.update(at=time.monotonic(), state=_knock())
    return _mail_seen["state"]


def _knock() -> State:
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=PATIENCE).close()
    except OSError as error:
        return State(False, type(error).__name__)
    return State(True, "answers")


register(
    "database",
    Part(_database, _("Reading and writing"), _("Works."), _("Pages may fail at present. What you type stays in your tab."), is_vital=True),
)
register(
    "migrations",
    Part(_migrations, _("Updates"), _("All are in place."), _("An update is under way. Some pages may fail for a moment."), is_vital=True),
)
register("disk", Part(_disk, _("Storage"), _("There is room."), _("Storage is nearly full. Saving may fail."), is_vital=True))
register("cache", Part(_cache, _("Short-term memory"), _("Works."), _("Signing in may fail at present."), is_vital=True))
register("mail", Part(_mail, _("E-mail"), _("Mails go out."), _("Mails wait. They go out by themselves as soon as that works again.")))
