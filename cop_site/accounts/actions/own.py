"""Deeds about one's own account; and office opening what it does not see."""

from functools import partial

from allauth.usersessions.models import UserSession
from django.db import models, transaction

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import ring
from cop_site.core.access import require
from cop_site.core.text import normal

from .. import policy
from ..models import User


@deed
def open_sealed(row: models.Model, *, by: User, reason: str) -> models.Model:
    """Open a row that one's audience does not show: written in the journal with the reason, and told to its author."""
    require(policy.can_open_sealed(by) and bool(reason.strip()))
    record(Verb.OPENED_SEALED, by=by, subject=row, reason=normal(reason))
    return row


@deed
def choose_language(*, by: User, language: str) -> User:
    """From now on mails come in this language."""
    by.language = language
    by.save(update_fields=["language"])
    return by


@deed
def note_new_browser(*, by: User) -> User:
    """Somebody signed in as this person with a browser not seen before: they hear of it, wherever they are."""
    record(Verb.CAME_ANEW, by=by, subject=by)
    return by


@deed
def note_protection(verb: Verb, *, by: User) -> User:
    """What protects a person's account is not what it was: the journal says what kind of thing, no more."""
    record(verb, by=by, subject=by)
    return by


@deed
def end_session(session: UserSession, *, by: User) -> None:
    """Sign a browser of one's own out; its next request is a visitor's."""
    require(session.user_id == by.pk)
    session.end()
    transaction.on_commit(partial(ring.tell, ring.RIGHTS, None))


@deed
def end_sessions(*, by: User) -> None:
    """Sign out everywhere, here too."""
    for session in UserSession.objects.filter(user=by):
        session.end()
    transaction.on_commit(partial(ring.tell, ring.RIGHTS, None))
