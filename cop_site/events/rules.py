"""What may stand in an event, asked by its deeds."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.core import text
from cop_site.screening.guard import screen_fields
from cop_site.screening.refusing import NotReady, Problem
from cop_site.vocabulary import selectors as words

from .models import Event

# An event is a place for several: no private drafts.
LEVELS = (Level.PUBLIC, Level.NETWORK, Level.CIRCLE, Level.ORGANISATION)
LONGEST = timedelta(days=14)
LONGEST_NAME, LONGEST_ABOUT, LONGEST_NEEDS, LONGEST_STEP = 120, 600, 400, 120
MOST_SEATS, MOST_STEPS, MOST_MINUTES = 5000, 40, 600
AFTERWARDS = timedelta(days=30)  # the circle of participants, what they need and offer, outlast an event by so much
_NEEDED = ("name_id", "about_id")
_READ_BY_THE_GUARD = ("name_id", "name_en", "about_id", "about_en", "place")


def tidy(event: Event) -> None:
    """Names in one line, texts with plain line ends."""
    for name in ("name_id", "name_en", "place", "video_link"):
        setattr(event, name, text.one_line(getattr(event, name)))
    for name in ("about_id", "about_en"):
        setattr(event, name, text.normal(getattr(event, name)).strip())


def require_event(event: Event, steps: Sequence[dict[str, Any]]) -> None:
    """Raises ``NotReady`` with all that stands in the way."""
    if problems := [*_of_words(event), *_of_audience(event), *_of_time(event), *_of_place(event), *_of_steps(steps)]:
        raise NotReady(problems)
    said = {name: getattr(event, name) for name in _READ_BY_THE_GUARD}
    said |= {f"agenda_{language}": "\n".join(step.get(f"name_{language}", "") for step in steps) for language in ("id", "en")}
    _require_harmless(said)


def _of_words(event: Event) -> Iterator[Problem]:
    yield from (Problem(name, _("Please write something here.")) for name in _NEEDED if not getattr(event, name))
    longest = {"name_id": LONGEST_NAME, "name_en": LONGEST_NAME, "about_id": LONGEST_ABOUT, "about_en": LONGEST_ABOUT, "place": 160}
    for name, most in longest.items():
        if (now := len(getattr(event, name))) > most:
            yield Problem(name, _("At most %(most)d characters; now it has %(now)d.") % {"most": most, "now": now})
    if event.video_link and not _is_link(event.video_link):
        yield Problem("video_link", _("Only an address that begins with https://."))


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc and len(link) <= 300


def _of_audience(event: Event) -> Iterator[Problem]:
    if event.visibility not in LEVELS:
        yield Problem("visibility", _("This choice does not exist."))
    if event.visibility == Level.CIRCLE and event.circle is None:
        yield Problem("circle", _("Please choose one."))
    if event.visibility == Level.ORGANISATION and event.organisation is None:
        yield Problem("organisation", _("Please choose one."))
    if not 1 <= event.capacity <= MOST_SEATS:
        yield Problem("capacity", _("Between 1 and %(most)d.") % {"most": MOST_SEATS})


def _of_time(event: Event) -> Iterator[Problem]:
    if event.zone not in Event.Zone.values:
        yield Problem("zone", _("This choice does not exist."))
    if event.ends_at <= event.starts_at:
        yield Problem("ends_at", _("It has to end after it begins."))
    elif event.ends_at - event.starts_at > LONGEST:
        yield Problem("ends_at", _("An event lasts two weeks at most."))
    if event.ends_at <= timezone.now():
        yield Problem("ends_at", _("This has passed already."))


def _of_place(event: Event) -> Iterator[Problem]:
    if event.province and event.province not in words.provinces():
        yield Problem("province", _("This choice does not exist."))
    regency = words.regencies().get(event.regency)
    if event.regency and (regency is None or regency.province_id != event.province):
        yield Problem("regency", _("This district lies in another province."))
    if event.place and event.visibility != Level.PUBLIC:
        yield Problem(
            "place", _("Where an event is not public, nothing finer than the district stands here. Tell the place to those who come.")
        )


def _of_steps(steps: Sequence[dict[str, Any]]) -> Iterator[Problem]:
    if len(steps) > MOST_STEPS:
        yield Problem("agenda_id", _("At most %(most)d steps.") % {"most": MOST_STEPS})
    for step in steps:
        if len(step["name_id"]) > LONGEST_STEP or len(step.get("name_en", "")) > LONGEST_STEP or (step["minutes"] or 0) > MOST_MINUTES:
            yield Problem("agenda_id", _("A step has at most 120 characters and 600 minutes."))
            return


def one_sentence(field: str, said: str, *, most: int) -> str:
    """A reason in one line."""
    said = text.one_line(said)
    if not said:
        raise NotReady([Problem(field, _("Please write something here."))])
    return short(field, said, most=most)


def needs(said: str) -> str:
    """What somebody needs in order to take part; it may be nothing."""
    return short("text", text.normal(said).strip(), most=LONGEST_NEEDS)


def short(field: str, said: str, *, most: int) -> str:
    """Words that are short enough and hold nothing that points to a person."""
    if len(said) > most:
        raise NotReady([Problem(field, _("At most %(most)d characters; now it has %(now)d.") % {"most": most, "now": len(said)})])
    _require_harmless({field: said})
    return said


def _require_harmless(said: dict[str, str]) -> None:
    if blocked := [found for found in screen_fields(said) if found.action == "block"]:
        raise NotReady([], blocked)


def last_day(event: Event) -> date:
    """The last day of the circle of those who come."""
    return timezone.localdate(event.ends_at + AFTERWARDS)
