"""What pages gather from the sections."""

from dataclasses import dataclass
from typing import Any

from cop_site.accounts.policy import can_apply
from cop_site.library.policy import KIND, can_share
from cop_site.search import selectors as search
from cop_site.search.port import Shown
from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Term

NEWEST = 4
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
    return Home(list(found.results), found.total, strands, can_share(viewer), can_apply(viewer))
