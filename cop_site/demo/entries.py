"""The demo's directory: entries with their stewards and channels, and what is known of regions; all of it invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level, Organisation
from cop_site.directory import actions
from cop_site.directory.models import Coverage, Listing, Survey

from .planting import organisation_of, secretariat, someone

_LISTS = "sector_5k service_scale mandate provinces regencies countries languages target_group".split()
_CALLED = {"sector_5k": "sectors", "service_scale": "scales", "mandate": "mandates", "target_group": "targets"}
_WORDS = ("about_id", "about_en", "offers_id", "offers_en", "capacity", "hours", "links")
SAFETY_REVIEWERS = ("reviewer@demo.example", "reviewer2@demo.example")


def enter(told: dict[str, Any]) -> Listing:
    """Put an organisation into the directory, as far as it is said to be there."""
    organisation = organisation_of(told["slug"])
    listing = actions.list_organisation(organisation, by=secretariat(), **_content(told))
    if told["verification"] != listing.verification:
        actions.verify_listing(listing, by=secretariat(), verification=told["verification"])
    _level(listing, told)
    if told["channels"]:
        actions.set_channels(listing, by=secretariat(), channels=told["channels"])
    days = told["confirmed_days_ago"]
    Listing.objects.filter(pk=listing.pk).update(confirmed_at=timezone.now() - timedelta(days=days) if days is not None else None)
    return listing


def _content(told: dict[str, Any]) -> dict[str, Any]:
    lists = {column: told[_CALLED.get(column, column)] for column in _LISTS}
    conflict = {"has_conflict": told.get("has_conflict", False), "conflict_note": told.get("conflict_note", "")}
    return lists | {name: told[name] for name in _WORDS} | conflict


def _level(listing: Listing, told: dict[str, Any]) -> None:
    if told["visibility"] == Level.PUBLIC:
        actions.ask_public(listing, by=secretariat())
        actions.make_public(listing, by=_reviewer_beside(listing.organisation))
    elif told["visibility"] != Level.NETWORK:
        actions.set_level(listing, by=secretariat(), level=told["visibility"])


def _reviewer_beside(organisation: Organisation) -> Any:
    """A safety reviewer of another organisation."""
    reviewers = [someone(email) for email in SAFETY_REVIEWERS]
    return next(one for one in reviewers if not one.memberships.filter(organisation=organisation).exists())


def name(told: dict[str, Any]) -> Listing:
    """An organisation that reports name, on request: nobody has asked it, so it is for the network and says that nobody checked it."""
    made = people.found_organisation(by=secretariat(), name=told["name"], abbreviation=told["abbr"], kind=told["kind"])
    content = {column: told[called] for column, called in _CALLED.items() if called in told}
    listing = actions.list_organisation(made, by=secretariat(), provinces=told["provinces"], **content)
    return actions.verify_listing(listing, by=secretariat(), verification="demo")


def look_after(organisation: dict[str, Any], email: str) -> Any:
    """Somebody of the organisation looks after its entry."""
    return actions.name_steward(organisation_of(organisation["slug"]), someone(email), by=secretariat(), reason="Ditunjuk lembaganya.")


def state(told: dict[str, Any]) -> Coverage:
    """What a region has in place."""
    words = {name: told[name] for name in ("province", "regency", "instrument", "status", "source", "note", "visibility")}
    return actions.state_coverage(by=someone(told["by"]), as_of=_day(told), **words)


def survey(told: dict[str, Any]) -> Survey:
    """Where somebody looked, and for what."""
    words = {name: told[name] for name in ("province", "scale", "mandate_group", "source", "visibility")}
    return actions.record_survey(by=someone(told["by"]), as_of=_day(told), **words)


def _day(told: dict[str, Any]) -> Any:
    return timezone.localdate() - timedelta(days=told["days_ago"])
