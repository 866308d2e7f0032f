"""What readers find on the shelf."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User
from cop_site.search import selectors as search
from cop_site.search.port import Shown
from cop_site.vocabulary import selectors as words

from .. import policy

PAGE_SIZE = 20
SORTS = {"relevance": _("Best match"), "newest": _("Newest"), "oldest": _("Oldest"), "title": _("Title")}
# Facet of the address -> its title and its vocabulary; provinces and languages have their own words.
FACETS = {
    "scale": (_("Service scale"), "service_scale"),
    "mandate": (_("Mandate"), "mandate"),
    "evidence": (_("Evidence level"), "evidence_level"),
    "province": (_("Province"), ""),
    "form": (_("Form of exploitation"), "trafficking_form"),
    "document": (_("Kind of text"), "document_kind"),
    "type": (_("Practice type"), "practice_type"),
    "language": (_("Language"), ""),
}
HIDDEN_FACETS = {"group": "mandate_group"}  # chosen by links, not by boxes
KINDS = {policy.KIND: _("Practices"), policy.DOCUMENT_KIND: _("Documents")}
LANGUAGES = {"id": _("Indonesian"), "en": _("English")}


@dataclass(frozen=True)
class Option:
    slug: str
    label: Any
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: Any
    options: list[Option]

    @property
    def is_open(self) -> bool:
        return self.name in {"scale", "mandate", "evidence"} or any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Asked:
    """What a reader asked of the list, read from the address; nonsense in it is left out."""

    text: str
    kind: str  # practice, document, or "" for both
    filters: dict[str, tuple[str, ...]]
    year_from: int | None
    year_to: int | None
    sort: str
    page: int

    @classmethod
    def read(cls, given: QueryDict) -> "Asked":
        chosen = {name: tuple(dict.fromkeys(given.getlist(name)))[:40] for name in [*FACETS, *HIDDEN_FACETS]}
        text, sort = given.get("q", "").strip(), given.get("sort", "")
        return cls(
            text=text,
            kind=given.get("kind", "") if given.get("kind", "") in KINDS else "",
            filters={name: slugs for name, slugs in chosen.items() if any(slugs)},
            year_from=_number(given.get("year_from"), 1900, 2200),
            year_to=_number(given.get("year_to"), 1900, 2200),
            sort=sort if sort in SORTS else ("relevance" if text else "newest"),
            page=_number(given.get("page"), 1, 5000) or 1,
        )


def _number(given: str | None, least: int, most: int) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 6 and least <= int(given) <= most else None


@dataclass(frozen=True)
class Chip:
    """A chosen filter, and how it is called."""

    name: str
    slug: str
    label: Any


@dataclass(frozen=True)
class PracticeList:
    asked: Asked
    total: int
    page: Page
    facets: list[Facet]
    chips: list[Chip]
    kinds: list[Option]
    understood: tuple[str, ...]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips or self.asked.kind or self.asked.year_from or self.asked.year_to)


class _Counted(list):
    """A page of results that a paginator may take for the whole list: the engine has cut it already."""

    def __init__(self, shown: list[Shown], total: int, start: int) -> None:
        super().__init__(shown)
        self._total, self._start = total, start

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: Any) -> Any:
        return list(self) if isinstance(part, slice) else super().__getitem__(part)


def practice_list(viewer: User, asked: Asked) -> PracticeList:
    """The practices that fit, twenty a page, with the counts of every facet as ``viewer`` may know them."""
    start = (asked.page - 1) * PAGE_SIZE
    results = search.find(
        viewer,
        text=asked.text,
        kinds=(asked.kind,) if asked.kind else tuple(KINDS),
        filters=asked.filters,
        year_from=asked.year_from,
        year_to=asked.year_to,
        sort=asked.sort,
        size=PAGE_SIZE,
        start=start,
        facets=(*FACETS, "kind"),
    )
    page = Paginator(_Counted(results.results, results.total, start), PAGE_SIZE).get_page(asked.page)
    facets = [_facet(name, results.facets.get(name, {}), asked) for name in FACETS]
    chips = [Chip(name, slug, label_of(name, slug)) for name, slugs in asked.filters.items() for slug in slugs]
    counts = results.facets.get("kind", {})
    kinds = [Option(name, label, counts.get(name, 0), asked.kind == name) for name, label in KINDS.items()]
    return PracticeList(asked, results.total, page, [facet for facet in facets if facet.options], chips, kinds, results.understood)


def _facet(name: str, counts: dict[str, int], asked: Asked) -> Facet:
    """Options in the vocabulary's order; provinces by how many practices they have."""
    chosen = asked.filters.get(name, ())
    known = _slugs(name)
    slugs = [slug for slug in known if counts.get(slug) or slug in chosen]
    if name == "province":
        slugs.sort(key=lambda slug: -counts.get(slug, 0))
    return Facet(name, FACETS[name][0], [Option(slug, label_of(name, slug), counts.get(slug, 0), slug in chosen) for slug in slugs])


def _slugs(name: str) -> list[str]:
    if name == "province":
        return list(words.provinces())
    if name == "language":
        return list(LANGUAGES)
    return list(words.terms(FACETS[name][1]))


def label_of(name: str, slug: str) -> Any:
    """What a choice of a facet is called in the reader's language."""
    if name == "province":
        province = words.provinces().get(slug)
        return province.name if province else slug
    if name == "language":
        return LANGUAGES.get(slug, slug)
    return words.label(FACETS[name][1] if name in FACETS else HIDDEN_FACETS[name], slug)
