"""Answers "who can see this?" beside a row."""

from functools import cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .. import audiences
from ..models import Level

register = template.Library()


@register.inclusion_tag("accounts/_who_sees.html", takes_context=True)
def who_sees(context: Any, row: Any, kind: str = "practice", is_asked: bool = False) -> dict[str, Any]:
    """The level of ``row``, and behind it the sentence that says who these people are. ``is_asked``: the page asks already."""
    return {"row": row, "is_asked": is_asked, "sentence": audiences.who_sees(row, viewer=context["request"].user, kind=kind)}


@register.simple_tag
def level(row: Any) -> SafeString:
    """The level alone, where rows stand close together: on long lists there are dozens."""
    return _level(row.visibility, get_language())


@cache
def _level(visibility: str, _language: str | None) -> SafeString:
    return mark_safe(
        get_template("accounts/_level.html").render({"is_public": visibility == Level.PUBLIC, "word": Level(visibility).label})
    )
