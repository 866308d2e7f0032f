"""The sheet for referrals: whom to turn to in a province, for which mandate, on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Province, Term

from ..choices import STALE_AFTER
from ..models import Listing
from ..models.listing import CHECKED
from .finding import with_channels

MOST = 80  # organisations on one sheet
NATIONWIDE = frozenset({"nasional", "lintas-provinsi", "lintas-negara", "global"})


@dataclass(frozen=True)
class Place:
    """An organisation under a mandate. What it says stands where it comes first; after that the sheet points there."""

    listing: Listing
    first_under: Term | None = None


@dataclass(frozen=True)
class Mandate:
    term: Term
    places: list[Place]

    @property
    def told(self) -> list[Place]:
        return [place for place in self.places if place.first_under is None]

    @property
    def pointed_to(self) -> list[Place]:
        return [place for place in self.places if place.first_under is not None]


@dataclass(frozen=True)
class Group:
    term: Term
    mandates: list[Mandate]


@dataclass(frozen=True)
class Sheet:
    """``here`` are organisations that name the province, ``nationwide`` those that name none."""

    provinces: list[Province]
    mandates: list[Group]
    province: Province | None = None
    mandate: Term | None = None
    here: list[Group] | None = None
    nationwide: list[Group] | None = None
    total: int = 0
    shown: int = 0
    level: Level = Level.PUBLIC
    today: date | None = None

    @property
    def left_out(self) -> int:
        return self.total - self.shown


def referral_sheet(viewer: Any, province: str, mandate: str) -> Sheet:
    """The sheet that ``viewer`` may have; without a province there is but the choice of one."""
    provinces = sorted(words.provinces().values(), key=lambda one: one.name)
    chosen, about = words.provinces().get(province), words.terms("mandate").get(mandate)
    if chosen is None:
        return Sheet(provinces, _choices(), mandate=about)
    here, nationwide = _pks(viewer, chosen.code, about.slug if about else "")
    kept = [*here, *nationwide][:MOST]
    listings = Listing.objects.visible_to(viewer).listed().select_related("organisation").in_bulk(kept)
    found = {one.pk: one for one in with_channels(viewer, listings.values())}
    return Sheet(
        provinces,
        _choices(),
        province=chosen,
        mandate=about,
        here=_grouped([found[pk] for pk in here if pk in found], about),
        nationwide=_grouped([found[pk] for pk in nationwide if pk in found], about),
        total=len(here) + len(nationwide),
        shown=len(found),
        level=_narrowest(found.values()),
        today=timezone.localdate(),
    )


def _choices() -> list[Group]:
    """All mandates by group, to choose from."""
    return [Group(group, [Mandate(term, []) for term in _mandates_of(group)]) for group in words.terms("mandate_group").values()]


def _mandates_of(group: Term) -> list[Term]:
    return [term for term in words.terms("mandate").values() if term.attributes.get("group") == group.slug]


def _pks(viewer: Any, province: str, mandate: str) -> tuple[list[int], list[int]]:
    """Those who name the province, and those who name none and work beyond one: checked and fresh ones first, then by name."""
    heard_since = timezone.now() - STALE_AFTER
    columns = ("pk", "provinces", "service_scale", "mandate", "verification", "confirmed_at")
    here: list[tuple[bool, bool, int, int]] = []
    nationwide: list[tuple[bool, bool, int, int]] = []
    for pk, provinces, scales, mandates, verification, at in Listing.objects.visible_to(viewer).listed().by_name().values_list(*columns):
        rank = (at is None or at <= heard_since, verification not in CHECKED, len(here) + len(nationwide), pk)
        if mandates and mandate in ("", *mandates):
            if province in provinces:
                here.append(rank)
            elif not provinces and NATIONWIDE & set(scales):
                nationwide.append(rank)
    return [rank[-1] for rank in sorted(here)], [rank[-1] for rank in sorted(nationwide)]


def _grouped(listings: list[Listing], about: Term | None) -> list[Group]:
    """Group by group, mandate by mandate; the order of ``listings`` holds in each."""
    first: dict[int, Term] = {}
    groups = []
    for group in words.terms("mandate_group").values():
        mandates = []
        for term in _mandates_of(group):
            places = [_place(one, term, first) for one in listings if term.slug in one.mandate and about in (None, term)]
            mandates += [Mandate(term, places)] if places else []
        groups += [Group(group, mandates)] if mandates else []
    return groups


def _place(listing: Listing, term: Term, first: dict[int, Term]) -> Place:
    before = first.setdefault(listing.pk, term)
    return Place(listing, before if before is not term else None)


def _narrowest(listings: Iterable[Listing]) -> Level:
    """Who may have a sheet with all of these on it."""
    levels = [Level(one.organisation.visibility) for one in listings]
    levels += [Level(channel.visibility) for one in listings for channel in one.seen_channels]  # type: ignore[attr-defined]
    return min(levels, key=lambda level: level.width, default=Level.PUBLIC)
