"""Results of polls by scale and by mandate, as far as no cell points at somebody (docs/decisions/015-secret-votes.md).

A cell is a term of a vocabulary; ``""`` is the cell of those who have none. Whoever has several mandates counts in each.
"""

from collections import Counter
from collections.abc import Iterable
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


def possible_for(event: Event) -> list[str]:
    """The vocabularies by which the votes of those who are registered can be counted: at least two cells, and none too small.

    What lies outside a cell is as telling as the cell itself: it holds nobody or as many.
    """
    return [vocabulary for vocabulary in FIELDS if _are_large(_sizes(event, vocabulary), _registered(event).count())]


def begun(event: Event, wished: Iterable[str]) -> Cells:
    """Cells in which nobody has voted yet, of the wished vocabularies by which counting is possible now."""
    possible = possible_for(event)
    return {vocabulary: {cell: _with(0, {}) for cell in _sizes(event, vocabulary)} for vocabulary in wished if vocabulary in possible}


def counted(cells: Cells, voter: User, event: Event, choices: list[str]) -> Cells:
    """The cells with one vote more. Where the voter's is none of them, its vocabulary is given up: it would be a cell of few."""
    row = _registered(event).filter(person=voter).values(*FIELDS.values()).first()
    found: Cells = {}
    for vocabulary, known in cells.items():
        mine = _cells_of(row[FIELDS[vocabulary]] if row else NONE)
        if known.keys() >= set(mine):
            found[vocabulary] = {cell: _voted(kept, choices) if cell in mine else kept for cell, kept in known.items()}
    return found


def shown(cells: Cells, voters: int) -> Cells:
    """What of it is told when the poll closes: vocabularies of which every cell has votes enough."""
    return {
        vocabulary: known for vocabulary, known in cells.items() if _are_large({cell: of["voters"] for cell, of in known.items()}, voters)
    }


def label(vocabulary: str, cell: str) -> str:
    """Of a cell, in the reader's language."""
    return words.label(vocabulary, cell) if cell else _("Not in the directory")


def spoken() -> dict[str, str]:
    """All labels, as the script of a room looks them up."""
    named = {f"{vocabulary}:{cell}": label(vocabulary, cell) for vocabulary in FIELDS for cell in [*words.terms(vocabulary), NONE]}
    return {**{vocabulary: str(name) for vocabulary, name in BY.items()}, **named}


def _registered(event: Event) -> Any:
    return Registration.objects.filter(event=event, is_waiting=False)


def _sizes(event: Event, vocabulary: str) -> dict[str, int]:
    said = _registered(event).values_list(FIELDS[vocabulary], flat=True)
    return dict(sorted(Counter(cell for one in said for cell in _cells_of(one)).items()))


def _cells_of(said: str | list[str]) -> list[str]:
    return [said] if isinstance(said, str) else said or [NONE]


def _are_large(sizes: dict[str, int], everybody: int) -> bool:
    outside = [everybody - size for size in sizes.values()]
    return len(sizes) > 1 and min(sizes.values()) >= FEWEST and all(rest == 0 or rest >= FEWEST for rest in outside)


def _voted(kept: dict[str, Any], choices: list[str]) -> dict[str, Any]:
    return _with(kept["voters"] + 1, Counter(kept["counts"]) + Counter(choices))


def _with(voters: int, counts: dict[str, int]) -> dict[str, Any]:
    return {"voters": voters, "counts": dict(sorted(counts.items()))}
