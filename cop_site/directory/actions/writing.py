"""Deeds about what an entry says, and whether it is still right."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.actions import found_organisation, name_organisation
from cop_site.accounts.models import Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.screening.version import RULES_VERSION
from cop_site.screening.watching import WATCHED
from cop_site.vocabulary import selectors as words

from .. import policy, rules
from ..models import Listing
from .parts import locked, newest_number, refuse_if_overtaken, refuse_unwanted, set_fields, set_on_organisation, write

MOST_SUGGESTIONS = 10  # of one person that wait


@deed
def list_organisation(organisation: Organisation, *, by: User, is_confirmed: bool = False, **content: Any) -> Listing:
    """Put an organisation into the directory, with what is known of it; what is not given stays as it was.

    ``is_confirmed`` says that the organisation itself has just told so; else nobody has confirmed the entry yet.
    """
    require(policy.can_list(by))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    name, abbreviation = content.get("name", organisation.name), content.get("abbreviation", organisation.abbreviation)
    refuse_unwanted(name, abbreviation, organisation.slug)
    listing, _is_new = Listing.objects.select_for_update(of=("self",)).get_or_create(organisation=organisation)
    listing.organisation = organisation
    if is_confirmed:
        listing.confirmed_at, listing.asked_at = timezone.now(), None
    changed = write(listing, content, by=by)
    set_on_organisation(listing, is_listed=True)
    record(Verb.LISTED_ORGANISATION, by=by, subject=listing, revision=newest_number(listing), changed=changed, **rules.flagged(listing))
    return listing


@deed
def list_new(*, by: User, name: str, kind: str, **content: Any) -> Listing:
    """Put an organisation into the directory that nobody knew here; the secretariat was told by itself what it says."""
    require(policy.can_list(by))
    refuse_unwanted(name, content.get("abbreviation", ""), "")
    if Organisation.objects.filter(name__iexact=name).exists():
        said = _("An organisation of this name is known already. You find it in the directory or on its desk.")
        raise rules.NotReady([rules.Problem("name", said)], [])
    rules.refuse_unless_fit(rules.tidied({"name": name, "kind": kind, **content}))
    organisation = found_organisation(by=by, name=name, kind=kind)
    return list_organisation(organisation, by=by, is_confirmed=True, name=name, kind=kind, **content)


@deed
def change_listing(listing: Listing, *, by: User, seen: int | None = None, **content: Any) -> Listing:
    """Change what an entry says, and say along with it that it is right as of today.

    ``seen`` is the number of the revision that the words were written over; where there is a newer one by now, it is refused.
    """
    listing = locked(listing)
    require(policy.can_edit(by, listing.organisation))
    refuse_if_overtaken(listing, seen)
    listing.confirmed_at, listing.asked_at = timezone.now(), None
    changed = write(listing, content, by=by)
    record(Verb.CHANGED_LISTING, by=by, subject=listing, revision=newest_number(listing), changed=changed, **rules.flagged(listing))
    return listing


@deed
def confirm_listing(listing: Listing, *, by: User) -> Listing:
    """Say that an entry is still right."""
    listing = locked(listing)
    require(policy.can_confirm(by, listing.organisation))
    set_fields(listing, confirmed_at=timezone.now(), asked_at=None)
    record(Verb.CONFIRMED_LISTING, by=by, subject=listing)
    return listing


@deed
def suggest_organisation(*, by: User, name: str, kind: str = "lainnya", **content: Any) -> Listing:
    """Name an organisation that is missing; nobody finds it before the secretariat has listed it."""
    require(policy.can_suggest(by))
    if rules.is_unwanted(name, content.get("abbreviation", "")):
        said = _("We cannot take this suggestion here. Please write to the secretariat.")
        raise rules.NotReady([rules.Problem("name", said)], [])
    if Listing.objects.filter(suggested_by=by, organisation__is_listed=False).count() >= MOST_SUGGESTIONS:
        said = _("The secretariat has not looked at all of your suggestions yet. Please wait for it.")
        raise rules.NotReady([rules.Problem("name", said)], [])
    rules.refuse_unless_fit(rules.tidied({"name": name, "kind": kind, **content}))
    organisation = name_organisation(by=by, name=name, kind=kind)
    listing = Listing(organisation=organisation, suggested_by=by)
    listing.save()
    write(listing, content, by=by)
    record(Verb.SUGGESTED_ORGANISATION, by=by, subject=listing)
    return listing


@deed
def verify_listing(listing: Listing, *, by: User, verification: str, day: date | None = None) -> Listing:
    """Write down how far somebody else has checked an entry, and when."""
    listing = locked(listing)
    require(policy.can_verify(by, listing.organisation) and verification in words.terms("verification_level"))
    set_fields(listing, verification=verification, verified_on=day or timezone.localdate())
    record(Verb.VERIFIED_LISTING, by=by, subject=listing, verification=verification)
    return listing


@deed
def rescreen_listing(listing: Listing, *, by: User) -> Listing:
    """Read an entry under the rules of now; one that would be refused today stands in the directory no more, until it was changed and listed again."""
    listing = locked(listing)
    if listing.screened_version == RULES_VERSION:
        return listing
    types = sorted({one.type for one in rules.refused(rules.findings_in(rules.content_of(listing))) if one.type != WATCHED})
    set_fields(listing, screened_version=RULES_VERSION)
    if types and listing.organisation.is_listed:
        set_on_organisation(listing, is_listed=False)
        record(Verb.UNLISTED_ORGANISATION, by=by, subject=listing, types=types)
    return listing
