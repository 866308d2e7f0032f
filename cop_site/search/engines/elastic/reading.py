"""What Elasticsearch answers, as the port says it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ...analysis import Question, excerpt
from ...port import Hit
from .asking import MARKS

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Row:
    """A row as the server names it, with what was read of it."""

    id: str
    kind: str
    pk: int
    external_id: str = ""
    score: float = 0.0
    source: Mapping[str, Any] = field(default_factory=dict)

    def hit(self, snippet: str) -> Hit:
        return Hit(self.kind, self.pk, self.score, snippet, self.external_id)

    def scored(self, score: float) -> "Row":
        return replace(self, score=score)


@dataclass(frozen=True)
class Page:
    total: int
    rows: list[Row]
    facets: dict[str, dict[str, int]]

    def with_rows(self, rows: list[Row]) -> "Page":
        return replace(self, rows=rows)


def page(answer: Mapping[str, Any], facets: Iterable[str]) -> Page:
    hits = answer["hits"]
    counted = {name: {one["key"]: one["doc_count"] for one in answer["aggregations"][name]["values"]["buckets"]} for name in facets}
    return Page(hits.get("total", {}).get("value", 0), [row(one) for one in hits["hits"]], counted)


def suggested(answer: Mapping[str, Any]) -> list[Row]:
    """Each title once, best first."""
    options = [option for one in answer["suggest"]["titles"] for option in one["options"]]
    found: dict[str, Row] = {}
    for one in sorted(options, key=lambda one: (-one["_score"], one["_source"]["object_id"])):
        found.setdefault(one["_id"], row(one))
    return list(found.values())


def row(one: Mapping[str, Any]) -> Row:
    source = one.get("_source", {})
    return Row(one["_id"], source.get("kind", ""), source.get("object_id", 0), source.get("external_id", ""), 0.0, source)


# --- excerpts


def snippets(answer: Mapping[str, Any], question: Question) -> dict[str, SafeString]:
    """Clean HTML by row: where the server marked most; where it marked nothing, as the embedded engine cuts it."""
    return {one["_id"]: _snippet(one, question) for one in answer["hits"]["hits"]}


def _snippet(one: Mapping[str, Any], question: Question) -> SafeString:
    source = one["_source"]
    marked = [(name, pieces[0]) for name, pieces in one.get("highlight", {}).items()]
    if not marked:
        return excerpt([source[name] for name in ("summary", "body") if source.get(name)], question)
    name, piece = max(marked, key=lambda found: (len(_said(found[1])), found[0] == "summary"))
    return _clean(piece, source[name])


def _said(piece: str) -> set[str]:
    """The different words that are marked."""
    return {part.split(MARKS[1])[0].lower() for part in piece.split(MARKS[0])[1:]}


def _clean(piece: str, text: str) -> SafeString:
    """Escaped, with marks; dots where the text goes on."""
    plain = piece.replace(MARKS[0], "").replace(MARKS[1], "")
    at = text.find(plain)
    before = "… " if at > 0 and text[:at].strip() else ""
    after = " …" if at >= 0 and text[at + len(plain) :].strip() else ""
    return format_html("{}{}{}", before, _marked(piece), after)


def _marked(piece: str) -> SafeString:
    first, *rest = piece.split(MARKS[0])
    parts: list[tuple[Any]] = [(_one_line(first).lstrip(),)]
    for one in rest:
        said, _end, between = one.partition(MARKS[1])
        parts += [(format_html("<mark>{}</mark>", _one_line(said)),), (_one_line(between),)]
    return format_html_join("", "{}", parts)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text)
