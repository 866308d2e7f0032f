"""What somebody's leaving means for the groups of an event that is locked."""

from datetime import datetime

from django.db.models import Q

from cop_site.accounts.models import User

from .. import adjusting, breakouts, log, rounds, rules
from ..models import Apart, Event, Room, Round, Seat


def leave_groups(event: Event, person: User) -> None:
    """She sits in no group that is prepared or open, and those in the hall hear who sits where now. Rounds that are over stay as they were.

    With whom she must not meet is forgotten too, unless she has spoken in the hall: then she can be seated again, and it still holds.
    """
    # Locked as the log locks them: nobody opens a round meanwhile.
    hall = next(
        room for room in Room.objects.select_for_update(of=("self",)).filter(event=event).order_by("pk") if room.kind == Room.Kind.HALL
    )
    for seat in Seat.objects.filter(round__event=event, person=person).exclude(round__status=Round.Status.CLOSED).select_related("round"):
        seat.delete()
        _without_her(seat.round, hall)
    if person not in rounds.people_of(event):
        Apart.objects.filter(Q(one=person) | Q(other=person), event=event).delete()


def _without_her(round_: Round, hall: Room) -> None:
    if round_.status == Round.Status.OPEN:
        # In nobody's name: her own would stay in the log from which she goes.
        log.tell(hall.pk, "breakout.open", breakouts.told_of(round_), by=User.objects.system())
    elif Seat.objects.filter(round=round_).exists():
        adjusting.keep(round_, adjusting.plan_of(round_, adjusting.wish_of(round_)))
    else:
        round_.delete()


def forget_apart(at: datetime) -> int:
    """Who must not meet is forgotten 30 days after the end of their event, with what people needed."""
    gone, _rows = Apart.objects.filter(event__ends_at__lte=at - rules.AFTERWARDS).delete()
    return gone
