"""Polls that are written down before anybody votes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core import text
from cop_site.core.access import require
from cop_site.screening.refusing import NotReady, Problem

from .. import cells, policy, rules
from ..models import Poll, Room
from ..numbers import next_of
from ..schemas import MOST_OPTIONS

LONGEST_QUESTION, LONGEST_OPTION = 200, 120
OPEN_ENDED = {Poll.Kind.SCALE, Poll.Kind.WORDS}


@deed
def draft_poll(room: Room, *, by: User, kind: str, question: str, options: Sequence[str], counted_by: Sequence[str] = ()) -> Poll:
    """Keep a poll that whoever leads opens later; nobody in the room hears of it yet. ``counted_by`` names vocabularies (``cells``)."""
    room = _led(room, by=by)
    return Poll.objects.create(room=room, number=next_of(room.polls), **_content(kind, question, options, counted_by))


@deed
def change_poll(poll: Poll, *, by: User, kind: str, question: str, options: Sequence[str], counted_by: Sequence[str] = ()) -> Poll:
    """Write a poll down anew, as long as nobody has opened it."""
    _led(poll.room, by=by)
    if not Poll.objects.filter(pk=poll.pk, status=Poll.Status.DRAFT).update(**_content(kind, question, options, counted_by)):
        raise NotReady([Problem("question", _("This poll was opened or thrown away meanwhile."))])
    return poll


@deed
def discard_poll(poll: Poll, *, by: User) -> None:
    """Throw a poll away, as long as nobody has opened it; one that was opened stays."""
    _led(poll.room, by=by)
    Poll.objects.filter(pk=poll.pk, status=Poll.Status.DRAFT).delete()


def _led(room: Room, *, by: User) -> Room:
    """The room as it stands, locked, where somebody may open polls in it."""
    room = Room.objects.select_for_update(of=("self",)).select_related("event").get(pk=room.pk)
    is_found = Room.objects.visible_to(by).filter(pk=room.pk).exists()
    require(is_found and policy.can_say(by, room, "poll.open") and room.is_live)
    return room


def _content(kind: str, question: str, options: Sequence[str], counted_by: Sequence[str]) -> dict[str, Any]:
    question = rules.one_sentence("question", question, most=LONGEST_QUESTION)
    kept = [] if kind in OPEN_ENDED else _options(options)
    return {"kind": kind, "question": question, "options": kept, "counted_by": [one for one in cells.FIELDS if one in counted_by]}


def _options(said: Sequence[str]) -> list[str]:
    options = [one for line in said if (one := text.one_line(line))]
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise NotReady([Problem("options", _("Between 2 and %(most)d answers, one a line.") % {"most": MOST_OPTIONS})])
    if len({one.casefold() for one in options}) < len(options):
        raise NotReady([Problem("options", _("The same answer stands there twice."))])
    rules.short("options", "\n".join(options), most=LONGEST_OPTION * MOST_OPTIONS)
    for option in options:
        rules.short("options", option, most=LONGEST_OPTION)
    return options
