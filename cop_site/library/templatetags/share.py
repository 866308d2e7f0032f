"""Draws the many choices of the share form: a loop in the page's own language would cost ten times as much."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..forms.placed import Option, Placed

register = template.Library()

_TICK = '<li><label class="check" for="{}"><input type="checkbox" name="{}" id="{}" value="{}"{}><span>{}</span></label></li>'
_RADIO = '<label class="choice" for="{}"><input type="radio" name="{}" id="{}" value="{}"{}><b>{}</b>{}</label>\n'


@register.simple_tag
def ticks(placed: Placed, options: Sequence[Option]) -> SafeString:
    """Boxes to tick, any number of them."""
    rows = ((one.id, placed.name, one.id, one.value, " checked" if one.is_chosen else "", one.label) for one in options)
    return format_html_join("", _TICK, rows)


@register.simple_tag
def radios(placed: Placed) -> SafeString:
    """Choices of which one is taken, each with its line of help."""
    rows = ((one.id, placed.name, one.id, one.value, " checked" if one.is_chosen else "", one.label, _help(one)) for one in placed.options)
    return format_html_join("", _RADIO, rows)


def _help(option: Option) -> str:
    return format_html('<span class="help">{}</span>', option.help) if option.help else ""


@register.simple_tag
def options(chosen_from: Sequence[Option]) -> SafeString:
    """What a list that drops down holds."""
    rows = ((one.value, " selected" if one.is_chosen else "", one.label) for one in chosen_from)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
