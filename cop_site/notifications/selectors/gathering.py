"""Who hears of an event: those it was meant for by name, or all who come; each asked again before a mail."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Level as AccountLevel
from cop_site.accounts.models import User
from cop_site.accounts.policy import CIRCLE_READERS, FULL, INSIDERS, NOTHING
from cop_site.accounts.readers import readers_of
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events.models import Event, EventInvitation, Registration, Room
from cop_site.events.policy import KIND

from ..choices import WITHOUT_SIGHT
from ..models import Notification

SENTENCES: dict[str, Any] = {
    Verb.INVITED_TO_EVENT: _("You are invited to an event"),
    Verb.MOVED_UP: _("You have a seat at an event for which you waited"),
    Verb.TOOK_OFF_LIST: _("You were taken off the list of an event; whoever leads it can tell you why"),
    Verb.CHANGED_EVENT: _("An event for which you registered is at another time"),
    Verb.CANCELLED_EVENT: _("An event for which you registered does not take place"),
    Verb.REMINDED_OF_EVENT: _("An event for which you registered begins soon"),
    Verb.ENDED_LIVE_PART: _("You can still answer: the live part of an event for which you registered is over"),
}
# Without their words: of these one is told by name.
_BY_NAME = {Verb.INVITED_TO_EVENT, Verb.MOVED_UP, Verb.TOOK_OFF_LIST}


def concerned(activity: Activity) -> QuerySet[User]:
    """Whom a deed about an event concerns."""
    if activity.verb in _BY_NAME:
        return User.objects.filter(pk=activity.facts["person"])
    rows = Registration.objects.filter(event=activity.subject_id).exclude(person=activity.actor_id)
    if activity.verb == Verb.REMINDED_OF_EVENT:
        rows = rows.coming()
    return User.objects.filter(pk__in=rows.values("person")).order_by("pk")


def event_of(activity: Activity) -> Event | None:
    """The event that people are to be told of; None where there is nothing to tell."""
    if activity.verb == Verb.CHANGED_EVENT and not activity.facts.get("times"):
        return None
    return Event.objects.filter(pk=activity.subject_id).first()


def who_sees(event: Event) -> Q:
    """People who may see an event: by its level, or from outside the network's own who were invited to it or come."""
    asked, come = (rows.objects.filter(event=event).values("person") for rows in (EventInvitation, Registration))
    is_open_to = (Q(pk__in=asked) | Q(pk__in=come)) & Q(role__in=CIRCLE_READERS - FULL)
    return readers_of(event, kind=KIND) | (is_open_to if event.visibility == AccountLevel.NETWORK else NOTHING)


def who_may_hear(activity: Activity, event: Event) -> Q:
    """Those who see the event; that somebody does not come any more she hears also where she sees it no more.

    That one still answers concerns those who enter rooms.
    """
    if activity.verb in WITHOUT_SIGHT:
        return ~NOTHING
    return who_sees(event) & Q(role__in=INSIDERS) if activity.verb == Verb.ENDED_LIVE_PART else who_sees(event)


def concerns_still(notification: Notification) -> bool:
    """Whether the recipient still is invited, or still comes: whoever left hears no more. Of being taken off a list, whoever did not come back.

    That one still answers is told as long as one does.
    """
    activity: Activity = notification.activity  # type: ignore[assignment]
    halls = Room.objects.filter(event=notification.event_id, kind=Room.Kind.HALL)
    if activity.verb == Verb.ENDED_LIVE_PART and not any(hall.is_answered_later for hall in halls):
        return False
    rows = EventInvitation.objects if activity.verb == Verb.INVITED_TO_EVENT else Registration.objects
    is_there = rows.filter(event=notification.event_id, person=notification.recipient_id).exists()
    return is_there != (activity.verb == Verb.TOOK_OFF_LIST)
