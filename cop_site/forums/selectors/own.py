"""What a member has in the forums: her drafts, what waits, what she can be asked, what she may change."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.models import User
from cop_site.screening.guard import refused_today, screen_fields

from .. import mentions, policy
from ..choices import Reacted
from ..models import CallWish, Draft, Forum, Post, PostVersion, Pseudonym, Topic

KINDS = set(Reacted.values)
PAGE_SIZE = 20


@dataclass(frozen=True)
class OwnPage:
    """Drafts, posts that wait, and all that one has written, the newest first."""

    drafts: list[Draft]
    waiting: list[Post]
    posts: Page


def own_page(viewer: Any, wished: str = "") -> OwnPage:
    """Posts of topics that ``viewer`` still may read; a draft whose topic or forum she reads no longer names neither."""
    mine = Post.objects.visible_to(viewer).filter(policy.said_by(viewer), hidden_at=None).select_related("topic__forum", "pseudonym")
    seen = Q(topic__in=Topic.objects.visible_to(viewer)) | Q(topic=None, forum__in=Forum.objects.visible_to(viewer))
    kept = (
        Draft.objects.filter(person=viewer.pk)
        .select_related("forum", "topic__forum")
        .annotate(is_seen=Exists(Draft.objects.filter(seen, pk=OuterRef("pk"))))
    )
    return OwnPage(
        drafts=list(kept.order_by("-changed_at")[:50]),
        waiting=list(mine.filter(held_at__isnull=False).order_by("-pk")[:50]),
        posts=Paginator(mine.filter(held_at=None).order_by("-pk"), PAGE_SIZE).get_page(wished),
    )


def wishes(viewer: Any) -> dict[str, list[str]]:
    """About what ``viewer`` can be asked, as the form shows it."""
    found = CallWish.objects.filter(person=viewer.pk)
    return {
        "mandates": sorted({wish.mandate for wish in found}),
        "provinces": sorted({wish.province for wish in found if wish.province}),
    }


def can_edit_now(viewer: Any, post: Post) -> bool:
    return policy.can_edit(viewer, post, now=timezone.now())


def versions(post: Post) -> list[PostVersion]:
    """What a post said before, the newest first; asked for a post that the reader sees. What today's rules refuse has lost its words."""
    earlier = list(post.versions.all()[:50])
    for version in earlier:
        if refused_today(screen_fields({"source": version.source, "content_note": version.content_note})):
            version.html = version.content_note = ""
    return earlier


def people_in(topic: Topic, viewer: Any) -> list[User]:
    """Those who wrote in a topic under their own names and still may read it: whom an answer may name, scripts or not."""
    written = Post.objects.visible_to(viewer).filter(topic=topic).shown().values("author")
    others = mentions.readers(topic.forum).filter(pk__in=written).exclude(pk__in=[viewer.pk, *blocked_by(viewer)])
    return list(others.order_by("name")[:50])


def author_to_block(pk: int, viewer: Any) -> User | None:
    """Who said a post that ``viewer`` reads; nobody where it stands under a pseudonym."""
    return get_object_or_404(Post.objects.visible_to(viewer).select_related("author"), pk=pk).author


def quoted(post: Post) -> str:
    """The words of a post as Markdown quotes them, with the name it stands under."""
    lines = "\n".join(f"> {line}" for line in post.source.splitlines())
    said_by = post.said_by or _("Somebody who is gone")
    return f"> **{said_by}**:\n>\n{lines}\n\n"


def has_a_name_in(topic: Topic, viewer: Any) -> bool:
    """Whether ``viewer`` has written in a topic under a pseudonym."""
    return Pseudonym.objects.filter(topic=topic, person=viewer.pk).exists()


def draft_of(viewer: Any, *, topic: int | None, slug: str = "") -> Draft | None:
    """What ``viewer`` has begun: an answer to the topic with this number, or a topic in the forum called so; hers wherever that is by now."""
    about = {"topic": topic} if topic else {"topic": None, "forum__slug": slug}
    return Draft.objects.filter(person=viewer.pk, **about).first()


def topic_behind(pk: int, viewer: Any, *, is_post: bool) -> Topic | None:
    """The topic with this number, or that of the post with this number, where ``viewer`` may see it."""
    seen = Topic.objects.visible_to(viewer).select_related("forum")
    return seen.filter(posts__in=Post.objects.visible_to(viewer).filter(pk=pk)).first() if is_post else seen.filter(pk=pk).first()


def number(said: str) -> int:
    """A row's number as a form sent it."""
    if not said.isascii() or not said.isdecimal() or len(said) > 18:
        raise Http404
    return int(said)
