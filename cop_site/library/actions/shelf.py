"""Deeds that decide what stands on the shelf, and for whom."""

from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy, rules
from ..models import Practice, Review
from ..selectors import desk
from .parts import locked, note_review, put_on_the_shelf, refuse_personal_data, refuse_unless_fit_to_publish, set_fields


@deed
def ask_for_changes(practice: Practice, *, by: User, note: str) -> Practice:
    """Give a practice back to its author with what would make it better."""
    practice = locked(practice)
    require(_may_review(by, practice) and bool(note.strip()))
    note_review(practice, Review.Decision.CHANGES_ASKED, by=by, note=note)
    set_fields(practice, state=Practice.State.CHANGES_ASKED, submitted_at=None)
    record(Verb.ASKED_FOR_CHANGES, by=by, subject=practice, revision=practice.latest_revision_id)
    return practice


@deed
def publish_practice(practice: Practice, *, by: User, note: str = "") -> Practice:
    """Put the submitted revision on the shelf for its audience; what shall go public waits for the safety desk."""
    practice = locked(practice)
    require(_may_review(by, practice))
    newest = practice.get_latest_revision_as_object()
    refuse_unless_fit_to_publish(newest)
    if practice.visibility == Level.PUBLIC and (problems := rules.problems_with_public(newest)):
        raise rules.NotReady(problems, [])
    note_review(practice, Review.Decision.APPROVED, by=by, note=note)
    put_on_the_shelf(practice, by=by)
    return practice


@deed
def ask_for_public(practice: Practice, *, by: User) -> Practice:
    """Ask that everybody may read a published practice; a safety reviewer of another organisation decides."""
    practice = locked(practice)
    require(policy.can_ask_for_public(by, practice))
    if problems := rules.problems_with_public(practice):
        raise rules.NotReady(problems, [])
    set_fields(practice, public_asked_at=timezone.now(), wants_public=True)
    record(Verb.ASKED_FOR_PUBLIC, by=by, subject=practice)
    return practice


@deed
def approve_public(practice: Practice, *, by: User, note: str = "") -> Practice:
    """Let everybody read a practice: the act of a safety reviewer who has no part in it (rule r5)."""
    practice = locked(practice)
    require(_may_decide_public(by, practice))
    problems, found = rules.problems_with_public(practice), rules.blocking(rules.findings_in(rules.content_of(practice)))
    if problems or found:
        raise rules.NotReady(problems, found)
    note_review(practice, Review.Decision.PUBLIC_APPROVED, by=by, note=note)
    set_fields(practice, visibility=Level.PUBLIC, public_asked_at=None)
    record(Verb.APPROVED_PUBLIC, by=by, subject=practice)
    return practice


@deed
def refuse_public(practice: Practice, *, by: User, note: str) -> Practice:
    """Keep a practice inside the network, and say why."""
    practice = locked(practice)
    require(_may_decide_public(by, practice) and bool(note.strip()))
    note_review(practice, Review.Decision.PUBLIC_REFUSED, by=by, note=note)
    set_fields(practice, public_asked_at=None, wants_public=False)
    record(Verb.REFUSED_PUBLIC, by=by, subject=practice)
    return practice


@deed
def narrow_practice(practice: Practice, *, by: User, visibility: str) -> Practice:
    """Let fewer people see a practice, at once."""
    practice = locked(practice)
    require(policy.can_narrow(by, practice) and _is_seen_by(by, practice))
    level = Level(visibility)
    require(level in policy.levels_within(practice))
    set_fields(practice, visibility=level, public_asked_at=None, wants_public=False)
    record(Verb.NARROWED_PRACTICE, by=by, subject=practice, level=level)
    return practice


@deed
def withdraw_practice(practice: Practice, *, by: User, reason: str) -> Practice:
    """Take a practice off the shelves; its page stays and says when and why, nothing else."""
    practice = locked(practice)
    require(policy.can_withdraw(by, practice) and _is_seen_by(by, practice) and bool(reason.strip()))
    refuse_personal_data(reason)
    set_fields(
        practice, state=Practice.State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawal_reason=text.one_line(reason), public_asked_at=None
    )
    record(Verb.WITHDREW_PRACTICE, by=by, subject=practice)
    return practice


@deed
def open_sealed_practice(practice: Practice, *, by: User, reason: str) -> Practice:
    """Show an office-holder a practice outside her audience, this once."""
    people.open_sealed(practice, by=by, reason=reason)
    return practice


def _is_seen_by(user: User, practice: Practice) -> bool:
    """Office reaches no further than its audience, in deeds as in reading."""
    return Practice.objects.visible_to(user).filter(pk=practice.pk).exists()


def _may_review(reviewer: User, practice: Practice) -> bool:
    """The desk says whether it is within her audience, the policy whether it is hers to decide."""
    if not desk.reads_at_the_desk(reviewer, practice):
        return False
    return policy.can_decide_review(reviewer, practice, is_colleague=desk.is_colleague(reviewer, practice))


def _may_decide_public(reviewer: User, practice: Practice) -> bool:
    if not desk.decides_public(reviewer, practice):
        return False
    return policy.can_decide_public(reviewer, practice, is_colleague=desk.is_colleague(reviewer, practice))
