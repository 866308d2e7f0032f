"""A whole list of results as citations, and the newest of them as everybody may know them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cop_site.search import selectors as search
from cop_site.search.asked import Asked
from cop_site.search.selectors import Results

from ..models import Practice
from .reading import KINDS

NOBODY = AnonymousUser()  # who reads what everybody may
MOST_CITED = 2000
PIECE = 250
IN_A_FEED = 50


def query_of(asked: Asked) -> str:
    """The part of a list's address that says which texts are in it, whatever their order."""
    return asked.query("sort")


@dataclass(frozen=True)
class CitedList:
    """The texts of a list as its reader finds them: how many there are, and the first ``MOST_CITED``, piece by piece."""

    viewer: Any
    asked: Asked

    def total(self) -> int:
        return _find(self.viewer, self.asked, size=0).total

    def pieces(self) -> Iterator[list[Practice]]:
        for start in range(0, MOST_CITED, PIECE):
            found = _find(self.viewer, self.asked, start=start, size=PIECE)
            yield [shown.row for shown in found.results]
            unseen = PIECE - len(found.results)  # at most so many were left out of the total because the database hid them
            if start + PIECE >= found.total + unseen:
                return


def newest_public(asked: Asked) -> list[Practice]:
    """What a feed tells of a list: the newest that everybody may read, whoever asks."""
    found = _find(NOBODY, asked, size=IN_A_FEED, sort="newest")
    return sorted((shown.row for shown in found.results), key=lambda practice: (shelved_at(practice), practice.pk), reverse=True)


def shelved_at(practice: Practice) -> Any:
    """When what readers find of it changed last."""
    return practice.shelf_changed_at or practice.last_published_at or practice.created_at


def _find(viewer: Any, asked: Asked, *, size: int, start: int = 0, sort: str = "") -> Results:
    return search.find(
        viewer,
        **asked.narrowing,
        kinds=(asked.kind,) if asked.kind else tuple(KINDS),
        sort=sort or asked.sort,
        size=size,
        start=start,
        excerpts=False,
    )
