"""What a way to reach an organisation may be: asked by the form and the deed alike."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from cop_site.core import text
from cop_site.screening.guard import FieldFinding, screen

from . import doors, rules
from .choices import ChannelKind

NUMBERS = frozenset({ChannelKind.PHONE, ChannelKind.WHATSAPP})
LINKS = frozenset({ChannelKind.WEBSITE, ChannelKind.SOCIAL})
LONGEST, LONGEST_NOTE = 200, 120


def tidied(kind: str, value: str) -> str:
    """A number as digits with at most a plus before them; anything else as one line."""
    value = text.one_line(value)
    if kind in NUMBERS and re.fullmatch(r"[+\d][\d\s().-]*", value):
        return re.sub(r"[^\d+]", "", value)
    return value


def problems_in(channel: Mapping[str, Any], *, row: int) -> Iterator[rules.Problem]:
    """What is wrong with one channel; the field says which row."""
    kind, value = channel["kind"], channel["value"]
    if kind not in ChannelKind.values:
        yield rules.Problem(f"kind-{row}", _("Please choose one."))
    elif len(value) > LONGEST or not _is_reachable(kind, value):
        yield rules.Problem(f"value-{row}", _asked_for(kind))
    if max(len(channel.get("note_id") or ""), len(channel.get("note_en") or "")) > LONGEST_NOTE:
        yield rules.Problem(f"note_id-{row}", _("At most %(number)d characters.") % {"number": LONGEST_NOTE})


def findings_in(channel: Mapping[str, Any]) -> list[FieldFinding]:
    """The guard over the notes; of the value, which is meant to reach somebody, only what tells a place."""
    kind = "url" if channel["kind"] in LINKS else "prose"
    places = [hit for hit in screen(channel["value"], kind=kind) if hit.type in rules.PLACES]
    notes = {name: channel[name] for name in ("note_id", "note_en") if channel.get(name)}
    return [FieldFinding("value", None, hit.type, hit.action, hit.start, hit.end) for hit in places] + doors.findings_in(notes)


def _is_reachable(kind: str, value: str) -> bool:
    if kind in NUMBERS:
        return bool(re.fullmatch(r"\+?\d{3,15}", value))
    if kind in LINKS:
        return rules.is_web_address(value)
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def _asked_for(kind: str) -> str:
    if kind in NUMBERS:
        return _("Please give a number: digits, with a plus and the country code if it is meant for calls from abroad.")
    return _("Please give a whole address beginning with https://.") if kind in LINKS else _("Please give an e-mail address.")
