"""Who sees what the guard took from readers and may let it pass; who carries out what moderators decided."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import NOTHING, has_agreed, is_moderator, moderates_something

TAKEN = "taken"  # in the place of the rules that a row was read under: moderators took it, and no rule gives it back


def practices_held_for(user: Any) -> Q:
    """Moderators see what the guard holds, whatever its audience, until somebody has looked; a private row stays its author's."""
    waits = Q(live=True, held_at__isnull=False) & ~Q(state="withdrawn") & ~Q(visibility="pribadi") & ~Q(screened_version=TAKEN)
    return waits if is_moderator(user) else NOTHING


def waits(practice: Any) -> bool:
    """``practices_held_for``, asked of one practice."""
    is_held = practice.live and practice.held_at is not None and practice.screened_version != TAKEN
    return is_held and practice.state != "withdrawn" and practice.visibility != "pribadi"


def can_override(user: Any, practice: Any) -> bool:
    """A moderator decides about what the guard holds, never about her own text."""
    return can_judge(user, practice) and waits(practice)


def can_judge(user: Any, row: Any) -> bool:
    """Whoever moderates anything carries out what was decided about a case at her desk, never about her own words."""
    return moderates_something(user) and has_agreed(user) and row.author_id != user.pk
