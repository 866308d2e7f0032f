"""Which kinds of rows can be found; the apps that own them say how to read, re-check and show them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .port import Document


@dataclass(frozen=True)
class Kind:
    """One kind of row. ``visible`` is the last word on what a viewer gets."""

    name: str
    documents: Callable[[Iterable[int] | None], Iterator[Document]]
    visible: Callable[[Any, Sequence[int]], dict[int, Any]]
    link: Callable[[Any], str]
    title: Callable[[Any], str]
    label: Any = ""  # what readers call it; lazy text


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    documents: Callable[[Iterable[int] | None], Iterator[Document]],
    visible: Callable[[Any, Sequence[int]], dict[int, Any]],
    link: Callable[[Any], str],
    title: Callable[[Any], str],
    label: Any = "",
) -> None:
    """Make rows of ``kind`` findable.

    ``documents(pks)`` yields a document for each of these rows that belongs in the index, for all rows when None.
    ``visible(viewer, pks)`` returns those the viewer may see, by pk; ``link`` and ``title`` get such a row.
    """
    _kinds[kind] = Kind(kind, documents, visible, link, title, label or kind)


def forget(kind: str) -> None:
    """Undo ``register``."""
    _kinds.pop(kind, None)


def kinds() -> tuple[str, ...]:
    """Names of all kinds, in the order in which they came."""
    return tuple(_kinds)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)
