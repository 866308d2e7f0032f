"""What pages gather from the sections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from cop_site.accounts.policy import can_apply
from cop_site.library.documents import title_of
from cop_site.library.models import Practice
from cop_site.library.policy import KIND, may_have_texts
from cop_site.search import selectors as search
from cop_site.search.port import Shown
from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Term

NEWEST = 4
NEWS_ON_A_PAGE = 10
MOST_CHOSEN = 6
ICONS = {"prevention": "shield-check", "protection": "users-round", "prosecution": "scale", "partnership": "waypoints"}


@dataclass(frozen=True)
class Strand:
    """One strip of the mat: a group of mandates and how many practices the reader finds there."""

    term: Term
    count: int

    @property
    def icon(self) -> str:
        return ICONS.get(self.term.slug, "book-open")


@dataclass(frozen=True)
class Home:
    newest: list[Shown]
    total: int
    strands: list[Strand]
    can_share: bool
    is_applicant: bool


def home(viewer: Any) -> Home:
    """What is new and how much there is, as far as ``viewer`` may see."""
    found = search.find(viewer, kinds=(KIND,), sort="newest", size=NEWEST, facets=("group",))
    counts = found.facets.get("group", {})
    strands = [Strand(term, counts.get(slug, 0)) for slug, term in words.terms("mandate_group").items()]
    return Home(list(found.results), found.total, strands, may_have_texts(viewer), can_apply(viewer))


def part_of(news: QuerySet, number: str | None) -> Page:
    """One page of a list of news; nonsense asks for the first."""
    return Paginator(news, NEWS_ON_A_PAGE).get_page(number)


def chosen_practices(viewer: Any, slugs: Sequence[str]) -> list[Shown]:
    """The practices that editors chose, in their order, as far as ``viewer`` may see them."""
    wanted = list(slugs)[:MOST_CHOSEN]
    if not wanted:  # as on most pages: to put the question together alone takes milliseconds
        return []
    visible = Practice.objects.visible_to(viewer).published().for_lists()
    found = {practice.slug: practice for practice in visible.filter(slug__in=wanted)}
    return [_as_shown(found[slug]) for slug in wanted if slug in found]


def _as_shown(practice: Practice) -> Shown:
    return Shown(KIND, practice, title_of(practice), practice.get_absolute_url(), "", "", 0.0)
