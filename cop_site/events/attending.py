"""Who came to several events: numbers without names, and the list with names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Membership, Organisation, User
from cop_site.core.records.cells import sheet

from . import guests, policy
from .guests import Line, Report
from .models import Event, Registration

MOST = 100  # events in one list


@dataclass(frozen=True)
class Table:
    """Of each event what its report tells, side by side, under the words of which any tells a number. Nothing is added up: sums would tell what is left out."""

    heads: list[str]
    rows: list[tuple[Event, Report, list[tuple[str, Line | None]]]]


def events_between(viewer: Any, first: date, last: date) -> list[Event]:
    """Events that somebody looks after and that began in these days, the newest first; one more than a list may hold where there are more."""
    kept = Event.objects.filter(policy.events_looked_over_by(viewer), status=Event.Status.PUBLISHED, starts_at__lte=timezone.now())
    return list(kept.filter(starts_at__date__range=(first, last)).newest_first()[: MOST + 1])


def tables_of(events: Sequence[Event]) -> dict[str, Table]:
    """By scale and by mandate, how many came to each event."""
    reports = guests.reports_of(events, is_over=True)
    return {name: _table(reports, name) for name in ("scales", "mandates")}


def _table(reports: list[tuple[Event, Report]], name: str) -> Table:
    lines = [{line.label: line for line in getattr(report, name)} for _event, report in reports]
    places = {label: line.place for of_one in lines for label, line in of_one.items() if line.number is not None}
    heads = sorted(places, key=lambda label: places[label])
    rows = [(event, report, [(head, of_one.get(head)) for head in heads]) for (event, report), of_one in zip(reports, lines, strict=True)]
    return Table(heads, rows)


def sheet_of(events: Sequence[Event], viewer: Any) -> str:
    """Who had a seat at these events and whether they were there, for those who look after them."""
    rows = Registration.objects.visible_to(viewer).filter(event__in=events, is_waiting=False)
    found = list(rows.select_related("person", "event").order_by("event__starts_at", "event", "pk"))
    organisations = _organisations_of({row.person for row in found}, viewer)
    heads = [_("Name"), _("Organisation"), _("Event"), _("Day"), _("Was there")]
    told = (
        [
            row.person.name,
            "; ".join(organisations.get(row.person_id, [])),
            row.event.name,
            _day(row.event),
            _("yes") if row.has_attended else _("no"),
        ]
        for row in found
    )
    return sheet([heads, *told])


def _day(event: Event) -> str:
    return event.starts_at.astimezone(ZoneInfo(event.zone)).date().isoformat()


def _organisations_of(people: Iterable[User], viewer: Any) -> dict[int, list[str]]:
    """Where people work now, as far as the reader sees those organisations."""
    current = Membership.objects.current().filter(person__in=list(people), organisation__in=Organisation.objects.visible_to(viewer))
    names: dict[int, list[str]] = {}
    for person, name in current.order_by("organisation__name").values_list("person", "organisation__name"):
        names.setdefault(person, []).append(name)
    return names
