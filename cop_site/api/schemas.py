"""What the read API answers."""

from ninja import Schema


class SearchResult(Schema):
    kind: str
    id: int
    external_id: str
    title: str
    url: str
    snippet: str
    score: float


class FacetValue(Schema):
    value: str
    label: str
    count: int


class SearchAnswer(Schema):
    total: int
    results: list[SearchResult]
    facets: dict[str, list[FacetValue]]


class Suggestion(Schema):
    text: str
    url: str
    kind: str


class SuggestAnswer(Schema):
    suggestions: list[Suggestion]


class Refused(Schema):
    detail: str
