"""Who may do what to people, organisations and circles."""

from datetime import datetime
from typing import Any

from .roles import CIRCLE_READERS, OFFICE, has_agreed, has_task, is_moderator, is_secretariat, moderates_something, role_of

_CIRCLE_MAKERS = {"convenor", "secretariat"}


def can_apply(user: Any) -> bool:
    """Someone signed up who has not been admitted."""
    return role_of(user) == "applicant"


def can_decide_applications(user: Any) -> bool:
    """The secretariat admits people to the network."""
    return is_secretariat(user)


def can_decide(user: Any, application: Any) -> bool:
    """The secretariat decides once, and never about oneself."""
    return is_secretariat(user) and application.state == "waiting" and application.person_id != user.pk


def can_suspend(user: Any, person: Any) -> bool:
    """Moderators suspend people, the secretariat also moderators; nobody suspends oneself or the secretariat."""
    if user.pk == person.pk or person.role == "secretariat":
        return False
    return is_secretariat(user) or (is_moderator(user) and person.role != "moderator")


def is_suspension_over(person: Any, *, at: datetime) -> bool:
    """Whether the end has come that was set; one without an end is lifted by somebody."""
    return person.suspended_at is not None and person.suspended_until is not None and person.suspended_until <= at


def can_mute(user: Any, person: Any) -> bool:
    """Whoever may suspend, and local moderators those without an office."""
    return can_suspend(user, person) or (moderates_something(user) and user.pk != person.pk and person.role not in OFFICE)


def can_block(user: Any, person: Any) -> bool:
    """Everybody who was admitted says whom she does not want to meet; never herself."""
    return role_of(user) in CIRCLE_READERS and user.pk != person.pk


def can_keep_blocks(user: Any) -> bool:
    """Everybody who was admitted has a list of her own."""
    return role_of(user) in CIRCLE_READERS


def can_see_people(user: Any) -> bool:
    """The secretariat keeps the list of people."""
    return is_secretariat(user)


def can_change_role(user: Any, person: Any, role: str) -> bool:
    """The secretariat changes roles: never its own, and neither to nor from applicant, which is what admitting is for."""
    return is_secretariat(user) and user.pk != person.pk and person.is_active and "applicant" not in {person.role, role}


def can_grant_task(user: Any, person: Any) -> bool:
    """The secretariat trusts others with tasks, never oneself: whoever audits or reviews was chosen by somebody else."""
    return is_secretariat(user) and person.pk != user.pk


def can_end_task(user: Any) -> bool:
    """The secretariat ends tasks."""
    return is_secretariat(user)


def can_change_membership(user: Any) -> bool:
    """The secretariat says who belongs to which organisation."""
    return is_secretariat(user)


def can_make_circle(user: Any) -> bool:
    """Convenors and the secretariat make circles, once they have agreed to what is in force."""
    return role_of(user) in _CIRCLE_MAKERS and has_agreed(user)


def can_change_circle(user: Any, circle: Any) -> bool:
    """A circle's owner and the secretariat say who is in it."""
    return role_of(user) in _CIRCLE_MAKERS and (circle.owner_id == user.pk or is_secretariat(user))


def can_see_circles(user: Any) -> bool:
    """Circles are for everybody who was admitted."""
    return role_of(user) in CIRCLE_READERS


def can_be_in_circle(person: Any) -> bool:
    """``people_for_circles``, asked of one person."""
    return role_of(person) in CIRCLE_READERS


def can_take_out(user: Any, circle: Any, person: Any) -> bool:
    """Whoever changes the circle, and each person for oneself; its owner stays."""
    return person.pk != circle.owner_id and (can_change_circle(user, circle) or person.pk == user.pk)


def can_open_sealed(user: Any) -> bool:
    """Moderators and the secretariat may open what their audience does not show them: journaled, and told to the author."""
    return is_moderator(user)


def can_read_journal(user: Any) -> bool:
    """Only an auditor reads the journal."""
    return has_task(user, "auditor")


def can_edit_pages(user: Any) -> bool:
    """Editors publish pages and look after words and channels in Wagtail's admin."""
    return has_task(user, "editor")


def can_review(user: Any) -> bool:
    """Reviewers see what waits at the desk, as far as their audience goes."""
    return has_task(user, "reviewer")


def can_review_safety(user: Any) -> bool:
    """Safety reviewers decide what may go public."""
    return has_task(user, "safety-reviewer")
