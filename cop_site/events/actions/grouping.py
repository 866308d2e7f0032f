"""Deeds about groups that go through no room's log: a draft changed by hand, who does not meet, who came late, the list that is taken."""

from django.db.models import F

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import adjusting, breakouts, log, policy, rounds, rules
from ..models import Apart, Event, Room, Round, Seat
from ..refusing import Refused

OFFICES = ("facilitator", "note_taker")


@deed
def move_seat(round_: Round, handle: str, group: int, *, by: User) -> Round:
    """Let somebody sit in another group of a round that is not open yet. What this breaks the page says; nothing is refused for it."""
    round_ = _locked(round_, Round.Status.DRAFT, by=by)
    adjusting.keep(round_, adjusting.moved(round_, {handle: group}))
    return _noted(round_, by=by)


@deed
def pin_seat(round_: Round, handle: str, is_pinned: bool, *, by: User) -> Round:
    """Keep somebody in her group when the groups are composed anew, or let her go."""
    round_ = _locked(round_, Round.Status.DRAFT, by=by)
    if not Seat.objects.filter(round=round_, person__handle=handle).update(is_pinned=is_pinned):
        raise Refused("invalid", detail="groups-not-there")
    adjusting.keep(round_, adjusting.moved(round_, {}))
    return _noted(round_, by=by)


@deed
def give_office(round_: Round, handle: str, office: str, *, by: User) -> Round:
    """Let somebody lead her group, or take its notes, in place of whoever did."""
    round_ = _locked(round_, Round.Status.DRAFT, by=by)
    if office not in OFFICES or not Seat.objects.filter(round=round_, person__handle=handle).exists():
        raise Refused("invalid", detail="groups-not-there")
    adjusting.keep(round_, adjusting.with_office(round_, handle, office))
    return _noted(round_, by=by)


@deed
def seat_late(round_: Round, handle: str, *, by: User) -> Seat:
    """Give somebody who came late a seat in an open round; nobody else moves or loses an office."""
    round_ = _locked(round_, Round.Status.OPEN, by=by)
    if Seat.objects.filter(round=round_, person__handle=handle).exists():
        raise Refused("invalid", detail="groups-twice")
    group, plan = adjusting.with_late(round_, handle)
    room = Room.objects.get(round=round_, number=group.number)
    seat = Seat.objects.create(
        round=round_,
        person=User.objects.get(handle=handle),
        group=group.number,
        room=room,
        is_facilitator=group.facilitator == handle,
        is_note_taker=group.note_taker == handle,
        why=rounds.told(plan.why[handle]),
    )
    Room.objects.filter(pk=room.pk).update(acl_version=F("acl_version") + 1)
    hall = Room.objects.get(event=round_.event_id, kind=Room.Kind.HALL)
    log.tell(hall.pk, "breakout.open", breakouts.told_of(round_), by=by)  # once more, now with her
    record(Verb.SEATED_LATE, by=by, subject=round_.event, round=round_.number)
    return seat


@deed
def keep_apart(event: Event, one: User, other: User, *, by: User) -> Apart:
    """No round of this event brings these two together. Only those who lead it read that."""
    require(_may_group(by, event))
    here = {person.pk for person in rounds.people_of(event)}
    if one.pk == other.pk or not {one.pk, other.pk} <= here:
        raise Refused("invalid", detail="groups-not-there")
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, is_new = Apart.objects.get_or_create(event=event, one=first, other=second)
    if is_new:
        record(Verb.CHANGED_APART, by=by, subject=event)
    return pair


@deed
def let_meet(pair: Apart, *, by: User) -> None:
    """These two may meet again."""
    require(_may_group(by, pair.event))
    Apart.objects.filter(pk=pair.pk).delete()
    record(Verb.CHANGED_APART, by=by, subject=pair.event)


@deed
def take_groups(round_: Round, *, by: User, reason: str) -> Activity:
    """Write down that somebody takes the list of who sits in which group, and what for."""
    require(_may_group(by, round_.event))
    said = rules.one_sentence("reason", reason, most=300)
    return record(Verb.TOOK_GROUPS, by=by, subject=round_.event, reason=said, round=round_.number)


def _may_group(person: User, event: Event) -> bool:
    return policy.keeps_desk(person, event) and Event.objects.visible_to(person).filter(pk=event.pk).exists()


def _locked(round_: Round, status: str, *, by: User) -> Round:
    """The round as it is now, until the deed ends. The event's rooms are locked as the log locks them: nobody opens a round meanwhile."""
    list(Room.objects.select_for_update(of=("self",)).filter(event=round_.event_id).order_by("pk"))
    found = Round.objects.select_related("event", "event__author").filter(pk=round_.pk).first()
    if found is None or found.status != status:
        raise Refused("invalid", detail="no_round")
    require(_may_group(by, found.event))
    return found


def _noted(round_: Round, *, by: User) -> Round:
    """The journal hears once for each round that its groups were changed by hand."""
    told = {"verb": Verb.CHANGED_GROUPS, "subject_id": round_.event_id, "actor": by, "facts__round": round_.number}
    if not Activity.objects.filter(**told).exists():
        record(Verb.CHANGED_GROUPS, by=by, subject=round_.event, round=round_.number)
    return round_
