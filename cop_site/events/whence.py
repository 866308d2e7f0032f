"""Where people come from: the scale and the mandates of the organisations they work in."""

from collections.abc import Iterable
from typing import Any

from cop_site.accounts.models import Level, Membership, User
from cop_site.directory.models import Listing


def where_from(person: User) -> dict[str, Any]:
    """``wheres_from`` of one; nothing where no organisation of hers is found."""
    return wheres_from([person]).get(person.pk, {})


def wheres_from(people: Iterable[User]) -> dict[int, dict[str, Any]]:
    """By person ``{"scale", "mandates"}`` of the organisation that the whole network finds in the directory; in two queries."""
    current = list(Membership.objects.current().filter(person__in=people).values_list("person", "organisation"))
    found = Listing.objects.listed().filter(organisation__visibility__in=[Level.PUBLIC, Level.NETWORK])
    listings = {one.organisation_id: one for one in found.filter(organisation__in={organisation for _person, organisation in current})}
    mine: dict[int, Listing] = {}
    for person, organisation in current:
        if organisation in listings and (person not in mine or listings[organisation].pk < mine[person].pk):
            mine[person] = listings[organisation]
    return {person: _told_of(listing) for person, listing in mine.items()}


def _told_of(listing: Listing) -> dict[str, Any]:
    scale = {"scale": listing.service_scale[0]} if listing.service_scale else {}
    return {**scale, "mandates": list(listing.mandate)}
