"""Results of polls by scale and by mandate, as far as nothing that follows from them points at somebody (docs/decisions/015-secret-votes.md).

A cell is a term of a vocabulary; ``""`` is the cell of those who have none. Whoever has several mandates counts in each, so cells
overlap: what can be worked out from them are the votes of those who are in all the same cells. Such a set is a region.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import User
from cop_site.vocabulary import selectors as words

from .models import Event, Registration
from .policy import FEWEST

FIELDS = {"service_scale": "scale", "mandate": "mandates"}  # of a registration, by vocabulary
BY = {"service_scale": gettext_lazy("By scale"), "mandate": gettext_lazy("By mandate")}
NONE = ""
Cells = dict[str, dict[str, dict[str, Any]]]
Kept = dict[str, Any]  # {"cells": Cells, "regions": how many of each voted}; empty where nothing is counted by cells


def possible_for(event: Event, wished: Iterable[str] = tuple(FIELDS)) -> list[str]:
    """Of the wished vocabularies those by which the votes of those who are registered can be counted side by side."""
    return _countable(_registered_by_region(event), wished)


def begun(event: Event, wished: Iterable[str]) -> Kept:
    """Cells in which nobody has voted yet, of the wished vocabularies by which counting is possible now."""
    return opened(_registered_by_region(event), wished)


def opened(sizes: Mapping[str, int], wished: Iterable[str]) -> Kept:
    """The same, from how many are registered in each region."""
    possible = _countable(sizes, wished)
    if not possible:
        return {}
    cells = {vocabulary: {cell: _with(0, {}) for cell in sorted(_cells_in(sizes, vocabulary))} for vocabulary in possible}
    return {"cells": cells, "regions": dict.fromkeys(sorted(_joined(sizes, possible)), 0)}


def counted(kept: Kept, voter: User, event: Event, choices: list[str]) -> Kept:
    """What is kept with one vote more. Where nobody of the voter's region was registered at the beginning, cells are given up: it would be one of few."""
    row = _registered(event).filter(person=voter).values(*FIELDS.values()).first()
    return with_vote(kept, region_of(row), choices) if row else {}


def with_vote(kept: Kept, region: str, choices: list[str]) -> Kept:
    """The same, from the voter's region."""
    mine = _part(region, kept.get("cells", ()))
    if mine not in kept.get("regions", ()):
        return {}
    parts = mine.split(" ")
    cells = {
        vocabulary: {cell: _voted(of, choices) if _named(vocabulary, cell) in parts else of for cell, of in known.items()}
        for vocabulary, known in kept["cells"].items()
    }
    return {"cells": cells, "regions": kept["regions"] | {mine: kept["regions"][mine] + 1}}


def shown(kept: Kept) -> Cells:
    """What of it is told when the poll closes: vocabularies of which every cell has votes, and no region too few."""
    return {vocabulary: kept["cells"][vocabulary] for vocabulary in _countable(kept.get("regions", {}), kept.get("cells", ()))}


def region_of(said: Mapping[str, Any]) -> str:
    """The cells of somebody, of all vocabularies, by what her registration says."""
    return " ".join(_named(vocabulary, cell) for vocabulary, field in FIELDS.items() for cell in _cells_of(said[field]))


def label(vocabulary: str, cell: str) -> str:
    """Of a cell, in the reader's language."""
    return words.label(vocabulary, cell) if cell else _("Not in the directory")


def spoken() -> dict[str, str]:
    """All labels, as the script of a room looks them up."""
    named = {f"{vocabulary}:{cell}": label(vocabulary, cell) for vocabulary in FIELDS for cell in [*words.terms(vocabulary), NONE]}
    return {**{vocabulary: str(name) for vocabulary, name in BY.items()}, **named}


def _registered(event: Event) -> Any:
    return Registration.objects.filter(event=event, is_waiting=False)


def _registered_by_region(event: Event) -> Mapping[str, int]:
    return Counter(region_of(said) for said in _registered(event).values(*FIELDS.values()))


def _countable(sizes: Mapping[str, int], wished: Iterable[str]) -> list[str]:
    """One vocabulary after the other, as long as each has two cells, all with somebody in them, and every region of all holds nobody or enough."""
    found: list[str] = []
    for vocabulary in wished:
        cells = _cells_in(sizes, vocabulary)
        is_large = all(size == 0 or size >= FEWEST for size in _joined(sizes, [*found, vocabulary]).values())
        if len(cells) > 1 and all(cells.values()) and is_large:
            found.append(vocabulary)
    return found


def _joined(sizes: Mapping[str, int], vocabularies: Collection[str]) -> dict[str, int]:
    """The regions that some vocabularies make."""
    joined: dict[str, int] = {}
    for region, size in sizes.items():
        part = _part(region, vocabularies)
        joined[part] = joined.get(part, 0) + size
    return joined


def _part(region: str, vocabularies: Collection[str]) -> str:
    """What is left of a region where only some vocabularies are looked at."""
    return " ".join(named for named in region.split(" ") if named.partition(":")[0] in vocabularies)


def _cells_in(sizes: Mapping[str, int], vocabulary: str) -> dict[str, int]:
    cells: dict[str, int] = {}
    for region, size in sizes.items():
        for named in _part(region, [vocabulary]).split(" "):
            cell = named.partition(":")[2]
            cells[cell] = cells.get(cell, 0) + size
    return cells


def _named(vocabulary: str, cell: str) -> str:
    return f"{vocabulary}:{cell}"


def _cells_of(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else sorted(set(said)) or [NONE]


def _voted(kept: dict[str, Any], choices: list[str]) -> dict[str, Any]:
    return _with(kept["voters"] + 1, Counter(kept["counts"]) + Counter(choices))


def _with(voters: int, counts: dict[str, int]) -> dict[str, Any]:
    return {"voters": voters, "counts": dict(sorted(counts.items()))}
