"""Tallies: for each audience and each value of a facet the set of its entries, kept in step with the entries themselves."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from threading import Lock

from django.db import connection, transaction

from ..models import Block, EntryAudience, EntryFacet, Tally
from . import bitmaps
from .bitmaps import BLOCK, Bits

AUDIENCE = "@"  # the name under which audiences are tallied; no facet is called so
LOCK = 5_319_742  # of PostgreSQL's advisory locks, ours

Mark = tuple[str, str]  # (name, value)
States = Mapping[int, str]  # block -> what changes with everything in it


def states() -> States:
    """All blocks as they are now; what was read of a block stays right for as long as its state is the same.

    Read it before anything that is to be kept under it: then what is kept is never older than its label.
    """
    return dict(Block.objects.values_list("number", "state"))


def one_at_a_time() -> None:
    """Wait until no other transaction writes the index; SQLite has one writer anyway.

    All would meet at the counts and tallies of everybody's texts, and in whatever order they come, never for ever.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


# --- reading


class Shelf:
    """The tallies of all blocks, kept in memory for as long as the blocks stay as they are."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[int, tuple[str, dict[str, dict[str, int]]]] = {}

    def at(self, states: States) -> "Tallies":
        kept = self._kept
        stale = [number for number, state in states.items() if kept.get(number, ("",))[0] != state]
        if stale or len(kept) > len(states):
            kept = {number: kept[number] for number in states if number in kept} | _read(stale, states)
            with self._lock:
                self._kept = kept
        return Tallies({number: kept[number][1] for number in states})


def _read(numbers: list[int], states: States) -> dict[int, tuple[str, dict[str, dict[str, int]]]]:
    found: dict[int, tuple[str, dict[str, dict[str, int]]]] = {number: (states[number], {}) for number in numbers}
    for number, name, value, bits in Tally.objects.filter(block__in=numbers).values_list("block", "name", "value", "bits"):
        found[number][1].setdefault(name, {})[value] = bitmaps.from_bytes(bytes(bits))
    return found


class Tallies:
    """The tallies at one moment."""

    def __init__(self, blocks: Mapping[int, Mapping[str, Mapping[str, int]]]) -> None:
        self._blocks = blocks

    def of(self, name: str, values: Iterable[str]) -> Bits:
        """Entries that have any of ``values``."""
        wanted, found = set(values), {}
        for number, names in self._blocks.items():
            bits = 0
            for value in wanted.intersection(held := names.get(name, {})):
                bits |= held[value]
            if bits:
                found[number] = bits
        return found

    def values(self, name: str) -> set[str]:
        return {value for names in self._blocks.values() for value in names.get(name, ())}

    def counts(self, name: str, among: Bits) -> dict[str, int]:
        """How many of ``among`` have each value, the most frequent first."""
        found: dict[str, int] = {}
        for number, asked in among.items():
            for value, bits in self._blocks.get(number, {}).get(name, {}).items():
                if held := (bits & asked).bit_count():
                    found[value] = found.get(value, 0) + held
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


# --- writing


def write(marks: Mapping[int, Iterable[Mark]]) -> None:
    """These entries have these marks now, and no others; within the transaction that writes the entries."""
    wanted: dict[int, dict[Mark, int]] = {}
    touched: dict[int, int] = {}
    for pk, of_one in marks.items():
        number, bit = bitmaps.block_of(pk), 1 << pk % BLOCK
        touched[number] = touched.get(number, 0) | bit
        for mark in of_one:
            block = wanted.setdefault(number, {})
            block[mark] = block.get(mark, 0) | bit
    for number, mask in sorted(touched.items()):
        _write_block(number, wanted.get(number, {}), mask)


def _write_block(number: int, wanted: Mapping[Mark, int], mask: int) -> None:
    """Put the bits under ``mask`` right in one block."""
    held = {(row.name, row.value): row for row in Tally.objects.filter(block=number)}
    missing = [mark for mark in wanted if mark not in held]
    Tally.objects.bulk_create(
        Tally(block=number, name=name, value=value, bits=bitmaps.to_bytes(wanted[name, value])) for name, value in missing
    )
    changed, empty = [], []
    for mark, row in held.items():
        before = bitmaps.from_bytes(bytes(row.bits))
        after = before & ~mask | wanted.get(mark, 0)
        if after != before:
            row.bits = bitmaps.to_bytes(after)
            (changed if after else empty).append(row)
    _rewrite(changed)
    Tally.objects.filter(pk__in=[row.pk for row in empty]).delete()
    state = Block(number=number, state=secrets.token_hex(8))
    Block.objects.bulk_create([state], update_conflicts=True, unique_fields=["number"], update_fields=["state"])


def _rewrite(rows: list[Tally]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE search_tally SET bits = %s WHERE id = %s", [(row.bits, row.pk) for row in rows])


def recount() -> None:
    """Put right what is wrong, a block at a time."""
    numbers = set(Block.objects.values_list("number", flat=True)) | set(Tally.objects.values_list("block", flat=True).distinct())
    last = max(EntryAudience.objects.order_by("-entry").values_list("entry", flat=True)[:1], default=0)
    for number in sorted(numbers | set(range(bitmaps.block_of(last) + 1))):
        with transaction.atomic():
            one_at_a_time()
            _recount_block(number)


def _recount_block(number: int) -> None:
    real: dict[Mark, int] = {}
    for mark, pk in _marks_in(number):
        real[mark] = real.get(mark, 0) | 1 << pk % BLOCK
    held = {(name, value): bitmaps.from_bytes(bytes(bits)) for name, value, bits in _rows_of(number)}
    if real != held:
        _write_block(number, real, (1 << BLOCK) - 1)


def _rows_of(number: int) -> Iterable[tuple[str, str, bytes]]:
    return Tally.objects.filter(block=number).values_list("name", "value", "bits")


def _marks_in(number: int) -> Iterator[tuple[Mark, int]]:
    within = {"entry__gte": number * BLOCK, "entry__lt": (number + 1) * BLOCK}
    for audience, pk in EntryAudience.objects.filter(**within).values_list("audience", "entry"):
        yield (AUDIENCE, audience), pk
    for name, value, pk in EntryFacet.objects.filter(**within).values_list("name", "value", "entry"):
        yield (name, value), pk
