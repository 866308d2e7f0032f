"""The link in a mail by which a steward says, with one press and without signing in, that an entry is still right."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from cop_site.accounts.models import User

from . import policy
from .models import Listing

SALT = "cop_site.directory.confirming"
VALID_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """Which entry is asked about, whom, and whether the question is still open."""

    listing: Listing
    person: User
    is_open: bool


def path_of(listing: Listing, person: User) -> str:
    """The path in the mail: it names the entry, the person, and since when nobody has confirmed."""
    token = signing.dumps([listing.pk, person.pk, _since(listing)], salt=SALT)
    return f"/directory/confirm/{token}/"


def asked_by(token: str) -> Asked | None:
    """What a link asks; None where it is forged, too old, or no longer the person's to answer."""
    try:
        listing_pk, person_pk, since = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    listing = Listing.objects.select_related("organisation").filter(pk=listing_pk).first()
    person = User.objects.filter(pk=person_pk).first()
    if listing is None or person is None or not policy.is_steward(person, listing.organisation):
        return None
    return Asked(listing, person, is_open=_since(listing) == since)


def _since(listing: Listing) -> str:
    return listing.confirmed_at.isoformat() if listing.confirmed_at else ""
