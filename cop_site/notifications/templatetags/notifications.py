"""The bell, and buttons to follow and mute, for the pages of the apps below."""

from collections.abc import Callable
from typing import Any

from django import template
from django.db.models import QuerySet

from cop_site.accounts.asking import written_once
from cop_site.forums.models import Topic
from cop_site.search.models import SavedSearch

from .. import policy
from ..choices import MOST_COUNTED
from ..models import Watch
from ..selectors import counting

register = template.Library()


@register.inclusion_tag("notifications/_bell.html", takes_context=True)
def notification_bell(context: Any) -> dict[str, Any]:
    """How much is unread, for whoever can be told anything: one query."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not policy.can_be_told(user):
        return {"is_shown": False}
    return {"is_shown": True, "unread": counting.unread_count(user), "most": MOST_COUNTED, "path": request.path}


def _wishes(kind: str) -> Callable[..., list[Watch]]:
    @written_once
    def wishes(viewer: Any, *, about: int) -> QuerySet[Watch]:
        return Watch.objects.visible_to(viewer).filter(**{kind: about}).order_by("pk")

    return wishes


_WISHES = {kind: _wishes(kind) for kind in ("topic", "forum", "saved_search")}


@register.inclusion_tag("notifications/_watch.html", takes_context=True)
def watch_button(context: Any, target: Any) -> dict[str, Any]:
    """Follow or mute a topic or a forum; a saved search can only be muted. One query."""
    request = context["request"]
    if not policy.can_be_told(request.user):
        return {"is_shown": False}
    kind = "topic" if isinstance(target, Topic) else "saved_search" if isinstance(target, SavedSearch) else "forum"
    wish = next(iter(_WISHES[kind](request.user, about=target.pk)), None)
    told = {"level": wish.level if wish else "", "kind": kind.replace("_", "-"), "about": target.pk, "name": str(_name_of(target))}
    return told | {"is_shown": True, "next": request.get_full_path(), "csrf_token": context.get("csrf_token")}


def _name_of(target: Any) -> str:
    return target.title if isinstance(target, Topic) else target.name
