"""Who hears of an event: those it was meant for by name, or all who come; each asked again before a mail."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Level as AccountLevel
from cop_site.accounts.models import User
from cop_site.accounts.policy import CIRCLE_READERS, FULL, NOTHING
from cop_site.accounts.readers import readers_of
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events.models import Event, EventInvitation, Registration
from cop_site.events.policy import KIND

from ..models import Notification

SENTENCES: dict[str, Any] = {
    Verb.INVITED_TO_EVENT: _("You are invited to an event"),
    Verb.MOVED_UP: _("You have a seat at an event for which you waited"),
    Verb.CHANGED_EVENT: _("An event for which you registered is at another time"),
    Verb.CANCELLED_EVENT: _("An event for which you registered does not take place"),
    Verb.REMINDED_OF_EVENT: _("An event for which you registered begins soon"),
}
# Without their words: of these one is told by name.
_BY_NAME = {Verb.INVITED_TO_EVENT, Verb.MOVED_UP}


def concerned(activity: Activity) -> QuerySet[User]:
    """Whom a deed about an event concerns, as far as they see the event now."""
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
    """People who may see an event: by its level, or invited to it from outside the network's own."""
    invited = EventInvitation.objects.filter(event=event).values("person")
    by_invitation = Q(pk__in=invited, role__in=CIRCLE_READERS - FULL) if event.visibility == AccountLevel.NETWORK else NOTHING
    return readers_of(event, kind=KIND) | by_invitation


def concerns_still(notification: Notification) -> bool:
    """Whether the recipient still is invited, or still comes: whoever left hears no more."""
    activity: Activity = notification.activity  # type: ignore[assignment]
    rows = EventInvitation.objects if activity.verb == Verb.INVITED_TO_EVENT else Registration.objects
    return rows.filter(event=notification.event_id, person=notification.recipient_id).exists()
