"""Events as iCalendar: times with the rules of their zone, and no more than the public sentence."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Timezone
from icalendar import Event as Entry

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words

from .models import Event

_FIRST, _LAST = datetime(2020, 1, 1).date(), datetime(2040, 1, 1).date()


def calendar_of(events: Iterable[Event], *, host: str) -> bytes:
    """A calendar with these events, as every calendar programme reads it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//ID")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"{settings.SITE_NAME}{' (demo)' if settings.IS_DEMO else ''}")
    events = list(events)
    for zone in sorted({event.zone for event in events}):
        calendar.add_component(Timezone.from_tzid(zone, first_date=_FIRST, last_date=_LAST))
    for event in events:
        calendar.add_component(_entry(event, host))
    return calendar.to_ical()


def _entry(event: Event, host: str) -> Entry:
    zone, entry = ZoneInfo(event.zone), Entry()
    entry.add("uid", f"{event.pk}-{event.slug}@{host}")
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", event.name)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    if event.visibility == Level.PUBLIC:
        entry.add("description", event.about)
    else:
        entry.add("class", "PRIVATE")
    if where := _where(event):
        entry.add("location", where)
    return entry


def _where(event: Event) -> str:
    """The place of a public event; of all others the district at most."""
    place = event.place if event.visibility == Level.PUBLIC else ""
    regency = words.regency_name(event.regency) if event.regency else ""
    province = words.province_name(event.province) if event.province else ""
    return ", ".join(name for name in (place, regency, province) if name)
