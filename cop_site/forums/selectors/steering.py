"""What moderators see of a topic before they take it apart, and which forums they can be trusted with."""

from typing import Any

from django.core.paginator import Page, Paginator

from ..models import Forum, Post, Topic

ROWS_ON_A_PAGE = 50


def rows(viewer: Any, topic: Topic, number: str) -> Page:
    """A page of a topic's posts: which they are, and how they begin."""
    placed = Post.objects.visible_to(viewer).filter(topic=topic, number__isnull=False)
    found = placed.select_related("author", "pseudonym").defer("html").order_by("number")
    return Paginator(found, ROWS_ON_A_PAGE).get_page(number)


def places_to_moderate(viewer: Any) -> list[tuple[str, str]]:
    """The forums that ``viewer`` may name when she trusts somebody with one."""
    return [(forum.slug, forum.name) for forum in Forum.objects.visible_to(viewer).in_order()]
