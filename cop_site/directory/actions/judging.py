"""Deeds about one entry that moderators judge. Who may judge which case, ``moderation`` says; it alone calls these."""

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy
from ..models import Listing, Unwanted
from .parts import locked, set_on_organisation


@deed
def take_listing(listing: Listing, *, by: User, reason: str, case: int) -> Listing:
    """Take a reported entry from the directory; its own people and the secretariat still see it."""
    listing = locked(listing)
    require(policy.can_judge(by, listing))
    if listing.organisation.is_listed:
        set_on_organisation(listing, is_listed=False)
        record(Verb.UNLISTED_ORGANISATION, by=by, subject=listing, reason=reason, case=case)
    return listing


@deed
def give_listing_back(listing: Listing, *, by: User, case: int) -> Listing:
    """Put an entry back into the directory that a moderator took from there; not one that does not want to stand there."""
    listing = locked(listing)
    require(policy.can_judge(by, listing))
    if not listing.organisation.is_listed and not Unwanted.objects.filter(organisation=listing.organisation).exists():
        set_on_organisation(listing, is_listed=True)
        record(Verb.LISTED_ORGANISATION, by=by, subject=listing, case=case)
    return listing
