"""Finding, as a reader does: the index says what matches, the database what may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cop_site.accounts.tokens import viewer_tokens
from cop_site.core.readiness import State

from . import engines, registry
from .analysis import Question, ask, mark
from .port import Hit, Query, Shown

MOST_SKIPPED = 10_000  # nobody reads page 500; a stranger's script shall not make us sort for it


@dataclass(frozen=True)
class Results:
    """One page of answers, as one reader gets them."""

    total: int
    results: list[Shown]
    facets: dict[str, dict[str, int]]
    understood: tuple[str, ...] = ()
    instead: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A title that goes on where the reader is typing."""

    text: str
    url: str
    kind: str
    label: Any = ""  # what readers call its kind; lazy text


def find(
    viewer: Any,
    *,
    text: str = "",
    kinds: Sequence[str] = (),
    filters: Mapping[str, Sequence[str]] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    changed_since: float | None = None,
    facets: Sequence[str] = (),
    sort: str = "relevance",
    size: int = 20,
    start: int = 0,
    excerpts: bool = True,
) -> Results:
    """What ``viewer`` finds; every hit is read again through its app, and what that does not return is not shown."""
    if start > MOST_SKIPPED:
        size = 0
    query = Query(
        audiences=frozenset(viewer_tokens(viewer)),
        text=text,
        kinds=tuple(kinds),
        filters={name: tuple(values) for name, values in (filters or {}).items()},
        year_from=year_from,
        year_to=year_to,
        changed_since=changed_since,
        sort=sort,
        size=size,
        start=min(start, MOST_SKIPPED),
        facets=tuple(facets),
        excerpts=excerpts,
    )
    found = engines.current().find(query)
    shown = _shown(viewer, found.hits, ask(text))
    return Results(max(0, found.total - (len(found.hits) - len(shown))), shown, found.facets, found.understood, found.instead)


def state() -> State:
    """Whether the engine answers, asked as a stranger would ask."""
    engines.current().find(Query(audiences=frozenset({"publik"}), text="desa", size=1))
    return State(True, "answers")


def suggest(viewer: Any, text: str, limit: int = 8) -> list[Suggestion]:
    """Titles that ``viewer`` may see and that go on where ``text`` ends."""
    hits = engines.current().complete(frozenset(viewer_tokens(viewer)), text, limit)
    return [Suggestion(one.title, one.url, one.kind, one.label) for one in _shown(viewer, hits, Question())]


def _shown(viewer: Any, hits: Sequence[Hit], question: Question) -> list[Shown]:
    """The hits that the database lets through, in their order."""
    found: dict[tuple[str, int], Shown] = {}
    for name in {hit.kind for hit in hits}:
        if kind := registry.kind_named(name):
            of_kind = {hit.pk: hit for hit in hits if hit.kind == name}
            rows = kind.visible(viewer, list(of_kind))
            found.update({(name, pk): _one(kind, of_kind[pk], row, question) for pk, row in rows.items() if pk in of_kind})
    return [found[hit.kind, hit.pk] for hit in hits if (hit.kind, hit.pk) in found]


def _one(kind: registry.Kind, hit: Hit, row: Any, question: Question) -> Shown:
    title = kind.title(row)
    marked, warning = mark(title, question), kind.warning(row)
    snippet = "" if warning else hit.snippet
    return Shown(hit.kind, row, title, kind.link(row), hit.external_id, snippet, hit.score, kind.one, marked, warning)
