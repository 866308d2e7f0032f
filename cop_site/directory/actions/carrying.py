"""Deeds about files of organisations: one line is brought in, and that the whole was carried away."""

from cop_site.accounts.actions import found_organisation
from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import importing, policy
from ..importing import Outcome, Record
from ..models import Listing
from .levels import set_level
from .parts import newest_number, write
from .writing import list_organisation, verify_listing


@deed
def bring_in(*, by: User, told: Record) -> Listing:
    """Do what one line of a file asks; it confirms nothing, since the organisation itself has not spoken."""
    require(policy.can_carry(by))
    organisation = importing.organisation_of(told)
    outcome = importing.weigh(organisation, told)
    if organisation is None:
        kind = told.content.get("kind", "lainnya")
        organisation = found_organisation(by=by, name=told.name, kind=kind)
        if told.slug:
            organisation.slug = told.slug
            organisation.save(update_fields=["slug"])
    if outcome == Outcome.UNCHANGED:
        return organisation.listing
    if told.is_listed:
        listing = list_organisation(organisation, by=by, **told.content)
    else:
        listing = _keep_unlisted(Listing.objects.get_or_create(organisation=organisation)[0], by=by, told=told)
    if told.verification not in ("", listing.verification):
        listing = verify_listing(listing, by=by, verification=told.verification)
    if level := importing.level_to_set(listing.organisation, told):
        listing = set_level(listing, by=by, level=level)
    return listing


def _keep_unlisted(listing: Listing, *, by: User, told: Record) -> Listing:
    changed = write(listing, dict(told.content), by=by)
    record(Verb.CHANGED_LISTING, by=by, subject=listing, revision=newest_number(listing), changed=changed)
    return listing


@deed
def note_export(*, by: User, ending: str, number: int) -> None:
    """Write down that the directory was carried away: how many organisations, and as what."""
    require(policy.can_carry(by))
    record(Verb.EXPORTED_DIRECTORY, by=by, subject=by, ending=ending, number=number)
