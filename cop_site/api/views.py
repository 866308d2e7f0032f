"""/api/v1: what a reader may find, as JSON. It answers as whoever the session cookie signs in, else as a visitor."""

from dataclasses import asdict
from html import unescape
from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Status

from cop_site.accounts import limits
from cop_site.directory.selectors import freshness
from cop_site.search import registry
from cop_site.search import selectors as search
from cop_site.search.port import Shown

from .schemas import DirectoryFreshness, FacetValue, Refused, SearchAnswer, SearchResult, SuggestAnswer, Suggestion

api = NinjaAPI(
    title=settings.SITE_NAME, version="1", docs_url=None, openapi_url="openapi.json", description="The read API.", urls_namespace="api"
)
LONGEST_QUERY = 500
# Kinds of the product whose sections are not open yet: known, and empty.
KINDS = ("practice", "document", "organisation", "topic", "event", "challenge", "need", "recommendation")
Language = Literal["id", "en"]  # of labels and addresses


@api.get("/search", response={200: SearchAnswer, 422: Refused, 429: Refused}, url_name="search")
def find(
    request: HttpRequest,
    response: HttpResponse,
    q: str = "",
    kind: str = "",
    size: int = Query(20, ge=0, le=100),
    start: int = Query(0, ge=0, le=10_000, alias="from"),
    language: Language = "id",
):
    """Rows that match ``q`` and that the reader may see, best first, with counts of each facet under the same right."""
    if wait := limits.seconds_to_wait(request, "search"):
        response["Retry-After"] = str(wait)
        return Status(429, {"detail": _("That was searched too often. Wait %(seconds)d seconds.") % {"seconds": wait}})
    if kind and kind not in KINDS:
        return Status(422, {"detail": _("There is no kind “%(kind)s”. Kinds: %(kinds)s.") % {"kind": kind[:40], "kinds": ", ".join(KINDS)}})
    kinds = tuple(name for name in registry.kinds() if kind in ("", name))
    if not kinds:
        return SearchAnswer(total=0, results=[], facets={})
    facets = {name: facet for name, facet in registry.facets(kinds).items() if facet.is_boxed and not facet.within}
    with translation.override(language):
        found = search.find(request.user, text=q[:LONGEST_QUERY], kinds=kinds, size=size, start=start, facets=tuple(facets))
        return SearchAnswer(
            total=found.total,
            results=[_result(request, shown) for shown in found.results],
            facets={name: _values(facet, found.facets.get(name, {})) for name, facet in facets.items()},
            instead=found.instead,
        )


def _result(request: HttpRequest, shown: Shown) -> SearchResult:
    return SearchResult(
        kind=shown.kind,
        id=shown.row.pk,
        external_id=shown.external_id,
        title=shown.title,
        url=request.build_absolute_uri(shown.url),
        snippet=unescape(strip_tags(shown.snippet)),
        score=round(shown.score, 4),
    )


def _values(facet: registry.Facet, counts: dict[str, int]) -> list[FacetValue]:
    return [FacetValue(value=slug, label=str(facet.label_of(slug)), count=count) for slug, count in counts.items()]


@api.get("/suggest", response={200: SuggestAnswer, 429: Refused}, url_name="suggest")
def suggest(request: HttpRequest, response: HttpResponse, q: str = "", language: Language = "id"):
    """Titles that go on from what was typed, among those the reader may see; at most four a second, minute by minute."""
    if wait := limits.seconds_to_wait(request, "suggest"):
        response["Retry-After"] = str(wait)
        return Status(429, {"detail": _("Too many suggestions were asked for. Wait %(seconds)d seconds.") % {"seconds": wait}})
    with translation.override(language):
        found = search.suggest(request.user, q[:LONGEST_QUERY])
        return SuggestAnswer(
            suggestions=[
                Suggestion(text=one.text, url=request.build_absolute_uri(one.url), kind=one.kind, label=str(one.label)) for one in found
            ]
        )


@api.get("/directory/freshness", response=DirectoryFreshness, url_name="directory-freshness")
def directory_freshness(request: HttpRequest):
    """How fresh the directory is, and how much of it waits for news, over the organisations that the reader may see."""
    found = freshness.state(request.user)
    return asdict(found) | {"backlog": found.backlog}
