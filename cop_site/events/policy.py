"""Who sees events, enters their rooms and says what there."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import INSIDERS, NOTHING, has_agreed, is_moderator, is_muted, is_secretariat, role_of, seen_by

KIND = "event"
BACKSTAGE = "backstage"
EVERYBODYS = {"chat.post", "hand.raise", "hand.lower"}
LEADERS = {"chat.hide", "broadcast", "timer.start", "agenda.go", "room.close"}


def events_visible_to(user: Any) -> Q:
    """An event is seen by its level; an office opens no circle's or organisation's event."""
    return seen_by(user, kind=KIND)


def rooms_visible_to(user: Any) -> Q:
    """Everybody but applicants and observers finds the hall of an event they see; the backstage is for those who lead it."""
    role = role_of(user)
    if role not in INSIDERS:
        return NOTHING
    seen = seen_by(user, "event__", kind=KIND)
    if is_moderator(user):
        return seen
    hall = ~Q(kind=BACKSTAGE)
    return seen & (hall | Q(event__author=user.pk) if role == "convenor" else hall)


def can_enter(user: Any) -> bool:
    """Rooms are entered by insiders who have agreed to what is in force; which rooms, says ``rooms_visible_to``."""
    return role_of(user) in INSIDERS and has_agreed(user)


def leads(user: Any, event: Any) -> bool:
    """Moderators lead every event they see, convenors their own."""
    return is_moderator(user) or (role_of(user) == "convenor" and event.author_id == user.pk)


def can_say(user: Any, room: Any, kind: str) -> bool:
    """In a room one may enter everybody talks and raises a hand who is not muted; who leads also announces, hides, keeps time and closes."""
    if is_muted(user):
        return False
    return kind in EVERYBODYS or (kind in LEADERS and leads(user, room.event))


def can_make_events(user: Any) -> bool:
    """The secretariat makes events."""
    return is_secretariat(user)
