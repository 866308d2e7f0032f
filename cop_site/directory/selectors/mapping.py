"""The map: how many organisations work in each province, or what each province has in place. Nothing finer than a district."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Province, Term

from . import covering, tiles
from .matrix import FRAGILE, NO_PROVINCE, NOBODY, NONE, PROVINCE, UNKNOWN, Counts, Number, Row, Surveys, rows_for

WITH_ALL = "with-all"


@dataclass(frozen=True)
class Wish:
    """What of the work is looked at."""

    mandate: Term | None = None
    scale: Term | None = None
    layer: Term | None = None
    province: Province | None = None
    as_outlines: bool = False

    @property
    def groups(self) -> list[str]:
        """The groups of mandates somebody must have looked for, so that an empty place says "nobody"."""
        return [self.mandate.attributes.get("group", "")] if self.mandate else list(words.terms("mandate_group"))

    def wants(self, row: Row) -> bool:
        return (self.mandate is None or self.mandate.slug in row.mandates) and (self.scale is None or self.scale.slug in row.scales)

    def listed(self, **more: str) -> str:
        """The address of the list that a number counts."""
        asked = {"mandate": self.mandate.slug if self.mandate else "", "scale": self.scale.slug if self.scale else "", **more}
        return f"{reverse('directory')}?{urlencode({name: value for name, value in asked.items() if value})}"


@dataclass(frozen=True)
class Place:
    """A province with what stands in its tile: a number of organisations, or the state of an instrument."""

    tile: tiles.Tile
    address: str
    number: Number | None = None
    state: covering.State | None = None
    outline: tiles.Outline | None = None

    @property
    def sign(self) -> str:
        return self.state.status if self.state else self.number.state if self.number else UNKNOWN

    @property
    def text(self) -> str:
        return self.state.sign if self.state else self.number.text if self.number else ""

    @property
    def told(self) -> str:
        return self.state.label if self.state else self.number.told if self.number else ""

    @property
    def is_stale(self) -> bool:
        """Whether all that is known of it is old."""
        return bool(self.number and self.number.stale and not self.number.fresh)


@dataclass(frozen=True)
class District:
    name: str
    number: Number
    address: str
    is_served_with_all: bool = False  # nobody names it, and somebody works in the whole province

    @property
    def sign(self) -> str:
        return WITH_ALL if self.is_served_with_all else self.number.state

    @property
    def text(self) -> str:
        return "–" if self.is_served_with_all else self.number.text

    @property
    def told(self) -> str:
        return _("only organisations of the whole province") if self.is_served_with_all else self.number.told


@dataclass(frozen=True)
class Districts:
    """The districts of a province; who names the province and none of its districts is counted apart."""

    province: Province
    rows: list[District]
    whole: Number
    address: str


@dataclass(frozen=True)
class MapPage:
    wish: Wish
    islands: list[tuple[tiles.Island, list[Place]]]
    outlines: list[Place]
    counts: dict[str, int]
    elsewhere: Number
    elsewhere_address: str
    districts: Districts | None = field(default=None)

    @property
    def places(self) -> list[Place]:
        return [place for _island, places in self.islands for place in places]

    @property
    def summary(self) -> str:
        """In one sentence what the signs add up to."""
        counts = {name: self.counts.get(name, 0) for name in (NOBODY, FRAGILE, UNKNOWN)}
        return _("Nobody in %(nobody)d provinces, fragile in %(fragile)d, not yet known in %(unknown)d.") % counts

    @property
    def layer_counts(self) -> list[tuple[Term, int]]:
        return [(term, self.counts.get(slug, 0)) for slug, term in words.terms(covering.STATUSES).items()]

    @property
    def view_box(self) -> str:
        return tiles.view_box()


def map_page(viewer: Any, wish: Wish) -> MapPage:
    """All 38 provinces with the numbers or states that ``viewer`` may know of."""
    surveys, rows = Surveys(viewer), [row for row in rows_for(viewer) if wish.wants(row)]
    found = _states(viewer, wish.layer) if wish.layer else _numbers(rows, wish, surveys)
    lines = {outline.code: outline for outline in tiles.outlines()} if wish.as_outlines else {}
    islands = [(island, [_place(tile, wish, found[tile.code], lines) for tile in island.tiles]) for island in tiles.islands()]
    by_code = {place.tile.code: place for _island, places in islands for place in places}
    return MapPage(
        wish=wish,
        islands=islands,
        outlines=[by_code[code] for code in lines],
        counts=Counter(place.sign for place in by_code.values()),
        elsewhere=_number(row for row in rows if not row.provinces),
        elsewhere_address=wish.listed(province=NO_PROVINCE),
        districts=_districts(rows, wish, surveys) if wish.province else None,
    )


def _states(viewer: Any, layer: Term) -> dict[str, dict[str, Any]]:
    return {code: {"state": state} for code, state in covering.states_of_provinces(viewer, layer).items()}


def _numbers(rows: list[Row], wish: Wish, surveys: Surveys) -> dict[str, dict[str, Any]]:
    counted: dict[str, Counts] = {}
    for row in rows:
        for code in set(row.provinces):
            counted.setdefault(code, Counts()).add(row)
    return {code: {"number": counted.get(code, NONE).number(surveys.cover(PROVINCE, code, wish.groups))} for code in words.provinces()}


def _place(tile: tiles.Tile, wish: Wish, found: dict[str, Any], lines: dict[str, tiles.Outline]) -> Place:
    address = f"{reverse('coverage')}?province={tile.code}" if wish.layer else wish.listed(province=tile.code)
    return Place(tile, address, outline=lines.get(tile.code), **found)


def _number(rows: Iterable[Row], was_searched: bool = False) -> Number:
    counts = Counts()
    for row in rows:
        counts.add(row)
    return counts.number(was_searched)


def _districts(rows: list[Row], wish: Wish, surveys: Surveys) -> Districts:
    province = wish.province
    assert province is not None
    was_searched = surveys.cover(PROVINCE, province.code, wish.groups)
    inside = {one.code: one for one in words.regencies().values() if one.province_id == province.code}
    counted: dict[str, Counts] = {}
    whole = []
    for row in rows:
        named = inside.keys() & set(row.regencies)
        for code in named:
            counted.setdefault(code, Counts()).add(row)
        if not named and province.code in row.provinces:
            whole.append(row)
    districts = [_district(one.name, code, counted.get(code, NONE).number(was_searched), whole, wish) for code, one in inside.items()]
    return Districts(province, districts, _number(whole, was_searched), wish.listed(province=province.code))


def _district(name: str, code: str, number: Number, whole: list[Row], wish: Wish) -> District:
    address = wish.listed(province=code[:2], regency=code)
    return District(name, number, address, is_served_with_all=bool(whole) and number.organisations == 0)
