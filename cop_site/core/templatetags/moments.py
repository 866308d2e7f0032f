"""Days and times as the reader's own clock shows them, always with the word for its zone."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cop_site.core import wishes

register = template.Library()


@register.simple_tag(takes_context=True)
def local_time(context: Any, moment: datetime | None) -> SafeString | str:
    """``21 November 2026, 09.00 WIB``, readable for machines too."""
    if moment is None:
        return ""
    return _time(wishes.zone_of(context.get("request")), moment, _locale())


@register.simple_tag(takes_context=True)
def time_there(context: Any, moment: datetime, zone: str) -> SafeString | str:
    """A time as clocks show it in a zone, and on the reader's own clock where that is another."""
    there, own = _time(zone, moment, _locale()), wishes.zone_of(context.get("request"))
    return there if zone == own else format_html("{} ({})", there, _time(own, moment, _locale()))


@register.simple_tag(takes_context=True)
def weekday_time(context: Any, moment: datetime | str | None) -> SafeString | str:
    """``Rabu 25 November, 14.00 WIB``: of what one has to do soon, the day as people call it."""
    if not moment:
        return ""
    zone, moment = wishes.zone_of(context.get("request")), datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    words = format_datetime(_in(zone, moment), "EEEE d MMMM, HH.mm", locale=_locale())
    return format_html('<time datetime="{}" data-until>{} {}</time>', moment.isoformat(timespec="seconds"), words, wishes.zone_word(zone))


@register.simple_tag(takes_context=True)
def zone_word(context: Any) -> str:
    """What people call the reader's zone."""
    return wishes.zone_word(wishes.zone_of(context.get("request")))


@lru_cache(maxsize=4096)  # a list says dozens of times, and the same ones to the next reader
def _time(zone: str, moment: datetime, locale: str) -> SafeString:
    there = _in(zone, moment)
    words = format_datetime(there, "d MMMM y, HH.mm", locale=locale)
    return format_html('<time datetime="{}">{} {}</time>', there.isoformat(timespec="seconds"), words, wishes.zone_word(zone))


@register.simple_tag(takes_context=True)
def local_day(context: Any, day: date | datetime | None) -> SafeString | str:
    """``21 November 2026``: of a moment, the day it is for the reader; a day alone is the same everywhere."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = _in(wishes.zone_of(context.get("request")), day).date()
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), format_date(day, "d MMMM y", locale=_locale()))


def _in(zone: str, moment: datetime) -> datetime:
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(ZoneInfo(zone))


def _locale() -> str:
    return "en" if get_language() == "en" else "id"
