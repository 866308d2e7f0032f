"""Reads about files: how much somebody uploaded, and what nobody looks after any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import ForeignObjectRel, Min, QuerySet, Sum
from django.utils import timezone

from .models import StoredFile

AT_A_TIME = 500
MOST_BYTES_A_DAY = 500 * 1024 * 1024  # of one person (security goal S6)
A_DAY = timedelta(days=1)


def has_room_for(size: int, *, by: Any) -> bool:
    """Whether ``by`` may upload ``size`` bytes more, after all that was kept of hers within a day."""
    return (_lately(by).aggregate(Sum("size"))["size__sum"] or 0) + size <= MOST_BYTES_A_DAY


def seconds_until_room(*, by: Any) -> int:
    """Until the oldest of what was kept within a day counts no more; a day where nothing was."""
    oldest = _lately(by).aggregate(Min("created_at"))["created_at__min"] or timezone.now()
    return max(ceil((oldest + A_DAY - timezone.now()).total_seconds()), 1)


def _lately(person: Any) -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(uploaded_by=person, created_at__gt=timezone.now() - A_DAY)


def unclaimed_before(moment: datetime) -> QuerySet[StoredFile]:
    """Files that were taken in before ``moment`` and that no row of any app points to."""
    found = StoredFile.objects.filter(created_at__lt=moment)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            column = relation.field.attname
            claims = relation.field.model._base_manager.filter(**{f"{column}__isnull": False})
            found = found.exclude(pk__in=claims.values(column))
    return found


def without_row(file_ids: Iterable[UUID]) -> Iterator[UUID]:
    """Those of ``file_ids`` that no row stands for."""
    waiting = list(file_ids)
    for start in range(0, len(waiting), AT_A_TIME):
        asked = waiting[start : start + AT_A_TIME]
        known = set(StoredFile.objects.filter(pk__in=asked).values_list("pk", flat=True))
        yield from (file_id for file_id in asked if file_id not in known)
