"""Who may say that they tried a practice, who decides about it, and who calls its evidence what."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import NOTHING, can_review, can_speak, has_agreed, is_secretariat

from .policy import may_have_texts


def adaptations_visible_to(user: Any) -> Q:
    """Of the reports about practices that ``user`` sees: accepted ones, her own in every state, to reviewers those that wait.

    What the guard holds is its author's alone.
    """
    own = Q(author=user.pk) if may_have_texts(user) else NOTHING
    of_others = Q(state="accepted") | (Q(state="waiting") if can_review(user) else NOTHING)
    return own | of_others & Q(held_at=None)


def adaptations_on_the_desk_of(user: Any) -> Q:
    """Reports that wait for this reviewer: neither her own, nor about a practice of hers."""
    waits = Q(state="waiting") & ~Q(author=user.pk) & ~Q(practice__author=user.pk)
    return waits if can_review(user) else NOTHING


# --- doing


def can_report_adaptation(user: Any, practice: Any) -> bool:
    """Any other member than its author; what can be tried is a practice on the shelf, never a document."""
    on_the_shelf = practice.live and practice.state != "withdrawn" and not practice.is_document
    return can_speak(user) and on_the_shelf and practice.author_id != user.pk


def can_decide_adaptation(user: Any, report: Any, *, is_colleague: bool) -> bool:
    """A reviewer who wrote neither report nor practice, and belongs to neither organisation."""
    is_outsider = user.pk not in {report.author_id, report.practice.author_id} and not is_colleague
    return can_review(user) and has_agreed(user) and report.state == "waiting" and is_outsider


def can_withdraw_adaptation(user: Any, report: Any) -> bool:
    """Its author, reviewers and the secretariat, with a reason; evidence that is no longer sure must not stand."""
    is_hers = may_have_texts(user) and report.author_id == user.pk
    return report.state in {"waiting", "accepted"} and (is_hers or can_review(user) or is_secretariat(user))


def can_set_evidence(user: Any, practice: Any, *, is_colleague: bool) -> bool:
    """A reviewer of another organisation, for a practice that stands on the shelf (rule r6)."""
    on_the_shelf = practice.live and practice.state != "withdrawn" and not practice.is_document
    return can_review(user) and has_agreed(user) and on_the_shelf and practice.author_id != user.pk and not is_colleague
