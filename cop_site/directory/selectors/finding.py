"""What readers find in the directory: which organisations, by what a list of them is narrowed, and how far the list can be trusted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.search import selectors as search
from cop_site.search.asked import Asked, Manner
from cop_site.search.listing import Answers, FacetBox, answers
from cop_site.search.registry import Facet
from cop_site.search.selectors import Results
from cop_site.vocabulary import selectors as words

from .. import policy
from ..choices import STALE_AFTER, Country, Language
from ..models import ContactChannel, Listing
from .matrix import NO_PROVINCE

LABEL, ONE = _("Organisations"), _("Organisation")
YES = "ya"
TABLE, CARDS = "table", "cards"
MOST_EXPORTED = 2000
PIECE = 250
MANNER = Manner(
    names={"organisation_kind": "kind"},  # here there is but one kind of row
    sorts={"relevance": _("Best match"), "title": _("Name"), "newest": _("Confirmed last")},
    usual_sort="title",
    views=(TABLE, CARDS),
    has_years=False,
)


def _of_choices(name: str, label: Any, choices: Any) -> Facet:
    def called(value: str) -> Any:
        return choices(value).label if value in choices.values else value

    return Facet(name, label, lambda: choices.values, called, by_number=True)


def _mandates() -> list[str]:
    """Group by group."""
    groups = list(words.terms("mandate_group"))
    terms = words.terms("mandate").values()
    known = [term for term in terms if term.attributes.get("group") in groups]
    return [term.slug for term in sorted(known, key=lambda term: groups.index(term.attributes["group"]))]


def _province(code: str) -> Any:
    return _("National, or no province named") if code == NO_PROVINCE else words.province_name(code)


FACETS = (
    Facet.of_terms("group", _("Mandate group"), "mandate_group", is_open=True),
    Facet("mandate", _("Mandate"), _mandates, partial(words.label, "mandate")),
    Facet.of_terms("scale", _("Service scale"), "service_scale", is_open=True),
    Facet("province", _("Province"), lambda: [*words.provinces(), NO_PROVINCE], _province, by_number=True),
    Facet("regency", _("District or city"), words.regencies, words.regency_name, within="province"),
    Facet("verified", _("Checked by somebody else"), lambda: [YES], lambda slug: _("Verified"), is_open=True),
    Facet.of_terms("organisation_kind", _("Kind of organisation"), "organisation_kind"),
    Facet.of_terms("target", _("Whom it works for"), "target_group"),
    _of_choices("speaks", _("Language of help"), Language),
    _of_choices("country", _("Country"), Country),
    Facet.of_terms("sector", _("5K sector"), "sector_5k"),
)


@dataclass(frozen=True)
class Listed:
    """A page of the list, and of all that answers how many were checked, and of how many there is no news."""

    answers: Answers
    verified: int
    stale: int


def asked_of_the_directory(given: QueryDict) -> Asked:
    """What an address asks of the directory's list."""
    return Asked.read(given, (policy.KIND,), MANNER)


def organisation_list(viewer: Any, asked: Asked) -> Listed:
    """The organisations that fit."""
    found = answers(viewer, asked, (policy.KIND,))
    found = replace(found, facets=[_near(box, asked) for box in found.facets])
    verified = next((one.count for box in found.facets if box.name == "verified" for one in box.options), 0)
    return Listed(found, min(verified, found.total), _without_news(viewer, asked, found.total))


def _near(box: FacetBox, asked: Asked) -> FacetBox:
    """Where a province or group was chosen, its districts and mandates: an organisation may have others besides."""
    if box.name == "regency":
        provinces = asked.filters.get("province", ())
        return replace(box, options=[one for one in box.options if one.is_chosen or one.slug.split(".")[0] in provinces])
    if box.name == "mandate" and (groups := asked.filters.get("group", ())):
        terms = words.terms("mandate")
        own = [one for one in box.options if one.is_chosen or (one.slug in terms and terms[one.slug].attributes.get("group") in groups)]
        return replace(box, options=own, is_open=True)
    return box


def _without_news(viewer: Any, asked: Asked, total: int) -> int:
    if not total:
        return 0
    heard_since = (timezone.now() - STALE_AFTER).timestamp()
    return max(0, total - _find(viewer, asked, size=0, changed_since=heard_since).total)


def exported(viewer: Any, asked: Asked) -> Iterator[Listing]:
    """The first ``MOST_EXPORTED`` of a list, each with ``seen_channels``: those that ``viewer`` may see."""
    for start in range(0, MOST_EXPORTED, PIECE):
        found = _find(viewer, asked, size=PIECE, start=start)
        yield from with_channels(viewer, [shown.row for shown in found.results])
        unseen = PIECE - len(found.results)  # at most so many were left out of the total because the database hid them
        if start + PIECE >= found.total + unseen:
            return


def with_channels(viewer: Any, listings: Iterable[Listing]) -> list[Listing]:
    """The same entries, each with ``seen_channels``."""
    found = list(listings)
    of_listing: dict[int, list[ContactChannel]] = {}
    for channel in ContactChannel.objects.visible_to(viewer).filter(listing__in=[one.pk for one in found]):
        of_listing.setdefault(channel.listing_id, []).append(channel)
    for listing in found:
        listing.seen_channels = of_listing.get(listing.pk, [])  # type: ignore[attr-defined]
    return found


def _find(viewer: Any, asked: Asked, **options: Any) -> Results:
    return search.find(viewer, **asked.narrowing, kinds=(policy.KIND,), sort=asked.sort, excerpts=False, **options)
