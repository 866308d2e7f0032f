"""The port: what apps put into search, what readers ask, what comes back. Engines stand behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Document:
    """A row as search knows it. ``audiences`` are the words of ``accounts.tokens.audience_tokens``."""

    kind: str
    pk: int
    audiences: frozenset[str]
    title: str
    summary: str = ""
    body: str = ""
    keywords: str = ""  # labels of terms, names of places and organisations, in both languages
    language: str = "id"
    external_id: str = ""
    year: int | None = None
    changed_at: float = 0.0  # seconds since 1970: freshness
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)  # name -> slugs


@dataclass(frozen=True)
class Query:
    """What a reader asks. ``audiences`` (``accounts.tokens.viewer_tokens``) are part of the query and of every count.

    ``filters``: facet name -> slugs, any of them; several names must all match.
    """

    audiences: frozenset[str]
    text: str = ""
    kinds: tuple[str, ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    changed_since: float | None = None  # seconds since 1970: only what changed later, as documents tell it
    sort: str = "relevance"  # relevance | newest | oldest | title
    size: int = 20
    start: int = 0
    facets: tuple[str, ...] = ()  # names to count; each count leaves its own filter out
    excerpts: bool = True  # a long list to take along shows none, and they are dear


@dataclass(frozen=True)
class Hit:
    """A match as the index knows it; the database has yet to say whether it may be shown."""

    kind: str
    pk: int
    score: float
    snippet: str  # clean HTML: escaped text with <mark>, safe to print in a template
    external_id: str = ""


@dataclass(frozen=True)
class Found:
    """What the index answers."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]  # name -> slug -> count
    understood: tuple[str, ...] = ()  # what the words were taken to mean as well ("peraturan desa" for "perdes")
    instead: str = ""  # the question as it would be typed right, in words the reader may know: "did you mean"


@dataclass(frozen=True)
class Shown:
    """A hit that the database let through: its row, and the link to it."""

    kind: str
    row: Any
    title: str
    url: str
    external_id: str
    snippet: str
    score: float
    label: Any = ""  # what readers call its kind; lazy text
    title_html: str = ""  # the title as clean HTML, with <mark>; as safe to print as the snippet
    warning: str = ""  # what the row is about, for readers who would rather not meet it; then there is no snippet


class Engine(Protocol):
    """What every engine can do. Only ``indexing`` writes and only ``selectors`` read through it."""

    def write(self, documents: Sequence[Document]) -> None:
        """Put these in, or in place of what was there."""

    def remove(self, kind: str, pks: Iterable[int]) -> None:
        """Take these out; one that is not there is no mistake."""

    def forget_deleted(self) -> None:
        """Clear away what is still kept of words that were taken out; nobody finds them, but they lie in a file."""

    def keys(self, kind: str) -> set[int]:
        """All rows of ``kind`` that the index holds."""

    def kinds(self) -> set[str]:
        """All kinds of which the index holds rows."""

    def find(self, query: Query) -> Found:
        """What answers ``query``; never fails over what was typed."""

    def complete(self, audiences: frozenset[str], text: str, limit: int) -> Sequence[Hit]:
        """Rows whose title goes on where ``text`` ends, best first."""

    def explain(self, query: Query, kind: str, pk: int) -> dict[str, Any]:
        """How the score of one row came about, in numbers; nothing of other rows, nothing where it does not answer ``query``."""
