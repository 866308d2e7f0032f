"""Naming people in a post: by ``@handle``, and only those who may read the topic."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.html import escape

from cop_site.accounts.blocking import blocked_by
from cop_site.accounts.models import User
from cop_site.accounts.readers import readers_of
from cop_site.core import text

from .models import Forum
from .policy import KIND

_NAMED = re.compile(r"(?<![\w@/])@([a-z0-9][a-z0-9-]{1,39})\b")
MOST_SUGGESTED = 8


def readers(forum: Forum) -> QuerySet[User]:
    """Who may read, and so be named in, a forum."""
    return User.objects.filter(readers_of(forum, kind=KIND))


def reads_more(into: Forum, before: Forum) -> bool:
    """Whether anybody reads a forum who does not read the other: whoever made one for the stewards may be no member."""
    return before.visibility != "publik" and readers(into).exclude(pk__in=readers(before).values("pk")).exists()


def named_in(source: str, forum: Forum) -> list[User]:
    """The people whom a post names and who may read it; any other name stays the letters it is."""
    handles = set(_NAMED.findall(source))
    return list(readers(forum).filter(handle__in=handles).order_by("pk")) if handles else []


def suggested(words: str, forum: Forum, *, viewer: Any) -> QuerySet[User]:
    """Whom ``words``, the beginning of a name, may mean: readers of the forum who have written where it is read, never oneself, nor whom one blocks."""
    found = readers(forum).exclude(pk__in=[viewer.pk, *blocked_by(viewer)]).filter(name__istartswith=text.one_line(words))
    return found.order_by("name")[:MOST_SUGGESTED]


def render(source: str, named: list[User]) -> str:
    """The clean HTML of a post; each handle of the ``named`` shown as their name."""
    html = text.render(source)
    names = {person.handle: person.name for person in named}

    def shown(match: re.Match[str]) -> str:
        name = names.get(match[1])
        return f"<b>@{escape(name)}</b>" if name else match[0]

    return text.last_word(_NAMED.sub(shown, html)) if names else html
