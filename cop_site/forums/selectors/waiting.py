"""What moderators can give back: topics that were deleted."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from cop_site.accounts.policy import is_moderator

from ..models import Forum, Topic

MOST_SHOWN = 200


def deleted_topics(viewer: Any) -> QuerySet[Topic]:
    """What was taken from readers and can be given back, in forums that moderators read; not what nobody ever read.

    ``gone_at`` says since when: deleted by a moderator, or left waiting for a first post that is gone.
    """
    rows = Topic.objects.unscoped("deleted topics, for moderators of the forums that they read")
    if not is_moderator(viewer):
        return rows.none()
    left = Q(pk__in=rows.left_without_a_beginning().values("pk"))
    gone = rows.filter(Q(hidden_at__isnull=False, held_at=None) | left, forum__in=Forum.objects.visible_to(viewer))
    return gone.select_related("forum").annotate(gone_at=Coalesce("hidden_at", "held_at")).order_by("-gone_at", "-pk")
