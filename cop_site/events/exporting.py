"""The sealed record of a room: lines that hold on to each other, and how anybody finds out whether they still do.

Pure: what is sealed comes in as it was told in the room, what comes out are the bytes of the file (docs/room-export.md).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

VERSION = 1
Told = dict[str, Any]
KINDS = {"room", "event", "seal"}


def canonical(told: Told) -> bytes:
    """The one way to write something down: keys in order, no spaces, UTF-8."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hash_of(told: Told) -> str:
    """What a line says and after which line it says so, in 64 letters."""
    return hashlib.sha256(canonical({name: value for name, value in told.items() if name != "hash"})).hexdigest()


def sealed(head: str, secret: str | None = None) -> str:
    """What only the site can write under a chain."""
    return salted_hmac("events.export", head, secret=secret, algorithm="sha256").hexdigest()


class Chain:
    """The lines of one record, one after the other: each holds on to the one before."""

    def __init__(self) -> None:
        self.head = ""
        self.entries = 0

    def opening(self, about: Told) -> bytes:
        """The first line: which room, and when its record was taken."""
        return self._line({"type": "room", "version": VERSION, **about})

    def entry(self, told: Told) -> bytes:
        """An entry as everybody in the room got it."""
        self.entries += 1
        return self._line(told)

    def closing(self) -> bytes:
        """The last line: how many there were, where the chain ends (its head), and the seal of the site under that."""
        head = self.head
        line = self._line({"type": "seal", "entries": self.entries, "head": head, "hmac": sealed(head)})
        self.head = head
        return line

    def _line(self, told: Told) -> bytes:
        line = {**told, "prev": self.head}
        self.head = hash_of(line)
        return canonical({**line, "hash": self.head}) + b"\n"


@dataclass(frozen=True)
class Fault:
    """Where a record is not what it was, and how."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


def faults_in(lines: Iterable[bytes]) -> Iterator[Fault]:
    """Every place where a record does not hold; nothing where it is what the site gave out. Holds one line at a time."""
    look = _Look()
    number = 0
    for number, raw in enumerate(lines, start=1):
        yield from (Fault(number, what) for what in look.at(raw))
    if not look.is_sealed:
        yield Fault(number + 1, "cut off: the seal is not there")


class _Look:
    """What is known of a record while it is read from its first line to its last."""

    def __init__(self) -> None:
        self.head, self.seq, self.promised = "", 0, 0
        self.is_begun = self.is_sealed = False

    def at(self, raw: bytes) -> Iterator[str]:
        if self.is_sealed:
            yield "added after the seal"
            return
        line = _read(raw)
        if line is None:
            yield "changed: this is no line of a record"
            return
        if line["hash"] != hash_of(line):
            yield "changed: it does not say what was sealed"
        if line["prev"] != self.head:
            yield "does not follow the line before it"
        yield from {"room": self._opening, "event": self._entry, "seal": self._seal}[line["type"]](line)
        self.head = line["hash"]

    def _opening(self, line: Told) -> Iterator[str]:
        if self.is_begun:
            yield "begins anew in the middle"
        elif line.get("version") != VERSION:
            yield f"written in version {line.get('version')}, which is not known here"
        self.is_begun, self.promised = True, line.get("entries", 0)

    def _entry(self, line: Told) -> Iterator[str]:
        seq, awaited = line.get("seq"), self.seq + 1
        if not self.is_begun:
            yield from self._headless()
        if not isinstance(seq, int):
            yield "changed: it has no number"
        elif seq > awaited:
            yield f"missing before it: {awaited}" if seq == awaited + 1 else f"missing before it: {awaited} to {seq - 1}"
        elif seq < awaited:
            yield f"out of order: {seq} after {self.seq}"
        self.seq = max(self.seq, seq if isinstance(seq, int) else awaited)

    def _seal(self, line: Told) -> Iterator[str]:
        self.is_sealed = True
        if not self.is_begun:
            yield from self._headless()
        if not self.seq == self.promised == line.get("entries"):
            yield f"missing before it: {self.promised} were sealed, the last that stands here is {self.seq}"
        if line.get("head") != line["prev"]:
            yield "seals another record"
        if not _is_ours(line):
            yield "a foreign seal: this site did not write it"

    def _headless(self) -> Iterator[str]:
        self.is_begun = True
        yield "missing before it: the line about the room"


def _read(raw: bytes) -> Told | None:
    """A line, where it is written in the one way to write it."""
    try:
        line = json.loads(raw)
        is_plain = isinstance(line, dict) and canonical(line) + b"\n" == raw
    except (ValueError, RecursionError):
        return None
    is_line = is_plain and line.get("type") in KINDS and isinstance(line.get("hash"), str) and isinstance(line.get("prev"), str)
    return line if is_line else None


def _is_ours(line: Told) -> bool:
    """Whether the seal was written under the site's key, or under one that it had before."""
    said, head = str(line.get("hmac")), str(line.get("head"))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(said, sealed(head, key)) for key in keys)
