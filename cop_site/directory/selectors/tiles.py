"""The 38 provinces on a grid and as outlines. For orientation only: squares and lines are no borders."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cop_site.vocabulary import selectors as words

DATA = Path(__file__).parents[1] / "data"
ISLANDS = {
    "Sumatra": (_("Sumatra"), _("Sumatra")),
    "Jawa": (_("Java"), _("Java")),
    "Bali-Nusa Tenggara": (_("Bali and Nusa Tenggara"), _("Bali-Nusra")),
    "Kalimantan": (_("Kalimantan"), _("Kalimantan")),
    "Sulawesi": (_("Sulawesi"), _("Sulawesi")),
    "Maluku": (_("Maluku"), _("Maluku")),
    "Papua": (_("Papua"), _("Papua")),
}
TOO_SMALL = frozenset({"31", "34", "36", "51"})  # to be hit with a finger: they get a round area


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a province stands on the grid."""

    code: str
    abbreviation: str
    short: str
    row: int
    column: int

    @property
    def name(self) -> str:
        return words.provinces()[self.code].name


@dataclass(frozen=True)
class Island:
    """A group of islands with its provinces."""

    key: str
    tiles: tuple[Tile, ...]

    @property
    def name(self) -> str:
        return str(ISLANDS[self.key][0])

    @property
    def short(self) -> str:
        return str(ISLANDS[self.key][1])


@dataclass(frozen=True)
class Outline:
    """A province as lines; ``x`` and ``y`` are where its number stands."""

    code: str
    path: str
    x: str  # as in the file: a number would be written with the comma of the language
    y: str

    @property
    def is_small(self) -> bool:
        return self.code in TOO_SMALL


@cache
def islands() -> tuple[Island, ...]:
    """All provinces by group of islands."""
    grouped: dict[str, list[Tile]] = {key: [] for key in ISLANDS}
    for told in _read("provinces_tilegrid.json")["tiles"]:
        grouped[told["island_group"]].append(Tile(told["code"], told["abbr"], told["short"], told["row"], told["col"]))
    return tuple(Island(key, tuple(tiles)) for key, tiles in grouped.items())


@cache
def outlines() -> tuple[Outline, ...]:
    return tuple(Outline(told["code"], told["d"], str(told["cx"]), str(told["cy"])) for told in _read("provinces_map.json")["provinces"])


@cache
def view_box() -> str:
    return _read("provinces_map.json")["meta"]["viewBox"]


def _read(name: str) -> dict[str, Any]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
