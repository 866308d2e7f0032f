"""Rows of the directory for tests: what is not named is plain, and nothing else is made along."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Organisation, User
from cop_site.directory.models import ContactChannel, Listing, Stewardship
from tests import factories

_OF_THE_ORGANISATION = ("name", "slug", "abbreviation", "kind", "visibility", "is_listed")


def listing(name: str = "", *, of: Organisation | None = None, days: int | None = 10, **fields: Any) -> Listing:
    """A listed organisation (for the network) with its entry, confirmed ``days`` ago (None: never)."""
    own = {key: fields.pop(key) for key in _OF_THE_ORGANISATION if key in fields}
    organisation = of or factories.organisation(name, **{"is_listed": True, "kind": "cso-lsm"} | own)
    confirmed_at = timezone.now() - timedelta(days=days) if days is not None else None
    return Listing.objects.create(organisation=organisation, **{"confirmed_at": confirmed_at} | fields)


def channel(listing: Listing, value: str = "sapa@lembaga.example", *, visibility: str = "jaringan", kind: str = "email") -> ContactChannel:
    return ContactChannel.objects.create(listing=listing, kind=kind, value=value, visibility=visibility)


def steward(person: User, organisation: Organisation, *, days: int = 300) -> Stewardship:
    ends_on = timezone.localdate() + timedelta(days=days)
    return Stewardship.objects.create(person=person, organisation=organisation, reason="Ditunjuk lembaga.", ends_on=ends_on)
