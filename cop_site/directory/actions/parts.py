"""What several deeds of the directory share."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level, Organisation, User
from cop_site.screening.version import RULES_VERSION

from .. import rules
from ..models import Listing, ListingRevision


def locked(listing: Listing) -> Listing:
    """The entry and its organisation as they are now, for this deed alone."""
    Organisation.objects.select_for_update().get(pk=listing.organisation_id)
    return Listing.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=listing.pk)


def set_fields(listing: Listing, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(listing, name, value)
    listing.save(update_fields=list(changes))


def set_on_organisation(listing: Listing, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(listing.organisation, name, value)
    listing.organisation.save(update_fields=list(changes))


def newest_number(listing: Listing) -> int:
    """The number of what the entry says now; 0 before it was written first."""
    return listing.revisions.aggregate(newest=Max("number"))["newest"] or 0


def refuse_if_overtaken(listing: Listing, seen: int | None) -> None:
    """Somebody's older page would decide about, or write over, what a newer one has said."""
    if seen is not None and seen != newest_number(listing):
        said = _("This entry was changed meanwhile. Please look at what it says now before you go on.")
        raise rules.NotReady([rules.Problem("", said)], [])


def refuse_unwanted(name: str, abbreviation: str, slug: str) -> None:
    """Neither a form nor an import brings back who asked not to stand here."""
    if rules.is_unwanted(name, abbreviation, slug):
        raise rules.NotReady([rules.Problem("name", _("This organisation asked not to stand in the directory."))], [])


def write(listing: Listing, content: dict[str, Any], *, by: User) -> list[str]:
    """Put words into an entry, keep them as a revision, and return the columns that changed.

    What everybody reads was read by somebody else before: an entry with new words goes back into the network.
    """
    before = rules.content_of(listing)
    said = rules.tidied(content)
    if "regencies" in content and "provinces" not in content:  # and the provinces that nobody spoke of stay
        said = rules.tidied(content | {"provinces": before["provinces"]})
    if "provinces" in said and "regencies" not in said:  # the districts that stay bring theirs
        said |= rules.tidied({"provinces": said["provinces"], "regencies": before["regencies"]})
    said = before | said
    rules.refuse_unless_fit(said)
    changed = sorted(column for column, value in said.items() if value != before[column])
    for column, value in said.items():
        setattr(listing.organisation if column in rules.OF_THE_ORGANISATION else listing, column, value)
    listing.screened_version = RULES_VERSION
    if changed or not listing.revisions.exists():
        keep_revision(listing, said, by=by)
    if set(changed) - rules.CHANGE_OFTEN:
        back_into_the_network(listing, by=by)
    listing.organisation.save()
    listing.save()
    return changed


def keep_revision(listing: Listing, said: dict[str, Any], *, by: User) -> None:
    listing.changed_at = timezone.now()
    content = rules.as_stored(said)
    ListingRevision.objects.create(listing=listing, number=newest_number(listing) + 1, content=content, author=by, at=listing.changed_at)


def back_into_the_network(listing: Listing, *, by: User) -> None:
    """Until a safety reviewer has read the new words; she is asked along with it."""
    if listing.organisation.visibility == Level.PUBLIC:
        listing.organisation.visibility = Level.NETWORK
        listing.public_asked_at, listing.public_asked_by = timezone.now(), by


def forget_stewards(*people: User) -> None:
    """What a policy remembers of these people for the rest of a request is not so any more."""
    for person in people:
        person.__dict__.pop("_stewarded", None)
