"""Which kinds of rows can be found; the apps that own them say how to read, re-check and show them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from cop_site.vocabulary import selectors as words

from .port import Document


@dataclass(frozen=True)
class Facet:
    """A way to narrow a list: what it is called, its values in the order in which they are shown, and what each is called."""

    name: str
    label: Any  # lazy text
    slugs: Callable[[], Iterable[str]]
    label_of: Callable[[str], Any]  # what a value is called in the reader's language
    is_open: bool = False  # stands unfolded from the start
    by_number: bool = False  # the values with most answers come first
    is_boxed: bool = True  # not: it is chosen by links on other pages, and shown as chosen
    within: str = ""  # another facet: only where one of its values is chosen there is something to choose here

    @classmethod
    def of_terms(cls, name: str, label: Any, vocabulary: str, *, is_open: bool = False, is_boxed: bool = True) -> "Facet":
        """One whose values are the terms of a vocabulary, in their order."""
        return cls(name, label, partial(words.terms, vocabulary), partial(words.label, vocabulary), is_open=is_open, is_boxed=is_boxed)


@dataclass(frozen=True)
class Kind:
    """One kind of row. ``visible`` is the last word on what a viewer gets."""

    name: str
    documents: Callable[[Iterable[int] | None], Iterator[Document]]
    visible: Callable[[Any, Sequence[int]], dict[int, Any]]
    link: Callable[[Any], str]
    title: Callable[[Any], str]
    label: Any = ""  # what readers call it; lazy text
    one: Any = ""  # what they call one of them
    facets: tuple[Facet, ...] = ()
    warning: Callable[[Any], str] = lambda row: ""  # what stands in place of an excerpt


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    documents: Callable[[Iterable[int] | None], Iterator[Document]],
    visible: Callable[[Any, Sequence[int]], dict[int, Any]],
    link: Callable[[Any], str],
    title: Callable[[Any], str],
    label: Any = "",
    one: Any = "",
    facets: Sequence[Facet] = (),
    warning: Callable[[Any], str] = lambda row: "",
) -> None:
    """Make rows of ``kind`` findable.

    ``documents(pks)`` yields a document for each of these rows that belongs in the index, for all rows when None.
    ``visible(viewer, pks)`` returns those the viewer may see, by pk; ``link`` and ``title`` get such a row.
    ``label`` names the kind, ``one`` a single row of it. ``facets`` are those of its documents by which readers narrow a list. Kinds that share one call it by the same name.
    A row for which ``warning`` says something is shown with that instead of an excerpt.
    """
    _kinds[kind] = Kind(kind, documents, visible, link, title, label or kind, one or label or kind, tuple(facets), warning)


def forget(kind: str) -> None:
    """Undo ``register``."""
    _kinds.pop(kind, None)


def kinds() -> tuple[str, ...]:
    """Names of all kinds, in the order in which they came."""
    return tuple(_kinds)


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def facets(kinds: Iterable[str]) -> dict[str, Facet]:
    """The facets of these kinds by name; of those that several kinds share, the first kind's words hold."""
    found: dict[str, Facet] = {}
    for name in kinds:
        for facet in _kinds[name].facets if name in _kinds else ():
            found.setdefault(facet.name, facet)
    return found
