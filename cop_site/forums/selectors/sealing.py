"""Wishes to open a name that hides who writes, for moderators."""

from typing import Any

from django.db.models import Q, QuerySet

from cop_site.accounts.policy import is_moderator

from ..models import Topic, Unsealing

MOST_SHOWN = 200


def wishes(viewer: Any) -> QuerySet[Unsealing]:
    """What moderators wish to know in topics that they read; nobody finds wishes about oneself here."""
    found = Unsealing.objects.filter(pseudonym__topic__in=Topic.objects.visible_to(viewer)).exclude(pseudonym__person=viewer.pk)
    found = found.select_related("pseudonym__topic__forum", "asked_by", "agreed_by")
    return found.order_by("asked_at", "pk") if is_moderator(viewer) else found.none()


def open_ones(viewer: Any) -> QuerySet[Unsealing]:
    """Those that nobody has decided."""
    return wishes(viewer).filter(agreed_at=None, refused_at=None)


def opened_for(viewer: Any) -> QuerySet[Unsealing]:
    """Names that were opened for this moderator."""
    return wishes(viewer).filter(Q(asked_by=viewer.pk) | Q(agreed_by=viewer.pk), agreed_at__isnull=False)
