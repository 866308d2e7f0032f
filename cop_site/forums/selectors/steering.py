"""What moderators see of a topic before they take it apart."""

from typing import Any

from django.core.paginator import Page, Paginator

from ..models import Post, Topic

ROWS_ON_A_PAGE = 50


def rows(viewer: Any, topic: Topic, number: str) -> Page:
    """A page of a topic's posts: which they are, and how they begin."""
    placed = Post.objects.visible_to(viewer).filter(topic=topic, number__isnull=False)
    found = placed.select_related("author", "pseudonym").defer("html").order_by("number")
    return Paginator(found, ROWS_ON_A_PAGE).get_page(number)
