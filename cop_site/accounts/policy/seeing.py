"""Who may see what: the level × role table, said once.

Levels (``Level``) and roles are those of ``docs/who-sees-what.md``. The rule has two forms that a test holds together:
``seen_by`` for the database, and ``tokens`` for an index that has no joins.
"""

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import timezone

from .roles import CIRCLE_READERS, FULL, INSIDERS, OFFICE, VISITOR, is_moderator, is_secretariat, role_of

NOTHING = Q(pk__in=[])

# Who reads what is shared with the network, by kind of row; members and office-holders read all of it.
_OBSERVERS_READ = {"practice", "document", "recommendation"}
_RESEARCHERS_READ = _OBSERVERS_READ | {"organisation", "challenge"}
MEMBERS_ALONE = {"topic", "need"}  # observers and researchers read none of these inside the network, not even in a circle of theirs


def seen_by(user: Any, prefix: str = "", *, kind: str) -> Q:
    """Rows of ``kind`` that ``user`` may see by their level; ``prefix`` leads to the row that has one.

    Everybody sees what is public. The network's rows are for members; observers and researchers read some kinds of
    them. A circle's and an organisation's rows are for its people, whatever their office; stewards' rows for
    moderators, the secretariat and the author; private drafts for the author alone.
    """
    role = role_of(user)
    allowed = _level(prefix, "publik")
    if role in FULL or (role == "researcher" and kind in _RESEARCHERS_READ) or (role == "observer" and kind in _OBSERVERS_READ):
        allowed |= _level(prefix, "jaringan")
    if role in closed_readers(kind, CIRCLE_READERS):
        allowed |= _level(prefix, "kelompok") & Q(**{f"{prefix}circle__in": circles_of(user)})
    if role in closed_readers(kind, INSIDERS):
        allowed |= _level(prefix, "organisasi") & Q(**{f"{prefix}organisation__in": organisations_of(user)})
    if role in INSIDERS:
        allowed |= _level(prefix, "pribadi", "pengelola") & Q(**{f"{prefix}author": user.pk})
    if role in OFFICE:
        allowed |= _level(prefix, "pengelola")
    return allowed


def closed_readers(kind: str, readers: set[str]) -> set[str]:
    """Of the roles that read in circles and organisations, those who read this kind of row there."""
    return readers & FULL if kind in MEMBERS_ALONE else readers


def _level(prefix: str, *levels: str) -> Q:
    return Q(**{f"{prefix}visibility__in": levels})


def organisations_of(user: Any) -> QuerySet:
    """Ids of the organisations in which ``user`` has a current membership, for use inside a query."""
    memberships = apps.get_model("accounts", "Membership").objects
    return memberships.filter(is_current_membership(), person=user.pk).values("organisation")


def is_current_membership(on: date | None = None) -> Q:
    """Begun, and not ended before ``on`` (today)."""
    on = on or timezone.localdate()
    return Q(started_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def circles_of(user: Any) -> QuerySet:
    """Ids of the circles that ``user`` is in and that have not ended, for use inside a query."""
    memberships = apps.get_model("accounts", "CircleMembership").objects
    return memberships.filter(person=user.pk, circle__ends_on__gte=timezone.localdate()).values("circle")


ALL_KINDS = _RESEARCHERS_READ | {"topic", "event", "need"}


def network_kinds(role: str) -> set[str]:
    """The kinds of rows that a role reads where they are shared with the network."""
    if role in FULL:
        return ALL_KINDS
    return {"researcher": _RESEARCHERS_READ, "observer": _OBSERVERS_READ}.get(role, set())


def organisations_visible_to(user: Any) -> Q:
    """Listed organisations by their level; an unlisted one is known to its own people and the secretariat."""
    listed = Q(is_listed=True) & _organisation_levels(user)
    own = Q(pk__in=organisations_of(user)) if role_of(user) in CIRCLE_READERS else NOTHING
    return listed | own | (Q(is_listed=False) if is_secretariat(user) else NOTHING)


def _organisation_levels(user: Any) -> Q:
    """An organisation is its own row's organisation, and has neither author nor circle."""
    allowed = Q(visibility="publik")
    if "organisation" in network_kinds(role_of(user)):
        allowed |= Q(visibility="jaringan")
    if is_moderator(user):
        allowed |= Q(visibility="pengelola")
    return allowed


def applications_visible_to(user: Any) -> Q:
    """One's own application; the secretariat reads all whose address is confirmed."""
    if role_of(user) == VISITOR:
        return NOTHING
    return Q(person=user.pk) | (~Q(state="unconfirmed") if is_secretariat(user) else NOTHING)


def people_visible_to(user: Any) -> Q:
    """The secretariat looks after people; nobody else sees a list of persons. Unconfirmed addresses are nobody yet."""
    return Q(is_active=True) & ~Q(application__state="unconfirmed") if is_secretariat(user) else NOTHING


def circles_visible_to(user: Any) -> Q:
    """A circle is seen by those in it until it ends, and by its owner. Office opens nothing more."""
    if role_of(user) not in CIRCLE_READERS:
        return NOTHING
    return Q(pk__in=circles_of(user)) | Q(owner=user.pk)


# Relations by which a higher app holds circles that name their people to nobody in them; it adds its own (``keep_unlisted``).
_UNLISTED: set[str] = set()


def keep_unlisted(relation: str) -> None:
    """Circles that rows of a higher app hold by this relation are lists for those alone who say who is in them."""
    _UNLISTED.add(relation)


def circle_people_visible_to(user: Any) -> Q:
    """Members read who is in a circle of theirs; observers and researchers find nobody but themselves.

    Where a circle is kept unlisted (those who come to an event) nobody in it finds another. Who may say who is in it reads it
    whole (``can_change_circle``). Which circles somebody sees at all, says ``circles_visible_to``.
    """
    role = role_of(user)
    if role not in CIRCLE_READERS:
        return NOTHING
    people = Q(person=user.pk)
    if role == "convenor":
        people |= Q(circle__owner=user.pk)
    if role in FULL:
        people |= Q(circle__isnull=False, **{f"circle__{relation}": None for relation in _UNLISTED})
    return Q(circle__isnull=False) if role == "secretariat" else people


def people_for_circles() -> Q:
    """Whom a circle can let in: people in good standing whose role reads what a circle shares."""
    in_term = Q(role_until=None) | Q(role_until__gte=timezone.localdate())
    return Q(is_active=True, suspended_at=None, role__in=CIRCLE_READERS) & in_term
