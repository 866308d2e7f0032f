"""What leaves the library whole: published texts as their reader finds them, one at a time."""

from collections.abc import Collection, Iterator
from typing import Any

from ..models import Practice, PracticeQuerySet
from ..outgoing.records import line_of
from ..policy import DOCUMENT_KIND, KIND

BOTH = (KIND, DOCUMENT_KIND)


def to_carry(viewer: Any, *, kinds: Collection[str] = BOTH, levels: Collection[str] = ()) -> PracticeQuerySet:
    """Published texts of these kinds and levels (all of them) that ``viewer`` may see, in the order in which they came."""
    found = Practice.objects.visible_to(viewer).published().for_lists().order_by("pk")
    if set(kinds) != set(BOTH):
        found = found.documents() if DOCUMENT_KIND in kinds else found.practices()
    return found.filter(visibility__in=levels) if levels else found


def lines(viewer: Any, *, kinds: Collection[str] = BOTH, levels: Collection[str] = ()) -> Iterator[dict[str, Any]]:
    """The same as lines of a file; memory stays flat however many there are."""
    for practice in to_carry(viewer, kinds=kinds, levels=levels).iterator(chunk_size=200):
        yield line_of(practice, viewer=viewer)
