"""Who sees events, enters their rooms and says what there."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import INSIDERS, NOTHING, has_agreed, is_moderator, is_muted, is_secretariat, role_of, seen_by

KIND = "event"
BACKSTAGE = "backstage"
EVERYBODYS = {"chat.post", "chat.hide", "hand.raise", "hand.lower", "card.add", "card.edit", "card.move", "card.vote"}
LEADERS = {"broadcast", "timer.start", "agenda.go", "room.close"}
NAMELESS = {"chat.post", "card.add", "card.edit", "card.move"}  # what stands under no name where a room is without attribution


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
    """In a room one may enter everybody who is not muted talks, raises a hand and works on the board; who leads also announces, keeps time and closes.

    One's own words, cards and hand one takes back and changes oneself; who leads does so with those of others too (``log``).
    """
    if is_muted(user):
        return False
    return kind in EVERYBODYS or (kind in LEADERS and leads(user, room.event))


def is_named(room: Any, kind: str, *, as_leader: bool = False) -> bool:
    """Whether an entry of a kind names who is behind it.

    Votes on cards never do, as dots on paper do not. In a room without attribution words and cards do not, nor does taking one's own
    words back; what is done in leading, and a hand, which asks to be called by name, do.
    """
    if kind == "card.vote":
        return False
    return not room.is_unattributed or as_leader or kind not in NAMELESS | {"chat.hide"}


def can_silence(user: Any, room: Any) -> bool:
    """Who leads may silence the author of an entry in an open room, without learning who it is."""
    return not is_muted(user) and room.closed_at is None and leads(user, room.event)


def can_make_events(user: Any) -> bool:
    """The secretariat makes events."""
    return is_secretariat(user)
