"""Databases for tests, made once and copied: 250 migrations take 13 seconds of processor time, a copy takes none."""

import fcntl
import hashlib
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var" / "test-databases"
KEPT_TEMPLATES = 3

# What a template is made from; when one of these changes, another template is made.
MADE_FROM = (
    "uv.lock",
    "cop_site/*/migrations/*.py",
    "cop_site/vocabulary/data/*",
    "cop_site/vocabulary/*.py",
    "cop_site/vocabulary/management/commands/*.py",
)
rows_at_first: list[str] = []


def set_up() -> Callable[[], None]:
    """Give the default connection a database of its own; returns what takes it down."""
    return _copy_template() if connection.vendor == "sqlite" else _make_database()


def keep(path: Path) -> None:
    """Copy all rows as they stand into a file, for ``refill`` later on. On SQLite alone."""
    connection.close()
    _copy(settings.DATABASES["default"]["NAME"], path)


def refill(rows: Path | None = None) -> None:
    """Put the rows of the first moment, or those that ``keep`` wrote to ``rows``, in the place of what a committing test left."""
    if connection.vendor == "sqlite":
        connection.close()
        _copy(rows or template(), settings.DATABASES["default"]["NAME"])
        return
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(rows_at_first[0])
    with connection.cursor() as cursor:  # the rows came with their ids, of which the sequences have not heard
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def template() -> Path:
    """The migrated file that belongs to these migrations; whoever comes first makes it, others wait."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    path = TEMPLATES / f"{_mark()}.sqlite3"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _make_template(path)
    return path


def _copy_template() -> Callable[[], None]:
    source = template()  # first: it is made with the same connection
    path = settings.VAR / f"tests-{os.getpid()}.sqlite3"
    path.write_bytes(source.read_bytes())
    _point_at(path)

    def take_down() -> None:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)

    return take_down


def _make_template(path: Path) -> None:
    half = path.with_suffix(f".{os.getpid()}.half")
    _point_at(half)
    _fill()
    connection.close()
    half.rename(path)
    for old in sorted(TEMPLATES.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)[:-KEPT_TEMPLATES]:
        old.unlink()


def _fill() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_vocabulary", verbosity=0, stdout=io.StringIO())


def _make_database() -> Callable[[], None]:
    made = setup_databases(verbosity=0, interactive=False)
    call_command("load_vocabulary", verbosity=0, stdout=io.StringIO())
    rows_at_first[:] = [connection.creation.serialize_db_to_string()]
    return lambda: teardown_databases(made, verbosity=0)


def _point_at(path: Path) -> None:
    """A file, not memory: the browser tests' server and its threads open it too. Nothing in it must outlive a crash."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(path)
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def _copy(source: Path | str, target: Path | str) -> None:
    with _open(source) as read, _open(target) as written:
        read.backup(written)


@contextmanager
def _open(path: Path | str) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(path, timeout=20)
    try:
        yield opened
    finally:
        opened.close()


def main() -> None:
    """Make the template if there is none; for script/test, which has something else to do meanwhile."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings.test")
    django.setup()
    template()


def _mark() -> str:
    """A name for all that a template is made from."""
    content = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            content.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()[:16]


if __name__ == "__main__":
    main()
