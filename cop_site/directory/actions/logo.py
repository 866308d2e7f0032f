"""The deed about the picture that stands for an organisation."""

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.files.actions import discard
from cop_site.files.intake import Incoming

from .. import policy
from ..models import Listing
from .parts import back_into_the_network, locked


@deed
def set_logo(listing: Listing, *, by: User, incoming: Incoming | None) -> Listing:
    """Show this picture with an entry, or none; the one before is gone. What everybody sees was seen by somebody else before."""
    listing = locked(listing)
    require(policy.can_edit(by, listing.organisation))
    former, listing.logo = listing.logo, incoming.keep(by=by) if incoming else None
    if incoming:
        back_into_the_network(listing, by=by)
        listing.organisation.save()
    listing.save()
    if former:
        discard(former)
    record(Verb.SET_LOGO, by=by, subject=listing, logo=bool(incoming))
    return listing
