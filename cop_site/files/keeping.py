"""Where the bytes lie: outside the web root, under the random number of their row, for nobody but the server."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

INCOMING = "incoming"
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def place_of(file_id: UUID) -> Path:
    """Where the bytes of a file lie, whether or not they are there."""
    return Path(settings.FILE_ROOT) / file_id.hex[:2] / file_id.hex


def put(clean: Path, file_id: UUID) -> None:
    """Move cleaned bytes to their place, in one step."""
    place = place_of(file_id)
    place.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    clean.chmod(PRIVATE_FILE)
    os.utime(clean)
    os.replace(clean, place)


def drop(file_id: UUID) -> None:
    """The bytes are gone, if they were there."""
    place_of(file_id).unlink(missing_ok=True)


@contextmanager
def desk() -> Iterator[Path]:
    """A folder to clean one file on, empty before and gone afterwards; on the same disk as the place it goes to."""
    incoming = Path(settings.FILE_ROOT) / INCOMING
    incoming.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=incoming))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kept_before(moment: datetime) -> Iterator[UUID]:
    """The numbers of all bytes that were put into their place before ``moment``."""
    for place in Path(settings.FILE_ROOT).glob("[0-9a-f][0-9a-f]/*"):
        if len(place.name) == len(UUID(int=0).hex) and _is_older(place, moment):
            yield UUID(place.name)


def forget_desks_before(moment: datetime) -> None:
    """Desks that nobody cleared away: the process that worked there was ended."""
    for folder in (Path(settings.FILE_ROOT) / INCOMING).glob("*"):
        if _is_older(folder, moment):
            shutil.rmtree(folder, ignore_errors=True)


def _is_older(place: Path, moment: datetime) -> bool:
    try:
        return place.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # gone while we looked
        return False
