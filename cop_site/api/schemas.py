"""What the read API answers."""

from ninja import Field, Schema


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
    instead: str = Field("", description="The question as it would be typed right; empty where nothing seems mistyped.")


class Suggestion(Schema):
    text: str
    url: str
    kind: str
    label: str = Field(description="What readers call its kind.")


class SuggestAnswer(Schema):
    suggestions: list[Suggestion]


class Refused(Schema):
    detail: str
