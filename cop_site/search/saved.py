"""Saved searches as their owner finds them, answered anew with the rights she has now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from . import listing, registry, selectors
from .asked import Asked
from .listing import Chip
from .models import SavedSearch
from .port import Shown
from .selectors import Results

PAGE_SIZE = 10  # each is a search of its own
MOST_NEW = 20
MOST_SAVED = 50


@dataclass(frozen=True)
class Row:
    """A saved search with what it asks in readers' words, and how much is new in it."""

    saved: SavedSearch
    new: int
    text: str
    kind: Any
    chips: list[Chip]


@dataclass(frozen=True)
class SavedPage:
    rows: list[Row]
    page: Page


def has_room(viewer: Any) -> bool:
    """Whether one more search may be kept."""
    return SavedSearch.objects.visible_to(viewer).count() < MOST_SAVED


def saved_page(viewer: Any, number: str | int = 1) -> SavedPage:
    """One's saved searches, the last saved first."""
    page = Paginator(SavedSearch.objects.visible_to(viewer).order_by("-saved_at", "-pk"), PAGE_SIZE).get_page(number)
    shown = list(page.object_list)
    is_anything_new = bool(shown) and _is_anything_new(viewer, min(one.looked_at for one in shown))
    return SavedPage([_row(one, viewer, is_anything_new) for one in shown], page)


def new_in(saved: SavedSearch, *, viewer: Any, since: datetime) -> list[Shown]:
    """The rows that answer ``saved`` for ``viewer`` now and that came or changed after ``since``, the newest first."""
    return _new(saved, viewer, since).results


def _new(saved: SavedSearch, viewer: Any, since: datetime) -> Results:
    asked = saved.asked
    kinds = (asked.kind,) if asked.kind else registry.kinds()
    return selectors.find(
        viewer, **asked.narrowing, kinds=kinds, changed_since=since.timestamp(), sort="newest", size=MOST_NEW, excerpts=False
    )


def _is_anything_new(viewer: Any, since: datetime) -> bool:
    """Most days nothing is: then none of the searches has to be asked."""
    return bool(selectors.find(viewer, kinds=registry.kinds(), changed_since=since.timestamp(), size=0).total)


def _row(saved: SavedSearch, viewer: Any, is_anything_new: bool) -> Row:
    new = _new(saved, viewer, saved.looked_at).total if is_anything_new else 0
    return Row(saved, new, **told(saved.asked))


def told(asked: Asked) -> dict[str, Any]:
    """What a search asks, in readers' words."""
    kind = registry.kind_named(asked.kind)
    chips = listing.chips(asked, registry.facets(registry.kinds()))
    return {"text": asked.text, "kind": kind.label if kind else "", "chips": chips}
