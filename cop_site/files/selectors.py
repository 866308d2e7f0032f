"""Reads about files: how much somebody uploaded, and what nobody looks after any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import ForeignObjectRel, QuerySet, Sum
from django.utils import timezone

from .models import StoredFile

AT_A_TIME = 500
MOST_BYTES_AN_HOUR = 500 * 1024 * 1024  # of one person (security goal S6)


def has_room_for(size: int, *, by: Any) -> bool:
    """Whether ``by`` may upload ``size`` bytes more, after all that was kept of hers within the hour."""
    lately = StoredFile.objects.filter(uploaded_by=by, created_at__gt=timezone.now() - timedelta(hours=1))
    return (lately.aggregate(Sum("size"))["size__sum"] or 0) + size <= MOST_BYTES_AN_HOUR


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
