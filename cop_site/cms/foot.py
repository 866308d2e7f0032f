"""The pages that editors want in the foot of every page: read once, kept in memory for half a minute."""

import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from wagtail.models import Page

from .models import PublishedPages

KEPT_FOR = 30.0  # seconds until another process's change is seen here


@dataclass(frozen=True)
class FootLink:
    """``is_borrowed`` where its name stands in the other language."""

    url: str
    words: str
    is_borrowed: bool


_links: dict[str, tuple[float, list[FootLink]]] = {}  # by language, with the moment of reading


def links(request: Any) -> list[FootLink]:
    """The published pages below home that are to stand in menus; the same for all readers."""
    language = get_language() or ""
    read_at, known = _links.get(language, (0.0, []))
    if not read_at or time.monotonic() - read_at >= KEPT_FOR:
        known = _read(request, is_english=language == "en")
        _links[language] = (time.monotonic(), known)
    return known


def forget() -> None:
    """Read anew next time: a page came, changed or went."""
    _links.clear()


def _read(request: Any, *, is_english: bool) -> list[FootLink]:
    pages = PublishedPages(Page).visible_to(AnonymousUser()).in_menu().filter(depth=3).order_by("path")
    named = pages.annotate(in_english=Coalesce(F("textpage__title_en"), F("newsindexpage__title_en"))).exclude(in_english=None)
    return [
        FootLink(page.get_url(request), (is_english and page.in_english) or page.title, is_english and not page.in_english)
        for page in named
    ]
