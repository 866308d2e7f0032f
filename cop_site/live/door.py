"""Who stands at the door of a room, by their session; and whether they may still be inside. Runs in threads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.events import policy, schemas, selectors
from cop_site.events.rights import OPEN_LEVELS

SIGNED_OUT, RIGHT_LOST = 4401, 4403
_WHAT_COUNTS = ("role", "suspended_at", "is_active", "password")


@dataclass(frozen=True, eq=False)
class Guest:
    """Somebody who may be in a room, as of now."""

    person: Any
    room: UUID
    session: str
    latest: int
    state: dict[str, Any]
    says: list[str]
    told_from: int  # the lowest number after which all can be told
    names_are_shown: bool
    standing: tuple[Any, ...] = field(repr=False)  # what decided it: where nothing of it changes, nothing is asked again


def let_in(room: UUID, session: str) -> Guest | None:
    """The owner of a session in a room; None where there is no such session, no such room, or no right."""
    person = owner_of(session)
    found = selectors.room_for(person, room) if person else None
    if person is None or found is None:
        return None
    says = sorted(kind for kind in schemas.SCHEMAS if policy.can_say(person, found, kind))
    standing = _standing([person.pk])[person.pk], selectors.standing_of([room])[room][1]
    is_named = not found.is_unattributed
    return Guest(person, room, session, found.last_seq, selectors.state_of(found), says, selectors.told_from(found), is_named, standing)


def owner_of(session: str) -> Any:
    """Whose session it is, where it still holds; else nobody."""
    if not session:
        return None
    request = HttpRequest()
    request.session = SessionStore(session)
    person = get_user(request)  # asks too whether the session was made with the password that holds now
    return person if person.is_authenticated else None


def sessions_that_hold(keys: Iterable[str]) -> set[str]:
    """Those of the sessions that nobody has ended, and that are not over."""
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(rows.values_list("session_key", flat=True))


def _standing(people: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    """What decides what each may do, as of today: a term ends at midnight, and no row changes for it."""
    today = timezone.localdate()
    found = User.objects.filter(pk__in=list(people)).values_list("pk", "role_until", *_WHAT_COUNTS)
    return {pk: (until is None or until >= today, *rest) for pk, until, *rest in found}


@dataclass(frozen=True)
class Report:
    """What a look around found: the latest number of each room, and whom to send out, with which code."""

    latest: dict[UUID, int]
    out: dict[Guest, int]
    renewed: dict[Guest, Guest]


def look_around(guests: list[Guest], rooms: set[UUID]) -> Report:
    """Three questions for all guests together; only of those for whom something changed the whole question.

    In rooms of circles and organisations one more for each guest: their memberships come and go beside the rooms.
    """
    halls = selectors.standing_of(rooms)
    people = _standing({one.person.pk for one in guests})
    sessions = sessions_that_hold({one.session for one in guests})
    report = Report({room: latest for room, (latest, _rest) in halls.items()}, {}, {})
    for guest in guests:
        hall = halls.get(guest.room, (0, ()))[1]
        is_as_before = guest.session in sessions and guest.standing == (people.get(guest.person.pk), hall)
        if is_as_before and (hall[1] in OPEN_LEVELS or selectors.is_in(guest.person, guest.room)):
            continue
        if renewed := let_in(guest.room, guest.session):
            report.renewed[guest] = renewed
        else:
            report.out[guest] = RIGHT_LOST if owner_of(guest.session) or not _stands_as_before(guest, people) else SIGNED_OUT
    return report


def _stands_as_before(guest: Guest, people: dict[int, tuple[Any, ...]]) -> bool:
    """Whether a session that is gone was signed out of, and not taken away; another password is no other standing."""
    return guest.standing[0][:-1] == people.get(guest.person.pk, ())[:-1]
