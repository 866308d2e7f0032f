"""Who may see and change a practice."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import (
    NOTHING,
    VISITOR,
    can_review,
    can_review_safety,
    has_agreed,
    is_member,
    is_secretariat,
    role_of,
    seen_by,
)

KIND = "practice"
_AT_THE_DESK = ("submitted",)


def practices_visible_to(user: Any) -> Q:
    """What was published, by its level; one's own practices in every state.

    A withdrawn practice is gone for everybody but its author; a draft was never there.
    """
    return _published_to(user) | _own(user)


def _published_to(user: Any) -> Q:
    return Q(live=True) & ~Q(state="withdrawn") & seen_by(user, kind=KIND)


def _own(user: Any) -> Q:
    # Observers, applicants and suspended people own nothing; never Q(author=None): rows of deleted members.
    return Q(author=user.pk) if role_of(user) not in {VISITOR, "applicant", "observer"} else NOTHING


def practices_on_the_desk_of(user: Any) -> Q:
    """What waits for this reviewer: handed in by somebody else, and within her audience.

    Changed words of a public practice wait for safety reviewers: they are public the moment they are approved.
    """
    waits = Q(state__in=_AT_THE_DESK) & seen_by(user, kind=KIND) & ~Q(author=user.pk)
    if can_review(user):
        return waits
    return waits & Q(visibility="publik") if can_review_safety(user) else NOTHING


def practices_on_the_safety_desk_of(user: Any) -> Q:
    """What waits to go public: published, asked for, and neither hers nor of her organisation."""
    if not can_review_safety(user):
        return NOTHING
    asked = Q(live=True, state="published", public_asked_at__isnull=False) & ~Q(visibility="publik")
    return asked & seen_by(user, kind=KIND) & ~Q(author=user.pk)


def tombstones_visible_to(user: Any) -> Q:
    """That a practice was withdrawn, and why, is told to those who could read it."""
    return Q(state="withdrawn", first_published_at__isnull=False) & seen_by(user, kind=KIND)


# --- doing


def may_have_texts(user: Any) -> bool:
    """Members and researchers, whether or not they have agreed to what is in force now."""
    return is_member(user) or role_of(user) == "researcher"


def can_share(user: Any) -> bool:
    """Members and researchers share what they know, once they have agreed to what is in force."""
    return may_have_texts(user) and has_agreed(user)


def owns(user: Any, practice: Any) -> bool:
    """The author, as long as she has an account in good standing. To take back and to narrow, that is enough."""
    return may_have_texts(user) and practice.author_id == user.pk


def _writes(user: Any, practice: Any) -> bool:
    """The author, who has agreed: her words may go further."""
    return owns(user, practice) and has_agreed(user)


def can_change(user: Any, practice: Any) -> bool:
    """Its author, unless it lies at the review desk or was withdrawn."""
    return _writes(user, practice) and practice.state in {"draft", "changes-asked", "published"} and not practice.locked


def can_submit(user: Any, practice: Any) -> bool:
    """Its author hands in a draft, or a practice with changes that were not reviewed yet."""
    waits = practice.state in {"draft", "changes-asked"} or (practice.state == "published" and practice.has_unpublished_changes)
    return _writes(user, practice) and waits and practice.visibility != "pribadi"


def can_recall(user: Any, practice: Any) -> bool:
    """Its author takes a practice back from the desk."""
    return owns(user, practice) and practice.state == "submitted"


def can_discard(user: Any, practice: Any) -> bool:
    """Its author throws away a draft that was never published."""
    return owns(user, practice) and practice.first_published_at is None and practice.state in {"draft", "changes-asked"}


def can_decide_review(user: Any, practice: Any, *, is_colleague: bool) -> bool:
    """A reviewer who is not the author, while it waits.

    Changed words of a public practice are public at once, so rule r5 holds for them too: a safety reviewer from outside.
    """
    waits = practice.state == "submitted" and practice.author_id != user.pk
    if practice.visibility == "publik":
        return can_review_safety(user) and has_agreed(user) and waits and not is_colleague
    return can_review(user) and has_agreed(user) and waits


def can_ask_for_public(user: Any, practice: Any) -> bool:
    """Its author, once it is published to fewer people than everybody and safe to widen."""
    widenable = practice.live and practice.state == "published" and practice.visibility == "jaringan"
    return _writes(user, practice) and widenable and not practice.public_asked_at


def can_decide_public(user: Any, practice: Any, *, is_colleague: bool) -> bool:
    """A safety reviewer who is neither the author nor of the author's organisation (rule r5)."""
    waits = practice.live and practice.state == "published" and practice.public_asked_at is not None
    return can_review_safety(user) and has_agreed(user) and waits and practice.author_id != user.pk and not is_colleague


def can_import(user: Any) -> bool:
    """The secretariat brings in records from elsewhere."""
    return is_secretariat(user)


# Levels whose readers are all among those of the first. A circle's people are no part of the stewards, nor the other way
# round: moving a row between them would show it to somebody new.
_WITHIN = {
    "publik": {"jaringan", "organisasi", "pengelola", "pribadi"},
    "jaringan": {"organisasi", "pengelola", "pribadi"},
    "kelompok": {"pribadi"},
    "organisasi": {"pribadi"},
    "pengelola": {"pribadi"},
    "pribadi": set(),
}


def levels_within(practice: Any) -> set[str]:
    """To whom a practice can be narrowed without showing it to anybody new."""
    return _WITHIN[practice.visibility] - (set() if practice.organisation_id else {"organisasi"})


def can_narrow(user: Any, practice: Any) -> bool:
    """Its author and the secretariat let fewer people see it, at once and without review."""
    return practice.live and practice.state != "withdrawn" and (owns(user, practice) or is_secretariat(user))


def can_withdraw(user: Any, practice: Any) -> bool:
    """Its author and the secretariat take it off the shelves."""
    return practice.live and practice.state != "withdrawn" and (owns(user, practice) or is_secretariat(user))


def sees_safeguards(user: Any, practice: Any) -> bool:
    """Risks and safeguards are for the network at most, however public the practice is (template: max_visibility)."""
    return role_of(user) not in {VISITOR, "applicant"}


def sees_hidden_organisation(user: Any) -> bool:
    """An organisation that wishes not to be named in public is named inside the network."""
    return role_of(user) not in {VISITOR, "applicant"}
