"""Who sees events, enters their rooms and says what there."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q

from cop_site.accounts.policy import (
    CIRCLE_READERS,
    FULL,
    INSIDERS,
    NOTHING,
    has_agreed,
    is_moderator,
    is_muted,
    is_secretariat,
    organisations_of,
    people_for_circles,
    role_of,
    seen_by,
)

KIND = "event"
_MAKERS = {"convenor", "secretariat"}
HALL, BACKSTAGE, GROUP = "hall", "backstage", "group"
EVERYBODYS = {"chat.post", "chat.hide", "hand.raise", "hand.lower", "card.add", "card.edit", "card.move", "card.vote"}
EVERYBODYS |= {"question.ask", "question.vote", "poll.vote"}
LEADERS = {"broadcast", "timer.start", "agenda.go", "question.approve", "question.answer", "poll.open", "poll.close"}
LEADERS |= {"breakout.compose", "breakout.open", "breakout.close", "room.close"}
FEWEST = 5  # people or votes below which a count could point at somebody
VOTES = {"card.vote", "question.vote", "poll.vote"}
# What a room takes still after its live part: answers, taking back what one said, and its end.
LATER = {"card.add", "card.edit", "card.vote", "chat.hide", "poll.vote", "poll.close", "room.close"}
# What stands under no name where a room is without attribution.
NAMELESS = {"chat.post", "card.add", "card.edit", "card.move", "question.ask"}


def events_visible_to(user: Any, prefix: str = "") -> Q:
    """An event is seen by its level; an office opens no circle's or organisation's event.

    Observers and researchers see an event of the network to which they were invited, or for which they are registered. A
    draft is seen by its author, and by the secretariat as far as its level goes. ``prefix`` leads to the row that is an event.
    """
    role = role_of(user)
    seen = seen_by(user, prefix, kind=KIND)
    if role in CIRCLE_READERS - FULL:
        asked, comes = (
            Q(**{f"{prefix}pk__in": apps.get_model("events", kept).objects.filter(person=user.pk).values("event")})
            for kept in ("EventInvitation", "Registration")
        )
        seen |= Q(**{f"{prefix}visibility": "jaringan"}) & (asked | comes)
    is_draft = Q(**{f"{prefix}status": "draft"})
    if role == "secretariat":
        return seen | is_draft & Q(**{f"{prefix}author": user.pk})
    own = is_draft & Q(**{f"{prefix}author": user.pk}) if role == "convenor" else NOTHING
    return seen & ~is_draft | own


def rooms_visible_to(user: Any) -> Q:
    """Everybody but applicants and observers finds the hall of an event they see, and the group they sit in; those who lead it find all."""
    role = role_of(user)
    if role not in INSIDERS:
        return NOTHING
    seen = events_visible_to(user, "event__")
    if is_moderator(user):
        return seen
    mine = Q(kind=HALL) | Q(kind=GROUP, pk__in=_groups_of(user))
    return seen & (mine | Q(event__author=user.pk) if role == "convenor" else mine)


def _groups_of(user: Any) -> Any:
    return apps.get_model("events", "Seat").objects.filter(person=user.pk, room__isnull=False).values("room")


def can_enter(user: Any) -> bool:
    """Rooms are entered by insiders who have agreed to what is in force; which rooms, says ``rooms_visible_to``."""
    return role_of(user) in INSIDERS and has_agreed(user)


def people_for_rooms() -> Q:
    """``can_enter``, asked of many and before they have agreed: whom it makes sense to seat in a group, or to name for an office there."""
    return people_for_circles() & Q(role__in=INSIDERS)


def leads(user: Any, event: Any) -> bool:
    """Moderators lead every event they see, convenors their own."""
    return is_moderator(user) or (role_of(user) == "convenor" and event.author_id == user.pk)


def can_say(user: Any, room: Any, kind: str) -> bool:
    """In a room one may enter everybody who is not muted talks, raises a hand and works on the board; who leads also announces, keeps time and closes.

    One's own words, cards and hand one takes back and changes oneself; who leads does so with those of others too (``log``).
    """
    if is_muted(user):
        return False
    return kind in EVERYBODYS or (kind in LEADERS and leads(user, room.event))


def ended(room: Any, kind: str, at: datetime, *, hides: bool = False) -> str:
    """Why a room does not take an action any more, by the name of the sentence that says so; nothing where it does.

    Who leads ``hides`` words in it always: a name that must not stand there goes whenever it is found.
    """
    if hides:
        return ""
    if room.closed_at is not None:
        return "closed"
    if room.later_until is None:
        return ""
    if kind not in LATER:
        return "live_over"
    return "later_over" if is_due(room, at) and kind != "room.close" else ""


def is_due(room: Any, at: datetime) -> bool:
    """Whether the time to answer later is over and the room still waits to be closed for good."""
    return room.closed_at is None and room.later_until is not None and room.later_until <= at


def is_named(room: Any, kind: str, *, as_leader: bool = False) -> bool:
    """Whether an entry of a kind names who is behind it.

    Votes never do, as dots on paper do not. In a room without attribution words and cards do not, nor does taking one's own
    words back; what is done in leading, and a hand, which asks to be called by name, do.
    """
    if kind in VOTES:
        return False
    return not room.is_unattributed or (kind not in NAMELESS and (as_leader or kind != "chat.hide"))


def can_silence(user: Any, room: Any) -> bool:
    """Who leads may silence the author of an entry in an open room, without learning who it is."""
    return not is_muted(user) and room.closed_at is None and leads(user, room.event)


def can_open_events(user: Any) -> bool:
    """The secretariat opens events that need no announcing, also in the name of a convenor."""
    return is_secretariat(user)


def can_make_events(user: Any) -> bool:
    """Convenors and the secretariat make events, once they have agreed to what is in force."""
    return role_of(user) in _MAKERS and has_agreed(user) and not is_muted(user)


def can_change_event(user: Any, event: Any) -> bool:
    """Its author and the secretariat change and cancel an event, until it is cancelled or over."""
    return can_make_events(user) and _is_hers(user, event) and not event.is_cancelled and not event.is_over


def can_discard(user: Any, event: Any) -> bool:
    """Its author and the secretariat throw a draft away, also one whose time has passed; what was announced is cancelled."""
    return can_make_events(user) and _is_hers(user, event) and event.is_draft


def can_publish(user: Any, event: Any) -> bool:
    """Whoever changes an event announces it. For everybody in the world only the secretariat does, and never one's own or one's organisation's."""
    if not can_change_event(user, event):
        return False
    return event.visibility != "publik" or (is_secretariat(user) and event.author_id != user.pk and not _are_colleagues(user, event))


def _are_colleagues(user: Any, event: Any) -> bool:
    return bool(event.author_id) and organisations_of(user).filter(organisation__in=organisations_of(event.author)).exists()


def _is_hers(user: Any, event: Any) -> bool:
    return is_secretariat(user) or event.author_id == user.pk


def can_come(user: Any, event: Any) -> bool:
    """Everybody who was admitted, has agreed and sees an event may register for it, until it ends."""
    return role_of(user) in CIRCLE_READERS and has_agreed(user) and event.status == "published" and not event.is_over


def can_invite(user: Any, event: Any) -> bool:
    """Who leads an event that is announced asks people to come."""
    return leads(user, event) and has_agreed(user) and event.status == "published" and not event.is_over


def keeps_desk(user: Any, event: Any) -> bool:
    """Who leads an event that she sees looks after those who come."""
    return leads(user, event) and has_agreed(user)


def can_take_out(user: Any, event: Any) -> bool:
    """Who keeps the desk takes invitations and registrations back until the event is over; what was, stays."""
    return keeps_desk(user, event) and not event.is_draft and not event.is_over


def can_name_offices(user: Any, event: Any) -> bool:
    """Who keeps the desk names those who lead groups and take notes, until the event is over."""
    return can_take_out(user, event) and not event.is_cancelled


def can_look_over_events(user: Any) -> bool:
    """The secretariat and convenors look at who came to several events at once."""
    return role_of(user) in _MAKERS and has_agreed(user)


def events_looked_over_by(user: Any) -> Q:
    """Of the events that she sees, those that the secretariat looks after, or that a convenor made; no drafts."""
    if not can_look_over_events(user):
        return NOTHING
    kept = events_visible_to(user) & ~Q(status="draft")
    return kept if is_secretariat(user) else kept & Q(author=user.pk)


def reads_needs(user: Any, event: Any) -> bool:
    """What somebody needs in order to take part is read by the convenor and the secretariat, not by moderators."""
    return keeps_desk(user, event) and _is_hers(user, event)


def registrations_visible_to(user: Any) -> Q:
    """One's own; those of an event one leads."""
    role = role_of(user)
    if role not in CIRCLE_READERS:
        return NOTHING
    own = Q(person=user.pk)
    if is_moderator(user):
        return own | events_visible_to(user, "event__")
    return own | Q(event__author=user.pk) if role == "convenor" else own


def can_feed(user: Any) -> bool:
    """Everybody who was admitted reads her events in a calendar of her own."""
    return role_of(user) in CIRCLE_READERS
