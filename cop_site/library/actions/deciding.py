"""Deeds of reviewers: take an item from the desk, put it back, decide about it."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy, rules
from ..models import AdaptationReport, Practice, Review
from ..selectors import desk, guarding
from .parts import (
    OFF_THE_DESK,
    locked,
    note_review,
    put_on_the_shelf,
    refuse_unless_fit_to_publish,
    set_fields,
    set_on_the_shelf,
)

Comments = Mapping[str, str]


@deed
def claim_review(practice: Practice, *, by: User) -> Practice:
    """Take an item from the desk, so that nobody else reads it for nothing."""
    practice = locked(practice)
    if practice.claimed_by == by and policy.is_claimed(practice):
        return practice
    require(_may_review(by, practice) or _may_decide_public(by, practice))
    _set_claim(practice, by=by)
    record(Verb.CLAIMED_REVIEW, by=by, subject=practice)
    return practice


@deed
def release_review(practice: Practice, *, by: User) -> Practice:
    """Put a claimed item back for others."""
    practice = locked(practice)
    require(policy.can_release(by, practice))
    _set_claim(practice, by=None)
    record(Verb.RELEASED_REVIEW, by=by, subject=practice)
    return practice


def _set_claim(practice: Practice, *, by: User | None) -> None:
    """Who holds it is no change of the text: ``changed_at`` stays."""
    practice.claimed_by, practice.claimed_at = by, timezone.now() if by else None
    practice.save(update_fields=["claimed_by", "claimed_at"])


@deed
def ask_for_changes(
    practice: Practice, *, by: User, note: str, comments: Comments | None = None, scores: Mapping[str, int] | None = None
) -> Practice:
    """Give a practice back to its author with what would make it better."""
    practice = locked(practice)
    require(_may_review(by, practice) and _gives_a_reason(note, comments))
    _refuse_half_scores(scores, comments, are_needed=False)
    note_review(practice, Review.Decision.CHANGES_ASKED, by=by, note=note, comments=comments, criteria_scores=dict(scores or {}))
    set_fields(practice, state=Practice.State.CHANGES_ASKED, submitted_at=None, **OFF_THE_DESK)
    record(Verb.ASKED_FOR_CHANGES, by=by, subject=practice, revision=practice.latest_revision_id)
    return practice


@deed
def publish_practice(
    practice: Practice,
    *,
    by: User,
    note: str = "",
    comments: Comments | None = None,
    scores: Mapping[str, int] | None = None,
    evidence: str = "",
    confirms_evaluation: bool = False,
) -> Practice:
    """Put the submitted revision on the shelf for its audience; what shall go public waits for the safety desk.

    ``evidence`` is the level that the reviewer sets; without it the author's, as far as it is supported.
    """
    practice = locked(practice)
    require(_may_review(by, practice))
    newest = practice.get_latest_revision_as_object()
    refuse_unless_fit_to_publish(newest)
    if practice.visibility == Level.PUBLIC and (problems := rules.problems_with_public(newest)):
        raise rules.NotReady(problems, [])
    _refuse_half_scores(scores, comments, are_needed=rules.needs_scores(rules.content_of(newest)))
    level = level_to_set(newest, evidence, by=by, confirms_evaluation=confirms_evaluation)
    note_review(
        practice,
        Review.Decision.APPROVED,
        by=by,
        note=note,
        comments=comments,
        criteria_scores=dict(scores or {}),
        evidence_level_set=level,
    )
    put_on_the_shelf(practice, by=by, evidence_level_set=level)
    return practice


def level_to_set(practice: Practice, wanted: str, *, by: User, confirms_evaluation: bool) -> str:
    """The level that is wanted, refused where something is lacking for it (rule r6).

    Without a wish: the one set before or the author's, whichever is stronger, as far as it is supported. What was set
    before may be kept by whoever could not set it.
    """
    if practice.is_document:
        return ""
    before, reports = practice.evidence_level_set, list(AdaptationReport.objects.that_support(practice))
    who = {"is_colleague": desk.is_colleague(by, practice), "confirms_evaluation": confirms_evaluation}
    if not wanted:
        kept, proposed = rules.strongest(before, practice, reports), rules.strongest(practice.evidence_level, practice, reports, **who)
        return rules.stronger(kept, proposed)
    lacking = rules.lacking(wanted, practice, reports, **({} if wanted == before else who))
    if problems := [rules.Problem(rules.LEVEL, sentence) for sentence in lacking]:
        raise rules.NotReady(problems, [])
    return wanted


@deed
def approve_public(practice: Practice, *, by: User, note: str = "", comments: Comments | None = None) -> Practice:
    """Let everybody read a practice: the act of a safety reviewer who has no part in it (rule r5).

    With it she accepts what the guard only warns of; which kinds that were, the journal keeps.
    """
    practice = locked(practice)
    require(_may_decide_public(by, practice))
    problems, found = rules.problems_with_public(practice), guarding.blocking_on_the_shelf(practice)
    if problems or found:
        raise rules.NotReady(problems, found)
    accepted = rules.warned_of(guarding.findings_on_the_shelf(practice))
    _note_safety(practice, Review.Decision.PUBLIC_APPROVED, by=by, note=note, comments=comments)
    set_on_the_shelf(practice, visibility=Level.PUBLIC, public_asked_at=None, **OFF_THE_DESK)
    record(Verb.APPROVED_PUBLIC, by=by, subject=practice, accepted=accepted)
    return practice


@deed
def ask_for_changes_before_public(practice: Practice, *, by: User, note: str, comments: Comments | None = None) -> Practice:
    """Say what has to change before everybody may read it. It stays inside the network; changed and approved, it comes back by itself."""
    practice = locked(practice)
    require(_may_decide_public(by, practice) and _gives_a_reason(note, comments))
    _note_safety(practice, Review.Decision.PUBLIC_CHANGES, by=by, note=note, comments=comments)
    set_fields(practice, public_asked_at=None, **OFF_THE_DESK)
    record(Verb.ASKED_FOR_PUBLIC_CHANGES, by=by, subject=practice)
    return practice


@deed
def refuse_public(practice: Practice, *, by: User, note: str, comments: Comments | None = None) -> Practice:
    """Keep a practice inside the network, and say why."""
    practice = locked(practice)
    require(_may_decide_public(by, practice) and _gives_a_reason(note, comments))
    _note_safety(practice, Review.Decision.PUBLIC_REFUSED, by=by, note=note, comments=comments)
    set_fields(practice, public_asked_at=None, wants_public=False, **OFF_THE_DESK)
    record(Verb.REFUSED_PUBLIC, by=by, subject=practice)
    return practice


def _note_safety(practice: Practice, decision: str, **said: Any) -> None:
    """What was read is the published revision: a newer one may be a draft that its author has shown to nobody."""
    note_review(practice, decision, revision=practice.live_revision, **said)


def _gives_a_reason(note: str, comments: Comments | None) -> bool:
    return bool(note.strip()) or any(words.strip() for words in (comments or {}).values())


def _refuse_half_scores(scores: Mapping[str, int] | None, comments: Comments | None, *, are_needed: bool) -> None:
    reason = (comments or {}).get(rules.SCORES, "")
    if problems := list(rules.problems_in_scores(scores or {}, reason, are_needed=are_needed)):
        raise rules.NotReady(problems, [])


def _may_review(reviewer: User, practice: Practice) -> bool:
    """The desk says whether it is within her audience, the policy whether it is hers to decide."""
    if not desk.reads_at_the_desk(reviewer, practice):
        return False
    return policy.can_decide_review(reviewer, practice, is_colleague=desk.is_colleague(reviewer, practice))


def _may_decide_public(reviewer: User, practice: Practice) -> bool:
    if not desk.decides_public(reviewer, practice):
        return False
    return policy.can_decide_public(reviewer, practice, is_colleague=desk.is_colleague(reviewer, practice))
