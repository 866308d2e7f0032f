"""What waits for moderators: posts, the longest wait first, and topics that were deleted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cop_site.accounts.policy import is_moderator
from cop_site.screening.guard import NEVER_OVERRIDDEN
from cop_site.screening.showing import Shown, shown

from .. import rules
from ..models import Forum, Post, Topic

MOST_SHOWN = 200


@dataclass(frozen=True)
class Item:
    """One post that waits, and what the guard finds in it today."""

    post: Post
    places: list[Shown]
    is_closed: bool  # nobody may let it through
    is_seen: bool  # whether the moderator reads the topic beside it
    begins: bool


def posts(viewer: Any) -> QuerySet[Post]:
    """What waits in topics that still stand; ``reads_forum`` says whether the moderator may know where that is."""
    waiting = Post.objects.waiting_for(viewer).filter(topic__hidden_at=None)
    waiting = waiting.annotate(reads_forum=Exists(Forum.objects.visible_to(viewer).filter(pk=OuterRef("topic__forum"))))
    return waiting.select_related("topic__forum", "author", "pseudonym").order_by("held_at", "pk")


def item(viewer: Any, pk: int) -> Item | None:
    """One of them."""
    post = posts(viewer).filter(pk=pk).prefetch_related("files__file").first()
    if post is None:
        return None
    found = rules.found_in(post)
    said = {"source": post.source, "content_note": post.content_note, "title": post.topic.title}
    return Item(
        post=post,
        places=[place for places in shown(said, found).values() for place in places],
        is_closed=any(one.action == "block" and one.type in NEVER_OVERRIDDEN for one in found),
        is_seen=Topic.objects.visible_to(viewer).filter(pk=post.topic_id).exists(),
        begins=post.begins,
    )


def deleted_topics(viewer: Any) -> QuerySet[Topic]:
    """What moderators took from readers and can give back, in forums that they read; not what nobody ever read."""
    rows = Topic.objects.unscoped("deleted topics, for moderators of the forums that they read")
    gone = rows.filter(hidden_at__isnull=False, held_at=None, forum__in=Forum.objects.visible_to(viewer))
    return gone.select_related("forum").order_by("-hidden_at", "-pk") if is_moderator(viewer) else rows.none()
