"""Muting and suspending, with an end and without; and whom a person does not want to meet."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy
from ..models import Block, User


@deed
def suspend(person: User, *, by: User, reason: str, until: datetime | None = None) -> User:
    """Take everything from a person at once, until a day or until somebody lifts it; her sessions end.

    Who is suspended already stays so for the longer of both.
    """
    person = _locked(person)
    require(policy.can_suspend(by, person))
    if person.suspended_at is None or _is_longer(until, person.suspended_until):
        person.suspended_at, person.suspended_until = person.suspended_at or timezone.now(), until
        person.save(update_fields=["suspended_at", "suspended_until"])
        for session in UserSession.objects.filter(user=person):
            session.end()
        record(Verb.SUSPENDED, by=by, subject=person, reason=reason, until=_day(until))
    return person


def _is_longer(until: datetime | None, present: datetime | None) -> bool:
    return present is not None and (until is None or until > present)


@deed
def lift_suspension(person: User, *, by: User, reason: str) -> User:
    """Give a suspended person back what they had; she signs in again."""
    require(policy.can_suspend(by, person))
    return _lift(_locked(person), by=by, reason=reason)


@deed
def end_suspension(person: User, *, by: User, at: datetime) -> User:
    """Give a person back what they had, since the end has come that was set."""
    person = _locked(person)
    require(policy.is_suspension_over(person, at=at))
    return _lift(person, by=by)


def _lift(person: User, *, by: User, reason: str = "") -> User:
    if person.suspended_at is not None:
        person.suspended_at = person.suspended_until = None
        person.save(update_fields=["suspended_at", "suspended_until"])
        record(Verb.LIFTED_SUSPENSION, by=by, subject=person, reason=reason)
    return person


@deed
def mute(person: User, *, by: User, reason: str, until: datetime) -> User:
    """For a while a person reads and writes nothing. Who is muted already stays so for the longer of both."""
    person = _locked(person)
    require(policy.can_mute(by, person) and until > timezone.now())
    if person.muted_until is None or until > person.muted_until:
        person.muted_until = until
        person.save(update_fields=["muted_until"])
        record(Verb.MUTED, by=by, subject=person, reason=reason, until=_day(until))
    return person


@deed
def unmute(person: User, *, by: User, reason: str) -> User:
    """Let a muted person write again."""
    person = _locked(person)
    require(policy.can_mute(by, person))
    if policy.is_muted(person):
        record(Verb.UNMUTED, by=by, subject=person, reason=reason)
    if person.muted_until is not None:
        person.muted_until = None
        person.save(update_fields=["muted_until"])
    return person


def _locked(person: User) -> User:
    return User.objects.select_for_update().get(pk=person.pk)


def _day(until: datetime | None) -> str | None:
    return timezone.localdate(until).isoformat() if until else None


@deed
def block(person: User, *, by: User) -> Block:
    """From now on ``by`` meets what a person says only where she asks for it. Nobody is told, and the journal says nothing of it."""
    require(policy.can_block(by, person))
    return Block.objects.get_or_create(person=by, blocked=person)[0]


@deed
def unblock(block: Block, *, by: User) -> None:
    """Meet what a person says again."""
    require(block.person_id == by.pk)
    Block.objects.filter(pk=block.pk).delete()
