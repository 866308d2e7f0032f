"""ZIP packages, read with a measure for everything: names, numbers, sizes; and written anew."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from .outcome import Refusal

MOST_ENTRIES = 3_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_OF_ONE = 40 * 1024 * 1024
MOST_MARKUP = 24 * 1024 * 1024  # of one part that has to be read element by element
MOST_TIMES = 150  # larger than packed; text seldom gets beyond 30
ASKED_FROM = 1024 * 1024


class Package:
    """The parts of a package by name, none of them larger than it said."""

    def __init__(self, source: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
            self.names = [entry.filename for entry in entries]
            self._measure(entries)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise Refusal("damaged") from None

    def _measure(self, entries: list[zipfile.ZipInfo]) -> None:
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise Refusal("bomb")
        if len({entry.filename.lower() for entry in entries}) != len(entries):
            raise Refusal("damaged")
        for entry in entries:
            self._measure_one(entry)

    def _measure_one(self, entry: zipfile.ZipInfo) -> None:
        if entry.flag_bits & 1:
            raise Refusal("encrypted")
        parts = entry.filename.split("/")
        if "\\" in entry.filename or entry.filename.startswith("/") or ".." in parts or ":" in parts[0]:
            raise Refusal("damaged")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refusal("damaged")
        is_bomb = entry.file_size > ASKED_FROM and entry.file_size > MOST_TIMES * max(entry.compress_size, 1)
        is_large = entry.file_size > (MOST_MARKUP if entry.filename.endswith((".xml", ".rels")) else MOST_OF_ONE)
        if is_bomb or is_large:
            raise Refusal("bomb")

    def read(self, name: str) -> bytes:
        """One part; a part that is larger than its entry said, or not what was packed, is refused."""
        try:
            with self._zip.open(name) as part:
                return part.read(MOST_OF_ONE)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, RuntimeError, NotImplementedError, ValueError):
            raise Refusal("damaged") from None


def write(target: Path, parts: Iterator[tuple[str, bytes]], *, stored: tuple[str, ...] = ()) -> None:
    """A new package: no dates, no comments, nothing between its parts."""
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=6)
