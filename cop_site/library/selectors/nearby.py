"""What a reader of one text may want to read next."""

from typing import Any

from cop_site.search import selectors as search
from cop_site.search.port import Shown

from .. import policy
from ..models import Practice

MOST_RELATED = 4
WEIGHED = 16  # the newest of the same mandates; the closest of them are shown
WEIGHTS = {"mandate": 3, "trafficking_form": 2, "service_scale": 1}
SAYS_NOTHING = {"tidak-spesifik", "semua"}


def related(practice: Practice, *, viewer: Any) -> list[Shown]:
    """Up to four texts of the same mandate, closest first, that ``viewer`` may see; not its own translations."""
    if not practice.mandate:
        return []
    kinds, same = (policy.KIND, policy.DOCUMENT_KIND), {"mandate": practice.mandate}
    found = search.find(viewer, kinds=kinds, filters=same, sort="newest", size=WEIGHED).results
    others = [shown for shown in found if _root(shown.row) != _root(practice)]
    return sorted(others, key=lambda shown: -_closeness(practice, shown.row))[:MOST_RELATED]


def _closeness(one: Practice, other: Practice) -> int:
    shared = {column: set(getattr(one, column)) & set(getattr(other, column)) - SAYS_NOTHING for column in WEIGHTS}
    return sum(WEIGHTS[column] * len(slugs) for column, slugs in shared.items())


def _root(practice: Practice) -> int:
    return practice.translation_of_id or practice.pk
