"""Who invites, who sees an invitation, and who is asked to agree."""

from typing import Any

from django.db.models import Q

from ..policy import NOTHING, can_see_circles, has_agreed, is_secretariat


def can_invite(user: Any) -> bool:
    """The secretariat asks people in."""
    return is_secretariat(user)


def can_be_invited_as(role: str) -> bool:
    """Anything but an applicant: that is what people make themselves."""
    return role != "applicant"


def invitations_visible_to(user: Any) -> Q:
    """Invitations hold addresses of people who are not here yet: for the secretariat alone."""
    return ~NOTHING if is_secretariat(user) else NOTHING


def can_agree(user: Any) -> bool:
    """Everybody who was admitted."""
    return can_see_circles(user)


def is_asked(user: Any) -> bool:
    """Somebody who was admitted and has not accepted what is in force now."""
    return can_agree(user) and not has_agreed(user)


def can_ask_again(user: Any) -> bool:
    """The secretariat says that a text has changed so much that everybody has to accept it anew."""
    return is_secretariat(user)
