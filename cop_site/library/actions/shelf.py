"""Deeds that decide what stands on the shelf, and for whom."""

from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import Practice
from .parts import is_seen_by, locked, narrow, on_the_desk, set_fields
from .translating import narrow_translations


@deed
def ask_for_public(practice: Practice, *, by: User) -> Practice:
    """Ask that everybody may read a published practice; a safety reviewer of another organisation decides."""
    practice = locked(practice)
    require(policy.can_ask_for_public(by, practice))
    if problems := rules.problems_with_public(practice):
        raise rules.NotReady(problems, [])
    set_fields(practice, public_asked_at=timezone.now(), wants_public=True, **on_the_desk())
    record(Verb.ASKED_FOR_PUBLIC, by=by, subject=practice)
    return practice


@deed
def narrow_practice(practice: Practice, *, by: User, visibility: str) -> Practice:
    """Let fewer people see a practice, at once."""
    practice = locked(practice)
    require(policy.can_narrow(by, practice) and is_seen_by(by, practice))
    level = Level(visibility)
    require(level in policy.levels_within(practice))
    narrow(practice, level, by=by)
    narrow_translations(practice, by=by)
    return practice


@deed
def open_sealed_practice(practice: Practice, *, by: User, reason: str) -> Practice:
    """Show an office-holder a practice outside her audience, this once."""
    people.open_sealed(practice, by=by, reason=reason)
    return practice
