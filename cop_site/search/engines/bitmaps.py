"""Sets of entries as bits: one whole number for each block of ids, so that intersecting and counting 100,000 takes microseconds."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

BLOCK = 8_192  # ids; a kilobyte, which both databases keep inside a row

Bits = Mapping[int, int]  # block -> the ids in it, lowest bit first

NONE: Bits = {}


def block_of(pk: int) -> int:
    return pk // BLOCK


def of(pks: Iterable[int]) -> dict[int, int]:
    """The set of a few ids."""
    found: dict[int, int] = {}
    for pk in pks:
        number = pk // BLOCK
        found[number] = found.get(number, 0) | 1 << pk % BLOCK
    return found


def of_many(offsets: Iterable[int], first: int, last: int) -> dict[int, int]:
    """The set of many ids, given by how far they lie behind the beginning of block ``first``, none behind block ``last``."""
    flags = bytearray(b"0") * ((last - first + 1) * BLOCK)
    for offset in offsets:
        flags[offset] = 49  # "1"
    found: dict[int, int] = {}
    for number in range(first, last + 1):
        start = (number - first) * BLOCK
        # Python reads a number in base two, highest bit first, faster than it sets bits one by one.
        if bits := int(flags[start : start + BLOCK][::-1], 2):
            found[number] = bits
    return found


def both(one: Bits, other: Bits) -> dict[int, int]:
    return {number: held for number, bits in one.items() if (held := bits & other.get(number, 0))}


def without(one: Bits, other: Bits) -> dict[int, int]:
    return {number: left for number, bits in one.items() if (left := bits & ~other.get(number, 0))}


def any_of(many: Iterable[Bits]) -> dict[int, int]:
    several = list(many)
    numbers = {number for one in several for number in one}
    return {number: reduce(or_, [one[number] for one in several if number in one]) for number in numbers}


def count(one: Bits) -> int:
    return sum(bits.bit_count() for bits in one.values())


def holds(one: Bits, pk: int) -> bool:
    return bool(one.get(pk // BLOCK, 0) >> pk % BLOCK & 1)


def latest_first(one: Bits) -> Iterator[int]:
    """Its ids, the highest first."""
    for number in sorted(one, reverse=True):
        bits, start = one[number], number * BLOCK
        digits = f"{bits:b}"
        top, at = start + len(digits) - 1, digits.find("1")
        while at >= 0:
            yield top - at
            at = digits.find("1", at + 1)


def to_bytes(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def from_bytes(kept: bytes) -> int:
    return int.from_bytes(kept, "little")
