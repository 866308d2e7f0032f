"""Who may see and change a practice."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cop_site.accounts.policy import (
    NOTHING,
    VISITOR,
    can_review,
    can_review_safety,
    has_agreed,
    is_member,
    is_moderator,
    is_muted,
    is_secretariat,
    role_of,
    seen_by,
)

KIND = "practice"
DOCUMENT_KIND = "document"  # what search calls the other kind of row; who sees it is the same
_AT_THE_DESK = ("submitted",)
CLAIMS_LAST = timedelta(days=7)


def practices_visible_to(user: Any) -> Q:
    """What was published, by its level; one's own practices in every state.

    A withdrawn practice is gone for everybody but its author; a draft was never there.
    """
    return _published_to(user) | _own(user)


def _published_to(user: Any) -> Q:
    """A translation is made from its original: whoever may not see that one does not see this one."""
    is_no_translation, original = Q(translation_of=None), _on_the_shelf("translation_of__") & seen_by(user, "translation_of__", kind=KIND)
    return _on_the_shelf() & seen_by(user, kind=KIND) & (is_no_translation | original)


def _on_the_shelf(prefix: str = "") -> Q:
    return Q(**{f"{prefix}live": True, f"{prefix}held_at": None}) & ~Q(**{f"{prefix}state": "withdrawn"})


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
    asked = Q(live=True, held_at=None, state="published", public_asked_at__isnull=False) & ~Q(visibility="publik")
    return asked & seen_by(user, kind=KIND) & ~Q(author=user.pk)


def tombstones_visible_to(user: Any) -> Q:
    """That a practice was withdrawn, and why, is told to those who could read it."""
    return Q(state="withdrawn", first_published_at__isnull=False) & seen_by(user, kind=KIND)


def practices_told_to_harvesters() -> Q:
    """What everybody reads, and what everybody once could read: whoever copied that has to hear that it is gone, and no more."""
    return Q(was_public_at__isnull=False)


def working_texts_visible_to(user: Any) -> Q:
    """What somebody is still typing is for nobody else, whatever their office."""
    return _own(user) & Q(has_ended=False)


def reading_lists_visible_to(user: Any) -> Q:
    """Reading lists by their level unless held, and one's own; each shows only those of its practices that the reader may see."""
    return seen_by(user, kind=KIND) & Q(held_at=None) | _own(user)


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


def can_have_file(user: Any, practice: Any, *, is_read: bool, is_at_her_desk: bool) -> bool:
    """A file is had by whoever reads the words that list it: readers the published ones, reviewers those that were handed in.

    The author has all of hers, as long as she has an account in good standing.
    """
    return owns(user, practice) or is_read or is_at_her_desk


def can_submit(user: Any, practice: Any) -> bool:
    """Its author hands in a draft, or a practice with changes that were not reviewed yet."""
    waits = practice.state in {"draft", "changes-asked"} or (practice.state == "published" and practice.has_unpublished_changes)
    return _writes(user, practice) and not is_muted(user) and waits and practice.visibility != "pribadi"


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
    waits = practice.state == "submitted" and practice.author_id != user.pk and not is_held_by_another(user, practice)
    if practice.visibility == "publik":
        return can_review_safety(user) and has_agreed(user) and waits and not is_colleague
    return can_review(user) and has_agreed(user) and waits


def can_ask_for_public(user: Any, practice: Any) -> bool:
    """Its author, once it is published to fewer people than everybody and safe to widen."""
    widenable = practice.live and practice.state == "published" and practice.visibility == "jaringan" and not practice.stays_inside
    return _writes(user, practice) and not is_muted(user) and widenable and not practice.public_asked_at


def can_decide_public(user: Any, practice: Any, *, is_colleague: bool) -> bool:
    """A safety reviewer who is neither the author nor of the author's organisation (rule r5)."""
    waits = practice.live and practice.state == "published" and practice.public_asked_at is not None
    is_hers_to_decide = practice.author_id != user.pk and not is_colleague and not is_held_by_another(user, practice)
    return can_review_safety(user) and has_agreed(user) and waits and is_hers_to_decide


def is_held_by_another(user: Any, practice: Any) -> bool:
    """A claim keeps an item for one reviewer until she releases it, or for a week: nobody on leave blocks the desk."""
    return practice.claimed_by_id not in {None, user.pk} and is_claimed(practice)


def is_claimed(practice: Any) -> bool:
    """Whether a claim is in force."""
    return bool(practice.claimed_by_id and practice.claimed_at) and practice.claimed_at > timezone.now() - CLAIMS_LAST


def can_claim(user: Any, practice: Any, *, is_colleague: bool) -> bool:
    """Whoever may decide about it, as long as nobody else has taken it."""
    return can_decide_review(user, practice, is_colleague=is_colleague) or can_decide_public(user, practice, is_colleague=is_colleague)


def can_release(user: Any, practice: Any) -> bool:
    """Whoever took it puts it back."""
    return role_of(user) != VISITOR and practice.claimed_by_id == user.pk


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


# Levels that reach nobody whom the first does not reach, in the same organisation or circle where a level names one.
_NO_WIDER = {
    "publik": {"publik", "jaringan", "kelompok", "organisasi", "pengelola", "pribadi"},
    "jaringan": {"jaringan", "kelompok", "organisasi", "pengelola", "pribadi"},
    "kelompok": {"kelompok", "pribadi"},
    "organisasi": {"organisasi", "pribadi"},
    "pengelola": {"pengelola", "pribadi"},
    "pribadi": {"pribadi"},
}


def is_no_wider(row: Any, original: Any) -> bool:
    """Whether what is made from ``original`` is seen by nobody who does not see the original; its own author apart."""
    if row.visibility not in _NO_WIDER[original.visibility]:
        return False
    if original.visibility == "organisasi" == row.visibility:
        return row.organisation_id == original.organisation_id
    return not (original.visibility == "kelompok" == row.visibility) or row.circle_id == original.circle_id


def can_narrow(user: Any, practice: Any) -> bool:
    """Its author and the secretariat let fewer people see it, at once and without review."""
    return practice.live and practice.state != "withdrawn" and (owns(user, practice) or is_secretariat(user))


def can_withdraw(user: Any, practice: Any) -> bool:
    """Its author and the secretariat take it off the shelves."""
    return practice.live and practice.state != "withdrawn" and (owns(user, practice) or is_secretariat(user))


def sees_safeguards(user: Any, practice: Any) -> bool:
    """Risks and safeguards are for the network at most, however public the practice is (template: max_visibility)."""
    return role_of(user) not in {VISITOR, "applicant"}


def sees_anonymisation(user: Any, practice: Any) -> bool:
    """How a story was made anonymous is for its author and the stewards (template: max_visibility)."""
    return is_moderator(user) or is_secretariat(user) or owns(user, practice)


def sees_hidden_organisation(user: Any) -> bool:
    """An organisation that wishes not to be named in public is named inside the network."""
    return role_of(user) not in {VISITOR, "applicant"}


# --- translations, and whether a text still holds


def can_translate(user: Any, practice: Any) -> bool:
    """Whoever shares texts and reads this one on the shelf; a translation is not translated again."""
    is_there = practice.live and practice.state != "withdrawn" and practice.held_at is None
    return can_share(user) and is_there and practice.translation_of_id is None


def can_confirm_translation(user: Any, practice: Any) -> bool:
    """Its translator, or a reviewer, who has looked at both."""
    return bool(practice.translation_of_id) and practice.live and (_writes(user, practice) or _reviews(user))


def can_confirm_still_right(user: Any, practice: Any) -> bool:
    """Its author, or a reviewer: that what it says still holds."""
    return practice.live and practice.state == "published" and (_writes(user, practice) or _reviews(user))


def _reviews(user: Any) -> bool:
    return can_review(user) and has_agreed(user)


# --- reading lists


def can_make_list(user: Any) -> bool:
    """Whoever shares texts puts them together; others may read it at once, so nobody does while muted."""
    return can_share(user) and not is_muted(user)


def can_change_list(user: Any, reading_list: Any) -> bool:
    """Whoever made it, once she has agreed to what is in force; not while muted."""
    return _writes(user, reading_list) and not is_muted(user)


def can_delete_list(user: Any, reading_list: Any) -> bool:
    """Whoever made it; the secretariat takes down what should not stand there."""
    return owns(user, reading_list) or is_secretariat(user)


def can_ask_for_public_list(user: Any, reading_list: Any) -> bool:
    """Whoever made it, while the network reads it."""
    return can_change_list(user, reading_list) and reading_list.visibility == "jaringan" and not reading_list.public_asked_at


def can_decide_public_list(user: Any, reading_list: Any) -> bool:
    """A safety reviewer or the secretariat, never whoever made it: that the title, the introduction and the notes are for everybody."""
    decides = (can_review_safety(user) or is_secretariat(user)) and has_agreed(user)
    return decides and reading_list.author_id != user.pk and reading_list.visibility == "jaringan" and bool(reading_list.public_asked_at)
