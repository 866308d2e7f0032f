"""What an entry said before, side by side with what it said after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words

from .. import rules
from ..choices import Capacity, Country, Language
from ..models import Listing, ListingRevision


@dataclass(frozen=True)
class Pair:
    """One column in two revisions."""

    label: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class History:
    """The revisions of an entry, and the two that are compared."""

    revisions: list[ListingRevision]
    older: ListingRevision | None
    newer: ListingRevision | None
    pairs: list[Pair]


def history(listing: Listing, *, viewer: Any, older: str = "", newer: str = "") -> History:
    """The last two revisions are compared unless two others are named by their numbers."""
    revisions = list(ListingRevision.objects.visible_to(viewer).filter(listing=listing).select_related("author")[:200])
    by_number = {str(one.number): one for one in revisions}
    after = by_number.get(newer, revisions[0] if revisions else None)
    before = by_number.get(older) or next((one for one in revisions if after and one.number < after.number), None)
    return History(revisions, before, after, _pairs(before, after) if before and after else [])


def _pairs(before: ListingRevision, after: ListingRevision) -> list[Pair]:
    return [
        Pair(rules.label(column), _told(column, before.content.get(column)), _told(column, after.content.get(column)))
        for column in rules.COLUMNS
        if before.content.get(column) != after.content.get(column)
    ]


def _told(column: str, value: Any) -> list[str]:
    """A value in words, one for each line."""
    if value in (None, "", [], False):
        return []
    if value is True:
        return [_("Yes")]
    if column == "capacity_until":
        return [date_format(date.fromisoformat(value))]
    return [_in_words(column, one) for one in (value if isinstance(value, Sequence) and not isinstance(value, str) else [value])]


def _in_words(column: str, value: str) -> str:
    if column in {*rules.LISTS_OF_TERMS, "kind"}:
        return words.label("organisation_kind" if column == "kind" else column, value)
    if column in {"provinces", "regencies"}:
        return words.province_name(value) if column == "provinces" else words.regency_name(value)
    named: dict[str, Any] = {"countries": Country, "languages": Language, "capacity": Capacity}
    return str(named[column](value).label) if column in named and value in named[column].values else value
