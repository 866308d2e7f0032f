"""Draws the many boxes of an entry's form: a loop in the page's own language would cost ten times as much."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_TICK = '<li><label class="check" for="{0}"><input type="checkbox" name="{1}" id="{0}" value="{2}"{3}><span>{4}</span></label></li>'


@register.simple_tag
def ticks(name: str, options: Sequence[tuple[str, str, bool]]) -> SafeString:
    """Boxes to tick, any number of them: value, label, and whether it is chosen."""
    rows = ((f"id_{name}_{value.replace('.', '-')}", name, value, " checked" if chosen else "", label) for value, label, chosen in options)
    return format_html_join("", _TICK, rows)
