"""Forums and their topics in lists, as a reader finds them. What a page costs does not depend on how much lies before it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet

from cop_site.accounts.asking import written_once
from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.policy import is_member

from ..choices import TOPICS_ON_A_PAGE
from ..models import Forum, Post, Topic
from .pages import Counted, marks_of

# --- forums


@dataclass(frozen=True)
class ForumRow:
    """A forum in the index, with its last topic and whether the reader knows all of that one."""

    forum: Forum
    has_new: bool


def forum_rows(viewer: Any) -> list[ForumRow]:
    """Every forum that ``viewer`` may see, open ones first."""
    forums = _forums(viewer)
    marks = marks_of(viewer, [one.last_topic for one in forums if one.last_topic])
    return [ForumRow(one, has_new=_has_new(viewer, one.last_topic, marks)) for one in forums]


@written_once
def _forums(viewer: Any) -> QuerySet[Forum]:
    return Forum.objects.visible_to(viewer).select_related("last_topic").in_order()


def forum_called(slug: str, viewer: Any) -> Forum | None:
    """The forum at this address, where ``viewer`` may see it."""
    return next(iter(_called(viewer, slug=slug)), None)


@written_once
def _called(viewer: Any, *, slug: str) -> QuerySet[Forum]:
    return Forum.objects.visible_to(viewer).filter(slug=slug)


def _has_new(viewer: Any, topic: Topic | None, marks: dict[int, int]) -> bool:
    return topic is not None and is_member(viewer) and marks.get(topic.pk, 0) < topic.last_number


# --- topics of a forum


@dataclass(frozen=True)
class TopicRow:
    """A topic in a list: who began it under which name, and how much of it is new to the reader."""

    topic: Topic
    begun_by: str
    unread: int
    is_known: bool  # the reader has been there
    is_blocked: bool = False  # the reader does not want to meet whoever began it


def topic_rows(forum: Forum, viewer: Any, wished: str = "") -> Page:
    """One page of the topics of a forum that ``viewer`` sees, pinned ones first, then by their last post."""
    shown = Topic.objects.within(forum).select_related("starter").newest_first()
    page = Counted(shown, TOPICS_ON_A_PAGE, forum.topic_count).get_page(wished)
    topics = list(page.object_list)
    marks, names, blocked = marks_of(viewer, topics), _names_of_starters(topics), blocked_by(viewer)
    page.object_list = [
        TopicRow(
            one,
            names.get(one.pk, ""),
            max(one.last_number - marks.get(one.pk, 0), 0) if is_member(viewer) else 0,
            is_known=one.pk in marks,
            is_blocked=one.starter_id in blocked,
        )
        for one in topics
    ]
    return page


def _names_of_starters(topics: list[Topic]) -> dict[int, str]:
    """The names that topics were begun under; a pseudonym's is that of the first post."""
    names = {one.pk: one.starter.name for one in topics if one.starter}
    nameless = [one.pk for one in topics if one.starter is None]
    if nameless:
        firsts = Post.objects.unscoped("names that the first posts bear, of topics that are shown").filter(topic__in=nameless, number=1)
        names |= {post.topic_id: post.pseudonym.name for post in firsts.select_related("pseudonym") if post.pseudonym}
    return names
