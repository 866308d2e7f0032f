"""Reads about files that nobody looks after any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import ForeignObjectRel, QuerySet

from .models import StoredFile

AT_A_TIME = 500


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
