"""Deeds that say who looks at a case."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb

from .. import policy
from ..models import Case
from .parts import locked_case, refuse, require_desk


@deed
def claim(case: Case, *, by: User) -> Case:
    """Take a case for half an hour, so that nobody else looks at it for nothing."""
    case = locked_case(case)
    require_desk(case, by)
    refuse_unless_free(case, by)
    is_mine = case.claimed_by_id == by.pk
    case.claimed_by, case.claimed_at = by, timezone.now()
    case.save(update_fields=["claimed_by", "claimed_at"])
    if not is_mine:
        record(Verb.CLAIMED_CASE, by=by, subject=case)
    return case


@deed
def put_back(case: Case, *, by: User) -> Case:
    """Leave a case to others that one had taken; a second time changes nothing."""
    case = locked_case(case)
    require_desk(case, by)
    if case.claimed_by_id == by.pk:
        case.claimed_by = case.claimed_at = None
        case.save(update_fields=["claimed_by", "claimed_at"])
        record(Verb.PUT_BACK_CASE, by=by, subject=case)
    return case


def refuse_unless_free(case: Case, user: User) -> None:
    """Somebody else may have been quicker."""
    if case.closed_at:
        refuse("", _("This case is closed already. Please look at what was decided."))
    if policy.is_claimed_by_another(user, case, now=timezone.now()):
        refuse("", _("Another moderator has taken this case. After half an hour it is free again."))
