"""The one way in for what people upload: measured, cleaned, its text read; what it was before is gone."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from . import keeping, names
from .cleaning.outcome import Cleaned
from .kinds import ALL, KINDS, MOST_BYTES
from .models import StoredFile
from .refusing import Refused
from .washing import wash


@dataclass(frozen=True)
class Incoming:
    """A cleaned file that is not kept yet: its name, its text, and what is known of it."""

    name: str
    told: Cleaned
    _clean: Path

    @property
    def text(self) -> str:
        return self.told.text

    def keep(self, *, by: Any) -> StoredFile:
        """Keep it: its row, and its bytes in their place. The deed that calls this lists it somewhere."""
        file = StoredFile(
            name=self.name,
            media_type=KINDS[self.told.kind].media_type,
            size=self._clean.stat().st_size,
            text=self.told.text,
            pages=self.told.pages,
            width=self.told.width,
            height=self.told.height,
            uploaded_by=by,
        )
        keeping.put(self._clean, file.pk)
        file.save(force_insert=True)
        return file


@contextmanager
def received(upload: UploadedFile | None, *, accept: Collection[str] = ALL) -> Iterator[Incoming]:
    """A file as it came in, cleaned; what the block does not ``keep`` is gone when it ends.

    Cleaning takes seconds: it belongs before a deed, whose transaction others wait for. A file that is not taken is
    ``Refused``, with a sentence for its sender.
    """
    if upload is None:
        raise Refused("missing")
    with keeping.desk() as folder:
        given, clean = folder / "given", folder / "clean"
        _copy(upload, given)
        told = wash(given, clean, names.ending_of(upload.name or ""))
        given.unlink()
        if told.kind not in accept:
            raise Refused("not-here", accept)
        yield Incoming(names.shown_name(upload.name or "", told.kind), told, clean)


def take_in(upload: UploadedFile | None, *, by: Any, accept: Collection[str] = ALL) -> StoredFile:
    """Clean and keep a file; unless a row lists it within a day, it is gone again."""
    with received(upload, accept=accept) as incoming, transaction.atomic():
        return incoming.keep(by=by)


def _copy(upload: UploadedFile, given: Path) -> None:
    """Byte by byte, since what a browser says of a size need not be so."""
    size = 0
    with given.open("xb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refused("too-large")
            file.write(chunk)
    if not size:
        raise Refused("empty")
