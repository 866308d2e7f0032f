"""What lists and topics share: pages over counted rows, and how far a reader has read."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from cop_site.accounts.asking import written_once
from cop_site.accounts.policy import is_member

from ..models import ReadMark, Topic


class Counted(Paginator):
    """Pages over rows whose number is known already."""

    def __init__(self, rows: Any, size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count  # in the place of a query


def marks_of(viewer: Any, topics: Iterable[Topic]) -> dict[int, int]:
    """How far ``viewer`` has read each of ``topics``."""
    pks = [topic.pk for topic in topics]
    if not pks or not is_member(viewer):
        return {}
    return dict(_marks(viewer, topics=pks))


@written_once
def _marks(viewer: Any, *, topics: list[int]) -> QuerySet:
    return ReadMark.objects.filter(person=viewer.pk, topic__in=topics).values_list("topic", "number")
