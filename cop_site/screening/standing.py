"""What stands already, as its apps tell it: looked through when new words are watched for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Standing:
    """A row that others read, and its words."""

    row: models.Model
    texts: Mapping[str, str | Sequence[str]]


# The next rows after this number, in the order of their numbers, and at most so many; nothing that its author alone reads.
Read = Callable[[int, int], Iterator[Standing]]

_kinds: dict[str, Read] = {}


def register(kind: str, read: Read) -> None:
    """Have these rows looked through."""
    _kinds[kind] = read


def kinds() -> list[str]:
    """In the order in which they are looked through."""
    return sorted(_kinds)


def read(kind: str, after: int, most: int) -> list[Standing]:
    return list(_kinds[kind](after, most))
