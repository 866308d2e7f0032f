"""Who works on what, and where: mandates against scales or provinces, as far as the viewer may know."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Term

from ..choices import STALE_AFTER, STALE_WEIGHT
from ..models import Listing, Survey
from . import covering, tiles

SCALE, PROVINCE = "scale", "province"
NO_PROVINCE = "none"  # the column of organisations that work nationally, or name no province
NOBODY, UNKNOWN, FRAGILE = "nobody", "unknown", "fragile"
LEVELS = ((3, "2"), (5, "3-4"), (10, "5-9"))
MOST = "10+"


class Row(NamedTuple):
    """What of one organisation is counted."""

    mandates: tuple[str, ...]
    scales: tuple[str, ...]
    provinces: tuple[str, ...]
    regencies: tuple[str, ...]
    is_stale: bool


def rows_for(viewer: Any) -> list[Row]:
    """The listed organisations that ``viewer`` may see. No other row ever changes a number."""
    columns = [as_text(name) for name in ("mandate", "service_scale", "provinces", "regencies")]
    found = Listing.objects.visible_to(viewer).listed().values_list(*columns, is_stale())
    return [
        Row(said(mandates), said(scales), said(provinces), said(regencies), old) for mandates, scales, provinces, regencies, old in found
    ]


def is_stale() -> ExpressionWrapper:
    """``Listing.is_stale``, asked of the database."""
    silent_since = timezone.now() - STALE_AFTER
    return ExpressionWrapper(Q(confirmed_at=None) | Q(confirmed_at__lte=silent_since), output_field=BooleanField())


def as_text(column: str) -> Cast:
    """A list of slugs or codes as the database keeps it: thousands of them are read, and few are different."""
    return Cast(column, TextField())


@lru_cache(maxsize=20_000)
def said(written: str) -> tuple[str, ...]:
    """What stands in such a list."""
    return tuple(json.loads(written))


@dataclass(frozen=True)
class Number:
    """How many organisations, of how many nobody has heard for long, and whether somebody looked for more."""

    fresh: int = 0
    stale: int = 0
    was_searched: bool = False

    @property
    def organisations(self) -> int:
        return self.fresh + self.stale

    @property
    def weight(self) -> float:
        return self.fresh + STALE_WEIGHT * self.stale

    @cached_property
    def state(self) -> str:
        if self.organisations == 0:
            return NOBODY if self.was_searched else UNKNOWN
        if self.organisations == 1:
            return FRAGILE
        weight = self.weight
        return next((level for under, level in LEVELS if weight < under), MOST)

    @cached_property
    def text(self) -> str:
        """The number as it stands in a cell: ½ for one of which nobody has heard."""
        if self.organisations == 0:
            return "0" if self.was_searched else "?"
        whole = int(self.weight)
        half = "½" if self.weight > whole else ""
        return f"{whole or ''}{half}"

    @cached_property
    def told(self) -> str:
        """The number in words, for whoever does not see the cell."""
        if self.organisations == 0:
            return _("nobody: it was looked for") if self.was_searched else _("not yet known")
        told = [ngettext("%(number)d organisation", "%(number)d organisations", self.organisations) % {"number": self.organisations}]
        if self.stale:
            told.append(ngettext("%(number)d with old news", "%(number)d with old news", self.stale) % {"number": self.stale})
        if self.organisations == 1:
            told.append(_("fragile"))
        return ", ".join(told)


class Counts:
    """What adds up to a number."""

    __slots__ = ("fresh", "stale")

    def __init__(self) -> None:
        self.fresh = self.stale = 0

    def add(self, row: Row) -> None:
        if row.is_stale:
            self.stale += 1
        else:
            self.fresh += 1

    def number(self, was_searched: bool = False) -> Number:
        return Number(self.fresh, self.stale, was_searched)


NONE = Counts()


@dataclass(frozen=True, slots=True)
class Column:
    """A scale or a province."""

    key: str
    name: str
    short: str
    is_edge: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    number: Number
    column: Column
    address: str

    @property
    def told(self) -> str:
        return f"{self.number.told}, {self.column.name}"

    @property
    def is_stale(self) -> bool:
        """Whether all that is known of it is old."""
        return self.number.stale > 0 and self.number.fresh == 0


@dataclass(frozen=True)
class Line:
    """A mandate with its cells."""

    mandate: Term
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    """A group of mandates."""

    term: Term
    lines: list[Line]


@dataclass(frozen=True)
class Head:
    """Neighbouring columns under one name."""

    name: str
    width: int


@dataclass(frozen=True)
class MatrixPage:
    by: str
    heads: list[Head]
    columns: list[Column]
    groups: list[Group]
    layer: Term | None
    layer_states: list[covering.State | None]
    organisations: int
    stale: int

    @property
    def width(self) -> int:
        return len(self.columns)


class Surveys:
    """Where somebody looked, and for which groups of mandates: what makes an empty cell say "nobody"."""

    def __init__(self, viewer: Any) -> None:
        self._groups: dict[tuple[str, str], set[str]] = {}
        in_force = Survey.objects.in_force().visible_to(viewer)
        for province, scale, group in in_force.values_list("province", "scale", "mandate_group"):
            place = (PROVINCE, province) if province else (SCALE, scale)
            self._groups.setdefault(place, set()).add(group)

    def cover(self, by: str, key: str, groups: Iterable[str]) -> bool:
        """Whether was looked there for all of ``groups``."""
        found = self._groups.get((by, key), set())
        return "" in found or bool(found) and set(groups) <= found


def matrix_page(viewer: Any, by: str, layer: Term | None = None) -> MatrixPage:
    """Every mandate against every scale or province; a province stands there though nobody names it."""
    rows = rows_for(viewer)
    heads, columns = _provinces() if by == PROVINCE else ([], _scales())
    states = covering.states_of_provinces(viewer, layer) if layer and by == PROVINCE else {}
    return MatrixPage(
        by=by,
        heads=heads,
        columns=columns,
        groups=_groups(_counted(rows, by), columns, by, Surveys(viewer)),
        layer=layer if states else None,
        layer_states=[states.get(column.key) for column in columns] if states else [],
        organisations=len(rows),
        stale=sum(row.is_stale for row in rows),
    )


def _counted(rows: list[Row], by: str) -> dict[tuple[str, str], Counts]:
    """Fresh and stale organisations by mandate and place; each counts once in every place it names."""
    counted: dict[tuple[str, str], Counts] = {}
    for row in rows:
        places = set(row.scales) if by == SCALE else set(row.provinces) or {NO_PROVINCE}
        for mandate in set(row.mandates):
            for place in places:
                counted.setdefault((mandate, place), Counts()).add(row)
    return counted


def _scales() -> list[Column]:
    return [Column(slug, term.label, term.label) for slug, term in words.terms("service_scale").items()]


def _provinces() -> tuple[list[Head], list[Column]]:
    heads, columns = [], []
    for island in tiles.islands():
        heads.append(Head(island.short, len(island.tiles)))
        columns += [Column(tile.code, tile.name, tile.short, is_edge=place == 0) for place, tile in enumerate(island.tiles)]
    name = _("National, or no province named")
    return [*heads, Head("", 1)], [*columns, Column(NO_PROVINCE, name, _("National"), is_edge=True)]


def _groups(counted: dict[tuple[str, str], Counts], columns: list[Column], by: str, surveys: Surveys) -> list[Group]:
    lines: dict[str, list[Line]] = {group: [] for group in words.terms("mandate_group")}
    searched = {group: {column.key: surveys.cover(by, column.key, [group]) for column in columns} for group in lines}
    listed = reverse("directory")
    number = cache(Number)  # equal ones are one: a thousand cells say few different things
    for slug, mandate in words.terms("mandate").items():
        group = mandate.attributes.get("group", "")
        if group not in lines:
            continue
        at = f"{listed}?mandate={slug}&{by}="
        cells = []
        for column in columns:
            counts = counted.get((slug, column.key), NONE)
            cells.append(Cell(number(counts.fresh, counts.stale, searched[group][column.key]), column, f"{at}{column.key}"))
        lines[group].append(Line(mandate, cells))
    return [Group(term, lines[slug]) for slug, term in words.terms("mandate_group").items()]


LEGEND = (
    (NOBODY, "0", gettext_lazy("Nobody: it was looked for")),
    (UNKNOWN, "?", gettext_lazy("Not yet known")),
    (FRAGILE, "1", gettext_lazy("One organisation, fragile")),
    ("2", "2", "2"),
    ("3-4", "3", "3–4"),
    ("5-9", "6", "5–9"),
    (MOST, "12", "10+"),
)
