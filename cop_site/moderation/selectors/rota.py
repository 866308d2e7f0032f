"""Whose turn it is."""

from django.db.models import QuerySet
from django.utils import timezone

from cop_site.accounts.models import Role, User

from ..models import Duty


def coming() -> QuerySet[Duty]:
    """Turns that are not over, the next one first."""
    return Duty.objects.filter(ends_on__gte=timezone.localdate()).select_related("person").order_by("starts_on", "is_backup", "pk")


def who_may() -> QuerySet[User]:
    """Those who look after the whole queue."""
    return User.objects.filter(is_active=True, role__in=[Role.MODERATOR, Role.SECRETARIAT], suspended_at=None).order_by("name", "pk")
