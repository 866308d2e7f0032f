"""Deeds about who sees an entry."""

from django.utils import timezone

from cop_site.accounts.models import Level, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import policy
from ..models import Listing
from .channels import narrow_channels
from .parts import locked, refuse_if_overtaken, set_fields, set_on_organisation


@deed
def set_level(listing: Listing, *, by: User, level: str) -> Listing:
    """Let fewer people see an entry, or the network again; contacts never stay wider than it."""
    listing = locked(listing)
    require(policy.can_set_level(by, listing.organisation) and level in Listing.LEVELS)
    set_on_organisation(listing, visibility=Level(level))
    set_fields(listing, public_asked_at=None, public_asked_by=None)
    narrow_channels(listing)
    record(Verb.SET_LEVEL, by=by, subject=listing, level=level)
    return listing


@deed
def ask_public(listing: Listing, *, by: User) -> Listing:
    """Ask that everybody may read an entry; a safety reviewer decides."""
    listing = locked(listing)
    require(policy.can_ask_public(by, listing))
    set_fields(listing, public_asked_at=timezone.now(), public_asked_by=by)
    record(Verb.ASKED_LISTING_PUBLIC, by=by, subject=listing)
    return listing


@deed
def make_public(listing: Listing, *, by: User, seen: int | None = None) -> Listing:
    """Let everybody read an entry. ``seen`` is the number of the revision that was read."""
    return _decide(listing, Level.PUBLIC, Verb.MADE_LISTING_PUBLIC, by=by, seen=seen)


@deed
def keep_inside(listing: Listing, *, by: User, seen: int | None = None) -> Listing:
    """Leave an entry to the network that asked to go public."""
    return _decide(listing, Level.NETWORK, Verb.KEPT_LISTING_INSIDE, by=by, seen=seen)


def _decide(listing: Listing, level: Level, verb: Verb, *, by: User, seen: int | None) -> Listing:
    listing = locked(listing)
    is_there = listing.organisation.is_listed and listing.organisation.visibility == Level.NETWORK
    require(policy.can_make_public(by, listing) and is_there and Listing.objects.visible_to(by).filter(pk=listing.pk).exists())
    refuse_if_overtaken(listing, seen)
    set_on_organisation(listing, visibility=level)
    set_fields(listing, public_asked_at=None, public_asked_by=None)
    record(verb, by=by, subject=listing)
    return listing
