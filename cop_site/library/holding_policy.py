"""Who sees what the guard took from readers, and who may let it pass."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import NOTHING, has_agreed, is_moderator


def practices_held_for(user: Any) -> Q:
    """Moderators see what is held, whatever its audience, until somebody has looked; a private row stays its author's."""
    return Q(live=True, held_at__isnull=False) & ~Q(state="withdrawn") & ~Q(visibility="pribadi") if is_moderator(user) else NOTHING


def can_override(user: Any, practice: Any) -> bool:
    """A moderator decides about what is held, never about her own text."""
    is_held = practice.live and practice.held_at is not None and practice.state != "withdrawn" and practice.visibility != "pribadi"
    return is_moderator(user) and has_agreed(user) and is_held and practice.author_id != user.pk
