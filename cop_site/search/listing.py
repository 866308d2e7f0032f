"""A page of answers as lists show it: with facets to narrow it, chips of what was chosen, kinds and an order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from . import registry, selectors
from .asked import Asked
from .port import Shown

PAGE_SIZE = 20
_YEAR_CHIPS = {"year_from": _("From %(year)d"), "year_to": _("To %(year)d")}


@dataclass(frozen=True)
class Option:
    slug: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """A facet with those of its values that can be chosen here, by the name that the list's address has for it."""

    name: str
    label: Any
    options: list[Option]
    is_open: bool


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and how it is called."""

    name: str
    slug: str
    label: Any


@dataclass(frozen=True)
class Answers:
    """What a list shows. ``kinds`` are empty where there is but one to choose from."""

    asked: Asked
    total: int = 0
    page: Page = field(default_factory=lambda: Paginator([], PAGE_SIZE).get_page(1))
    facets: list[FacetBox] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    kinds: list[Option] = field(default_factory=list)
    understood: tuple[str, ...] = ()
    instead: str = ""

    @property
    def sorts(self) -> dict[str, Any]:
        """The orders to choose from: how well something matches is asked for with words."""
        return {name: label for name, label in self.asked.manner.sorts.items() if name != "relevance" or self.asked.text}

    @property
    def sort_label(self) -> Any:
        return self.asked.manner.sorts[self.asked.sort]

    @property
    def is_narrowed(self) -> bool:
        return self.asked.is_narrowed

    @property
    def kept_by_boxes(self) -> list[tuple[str, str]]:
        """What was asked beside what the boxes ask, for a form that sends both."""
        own = {box.name for box in self.facets} | {"year_from", "year_to"}
        return [(name, value) for name, value in self.asked.pairs() if name not in own]

    @property
    def kept_by_words(self) -> list[tuple[str, str]]:
        """What was asked beside the words: new words are searched within it."""
        return [(name, value) for name, value in self.asked.pairs() if name != "q"]


class _Counted(list):
    """A page of results that a paginator may take for the whole list: the engine has cut it already."""

    def __init__(self, shown: list[Shown], total: int) -> None:
        super().__init__(shown)
        self._total = total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: Any) -> Any:
        return list(self) if isinstance(part, slice) else super().__getitem__(part)


def answers(viewer: Any, asked: Asked, kinds: Sequence[str]) -> Answers:
    """What answers ``asked`` among ``kinds``, twenty a page, with counts of every facet as ``viewer`` may know them."""
    facets = registry.facets(kinds)
    boxed = [facet for facet in facets.values() if facet.is_boxed and (not facet.within or facet.within in asked.filters)]
    found = selectors.find(
        viewer,
        **asked.narrowing,
        kinds=(asked.kind,) if asked.kind else kinds,
        sort=asked.sort,
        size=PAGE_SIZE,
        start=(asked.page - 1) * PAGE_SIZE,
        facets=(*(facet.name for facet in boxed), "kind"),
    )
    page = Paginator(_Counted(found.results, found.total), PAGE_SIZE).get_page(asked.page)
    boxes = [_box(facet, found.facets.get(facet.name, {}), asked) for facet in boxed]
    return Answers(
        asked,
        found.total,
        page,
        [box for box in boxes if box.options],
        chips(asked, facets),
        _kinds(kinds, found.facets.get("kind", {}), asked),
        found.understood,
        found.instead,
    )


def chips(asked: Asked, facets: dict[str, registry.Facet]) -> list[Chip]:
    """What was chosen, in readers' words."""
    chosen = [Chip(asked.called(name), slug, facets[name].label_of(slug)) for name, slugs in asked.filters.items() for slug in slugs]
    return chosen + [Chip(name, str(year), _YEAR_CHIPS[name] % {"year": year}) for name, year in asked.years.items()]


def _box(facet: registry.Facet, counts: dict[str, int], asked: Asked) -> FacetBox:
    chosen = asked.filters.get(facet.name, ())
    slugs = [slug for slug in facet.slugs() if counts.get(slug) or slug in chosen]
    if facet.by_number:
        slugs.sort(key=lambda slug: -counts.get(slug, 0))
    options = [Option(slug, facet.label_of(slug), counts.get(slug, 0), slug in chosen) for slug in slugs]
    return FacetBox(asked.called(facet.name), facet.label, options, is_open=facet.is_open or bool(chosen))


def _kinds(kinds: Sequence[str], counts: dict[str, int], asked: Asked) -> list[Option]:
    named = [kind for name in kinds if (kind := registry.kind_named(name))]
    return [Option(kind.name, kind.label, counts.get(kind.name, 0), asked.kind == kind.name) for kind in named] if len(named) > 1 else []
