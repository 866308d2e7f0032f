"""Answers "who can see this?" beside a row."""

from typing import Any

from django import template

from .. import audiences

register = template.Library()


@register.inclusion_tag("accounts/_who_sees.html", takes_context=True)
def who_sees(context: Any, row: Any, kind: str = "practice", is_asked: bool = False) -> dict[str, Any]:
    """The level of ``row``, and behind it the sentence that says who these people are. ``is_asked``: the page asks already."""
    return {"row": row, "is_asked": is_asked, "sentence": audiences.who_sees(row, viewer=context["request"].user, kind=kind)}


@register.inclusion_tag("accounts/_level.html")
def level(row: Any) -> dict[str, Any]:
    """The level alone, where rows stand close together."""
    return {"row": row}
