"""The role in force, what a person is trusted with on top, and whether she may speak."""

from typing import Any

from django.apps import apps
from django.utils import timezone

VISITOR = "visitor"
FULL = {"member", "convenor", "moderator", "secretariat"}
OFFICE = {"moderator", "secretariat"}
INSIDERS = FULL | {"researcher"}
CIRCLE_READERS = INSIDERS | {"observer"}


def role_of(user: Any) -> str:
    """The role in force: a suspended or inactive person, or one whose term is over, is a visitor."""
    if not user.is_authenticated or not user.is_active or user.suspended_at:
        return VISITOR
    if user.role_until and user.role_until < timezone.localdate():
        return VISITOR
    return user.role


def is_suspended(user: Any) -> bool:
    """Suspended people lose everything at once."""
    return bool(user.is_authenticated and user.suspended_at)


def is_member(user: Any) -> bool:
    """Members, convenors and office-holders; not researchers, observers or applicants."""
    return role_of(user) in FULL


def is_moderator(user: Any) -> bool:
    """Moderators and the secretariat keep the place safe."""
    return role_of(user) in OFFICE


def is_secretariat(user: Any) -> bool:
    """The secretariat admits people and grants tasks."""
    return role_of(user) == "secretariat"


def has_agreed(user: Any) -> bool:
    """Whether a person accepted all that is in force: the code of conduct, being an adult, the safety briefing."""
    if role_of(user) != VISITOR and not getattr(user, "_has_agreed", False):
        user._has_agreed = not apps.get_model("accounts", "Acceptance").objects.missing_of(user)
    return getattr(user, "_has_agreed", False)


def is_muted(user: Any) -> bool:
    """For a while a muted person reads and does not write."""
    return bool(user.is_authenticated and user.muted_until and user.muted_until > timezone.now())


def can_speak(user: Any) -> bool:
    """Members who have agreed to what is in force, and are not muted."""
    return is_member(user) and has_agreed(user) and not is_muted(user)


def has_task(user: Any, kind: str) -> bool:
    """Whether a task of this kind is in force for ``user``; asked once per request and person."""
    return kind in tasks_of(user)


def tasks_of(user: Any) -> set[str]:
    """The kinds of task in force for ``user``; none for visitors, applicants and suspended people."""
    return {kind for kind, _scope in _in_force(user)}


def moderated_scopes(user: Any) -> set[tuple[str, str]]:
    """What a local moderator looks after: ``("forum", slug)``, ``("province", code)``, ``("language", code)``. While muted she rests."""
    if not is_member(user) or is_muted(user):
        return set()
    parts = (scope.partition(":") for kind, scope in _in_force(user) if kind == "moderator")
    return {(what, name) for what, _colon, name in parts if name}


def moderates_something(user: Any) -> bool:
    """Moderators, the secretariat, and members with the task of moderating a forum, a province or a language."""
    return is_moderator(user) or bool(moderated_scopes(user))


def _in_force(user: Any) -> set[tuple[str, str]]:
    if role_of(user) not in INSIDERS:
        return set()
    if not hasattr(user, "_tasks_in_force"):
        user._tasks_in_force = set(apps.get_model("accounts", "Task").objects.in_force_of(user))
    return user._tasks_in_force
