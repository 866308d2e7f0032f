"""How a room ends: in the hall the live part first, where those who were away shall still answer, and then for good.

What is answered later is answered by the same actions, into the same rows (docs/decisions/016-later-answers.md).
"""

from datetime import timedelta

from cop_site.activity.actions import record
from cop_site.activity.verbs import Verb

from . import breakouts, polling
from .acts import Act
from .models import Event, Poll, Room, Round
from .refusing import Refused
from .shutting import shut

LASTS = timedelta(hours=72)


def close(act: Act) -> bool:
    """Groups come back first, and with the room its polls are closed: with their results, as by hand."""
    is_for_good = not act.entry.data.get("later")
    if not is_for_good and (act.room.kind != Room.Kind.HALL or act.room.later_until):
        raise Refused("invalid")
    if act.room.kind == Room.Kind.HALL and Round.objects.filter(event=act.room.event_id, status=Round.Status.OPEN).exists():
        act.do_first("breakout.close", {}, breakouts.close_round)
    if act.room.kind == Room.Kind.HALL:
        Event.objects.filter(pk=act.room.event_id, closed_at=None).update(closed_at=act.entry.at)
    if is_for_good:
        _shut(act)
    else:
        _end_live_part(act)
    return True


def _end_live_part(act: Act) -> None:
    act.room.later_until = act.entry.at + LASTS
    until = act.room.later_until.isoformat(timespec="milliseconds")
    act.entry.data = {"until": until}
    record(Verb.ENDED_LIVE_PART, by=act.person, subject=act.room.event, room=str(act.room.pk), until=until)


def _shut(act: Act) -> None:
    for poll in Poll.objects.filter(room=act.room, status=Poll.Status.OPEN).order_by("number"):
        act.do_first("poll.close", {"id": poll.number}, polling.close_poll)
    act.entry.data = {}
    shut(act.room, act.entry.at)
    record(Verb.CLOSED_ROOM, by=act.person, subject=act.room.event, room=str(act.room.pk))


EFFECTS = {"room.close": close}
