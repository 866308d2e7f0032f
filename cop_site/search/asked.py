"""What a reader asks of a list, read from its address and written back into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from . import registry

SORTS = {"relevance": _("Best match"), "newest": _("Newest"), "oldest": _("Oldest"), "title": _("Title")}
LONGEST_TEXT = 500
MOST_VALUES = 40
LONGEST_VALUE = 80
YEARS = ("year_from", "year_to")


@dataclass(frozen=True)
class Manner:
    """How a list of its own is asked: ``names`` are what its address calls some facets, the first of ``views`` is the usual one."""

    names: Mapping[str, str] = field(default_factory=dict)
    sorts: Mapping[str, Any] = field(default_factory=lambda: SORTS)
    usual_sort: str = "newest"
    views: tuple[str, ...] = ()
    has_years: bool = True

    def usual_sort_for(self, text: str) -> str:
        return "relevance" if text else self.usual_sort


USUAL = Manner()


@dataclass(frozen=True)
class Asked:
    """A question with its filters; nonsense in an address is left out. The same names mean the same on every list without a manner."""

    text: str = ""
    kind: str = ""  # "" for all of the list's kinds
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: str = "newest"
    page: int = 1
    view: str = ""
    manner: Manner = USUAL

    @classmethod
    def read(cls, given: QueryDict, kinds: Sequence[str], manner: Manner = USUAL) -> "Asked":
        """What ``given`` asks of a list of ``kinds``."""
        text, kind, sort = given.get("q", "").strip()[:LONGEST_TEXT], given.get("kind", ""), given.get("sort", "")
        chosen = {name: _values(given, manner.names.get(name, name)) for name in registry.facets(kinds)}
        fitting = sort in manner.sorts and (text or sort != "relevance")
        years = {name: _number(given.get(name), 1900, 2200) for name in YEARS if manner.has_years}
        return cls(
            text=text,
            kind=kind if kind in kinds and "kind" not in manner.names.values() else "",
            filters={name: slugs for name, slugs in chosen.items() if slugs},
            **years,
            sort=sort if fitting else manner.usual_sort_for(text),
            page=_number(given.get("page"), 1, 5000) or 1,
            view=given["view"] if given.get("view") in manner.views else next(iter(manner.views), ""),
            manner=manner,
        )

    def called(self, facet: str) -> str:
        """What the list's address calls a facet."""
        return self.manner.names.get(facet, facet)

    @property
    def years(self) -> dict[str, int]:
        return {name: year for name in YEARS if (year := getattr(self, name)) is not None}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.filters or self.years)

    @property
    def narrowing(self) -> dict[str, Any]:
        """What narrows an answer, in the words of ``selectors.find``."""
        return {"text": self.text, "filters": self.filters, "year_from": self.year_from, "year_to": self.year_to}

    @property
    def is_sorted(self) -> bool:
        """Whether another order than the usual one was chosen."""
        return self.sort != self.manner.usual_sort_for(self.text)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values that ask for the same again, from its first page."""
        told = [("q", self.text), ("kind", self.kind)]
        told += [(self.called(name), slug) for name in sorted(self.filters) for slug in sorted(self.filters[name])]
        told += [(name, str(year)) for name, year in self.years.items()]
        told += [("sort", self.sort if self.is_sorted else ""), ("view", "" if self.view in self.manner.views[:1] else self.view)]
        return [(name, value) for name, value in told if value]

    def query(self, *without: str) -> str:
        """The part of an address that asks for the same: always alike, whatever order it was typed in."""
        query = QueryDict(mutable=True)
        for name, value in self.pairs():
            if name not in without:
                query.appendlist(name, value)
        return query.urlencode()

    @property
    def unnarrowed(self) -> str:
        """The same for the words alone."""
        return self.query("kind", *map(self.called, self.filters), *YEARS)


def _values(given: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in given.getlist(name) if 0 < len(value) <= LONGEST_VALUE))[:MOST_VALUES]


def _number(given: str | None, least: int, most: int) -> int | None:
    """A number that there can be; nonsense is none."""
    is_number = given and given.isascii() and given.isdigit() and len(given) < 6
    return int(given) if given and is_number and least <= int(given) <= most else None
