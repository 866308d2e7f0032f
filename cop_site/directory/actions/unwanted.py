"""Deeds about organisations that do not want to stand in the directory."""

from cop_site.accounts.models import Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require

from .. import policy, rules
from ..models import Listing, Unwanted


@deed
def flag_unwanted(organisation: Organisation, *, by: User, reason: str) -> Unwanted:
    """Take an organisation from the directory at once, and keep forms and imports from bringing it back."""
    require(policy.can_list(by))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    reason = text.normal(reason).strip()
    rules.refuse_personal_data(reason=reason)
    flag, _is_new = Unwanted.objects.get_or_create(organisation=organisation, defaults={"reason": reason, "set_by": by})
    organisation.is_listed = False
    organisation.save(update_fields=["is_listed"])
    Listing.objects.filter(organisation=organisation).update(public_asked_at=None, public_asked_by=None)
    record(Verb.FLAGGED_UNWANTED, by=by, subject=organisation, reason=reason)
    return flag


@deed
def lift_unwanted(organisation: Organisation, *, by: User) -> Organisation:
    """The organisation may be listed again; that it is, is a decision of its own."""
    require(policy.can_list(by))
    gone, _rows = Unwanted.objects.filter(organisation=organisation).delete()
    if gone:
        record(Verb.LIFTED_UNWANTED, by=by, subject=organisation)
    return organisation
