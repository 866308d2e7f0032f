"""What the read API answers."""

from datetime import date

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


class DirectoryFreshness(Schema):
    """How fresh the directory is, counted over the organisations that the reader may see."""

    total: int
    fresh: int = Field(description="Confirmed within the last 180 days.")
    due: int = Field(description="It is time to ask them whether it is still right.")
    stale: int = Field(description="Confirmed once, and not for 210 days: shown dimmed.")
    never: int = Field(description="Nobody has ever confirmed them: shown dimmed.")
    backlog: int = Field(description="Those of which nobody has said for 180 days, or ever, that they are right.")
    unclaimed: int = Field(description="Nobody looks after their entry.")
    median_days: int | None = Field(description="Half of the confirmed ones were confirmed within so many days; null without any.")
    oldest_days: int | None = Field(description="Days since the oldest confirmation.")
    oldest_asked: date | None = Field(description="The day of the oldest question without an answer.")


class Refused(Schema):
    detail: str
