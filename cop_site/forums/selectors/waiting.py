"""What moderators can give back: topics that were deleted."""

from typing import Any

from django.db.models import QuerySet

from cop_site.accounts.policy import is_moderator

from ..models import Forum, Topic

MOST_SHOWN = 200


def deleted_topics(viewer: Any) -> QuerySet[Topic]:
    """What moderators took from readers and can give back, in forums that they read; not what nobody ever read."""
    rows = Topic.objects.unscoped("deleted topics, for moderators of the forums that they read")
    gone = rows.filter(hidden_at__isnull=False, held_at=None, forum__in=Forum.objects.visible_to(viewer))
    return gone.select_related("forum").order_by("-hidden_at", "-pk") if is_moderator(viewer) else rows.none()
