"""Who keeps searches, and who sees what was not found."""

from typing import Any

from django.db.models import Q

from cop_site.accounts.policy import NOTHING, VISITOR, has_task, is_secretariat, role_of


def can_save_searches(user: Any) -> bool:
    """Everybody who was admitted to the network."""
    return role_of(user) not in {VISITOR, "applicant"}


def saved_searches_visible_to(user: Any) -> Q:
    """One's own; nobody reads what others search for, whatever their office."""
    return Q(owner=user.pk) if can_save_searches(user) else NOTHING


def can_change_saved_search(user: Any, saved: Any) -> bool:
    """Whoever saved it."""
    return can_save_searches(user) and saved.owner_id == user.pk


def can_see_misses(user: Any) -> bool:
    """The secretariat and editors look after gaps."""
    return is_secretariat(user) or has_task(user, "editor")
