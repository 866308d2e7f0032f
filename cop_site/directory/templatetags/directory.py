"""What templates ask of an entry in the directory: labels of its choices."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cop_site.vocabulary import selectors as words

from ..models import Listing

register = template.Library()
MOST_NAMED = 3


@register.filter
def kind_of(organisation: Any) -> str:
    """What kind of organisation it is, in the reader's language."""
    return words.label("organisation_kind", organisation.kind)


@register.filter
def verification_of(listing: Listing) -> str:
    """How far the entry was checked, in the reader's language."""
    return words.label("verification_level", listing.verification)


@register.filter
def labels(listing: Listing, column: str) -> list[str]:
    """The terms in one of its lists, in the vocabulary's order and the reader's language."""
    chosen = getattr(listing, column)
    return [label for slug, label in words.choices(column) if slug in chosen]


@register.filter
def regions_of(listing: Listing) -> str:
    """The provinces served: three by name, more as a number."""
    if len(listing.provinces) > MOST_NAMED:
        return _("%(number)d provinces") % {"number": len(listing.provinces)}
    return ", ".join(one.name for code, one in words.provinces().items() if code in listing.provinces)


@register.filter
def language_of(listing: Listing, name: str) -> str:
    """The language in which ``about`` or ``offers`` is shown."""
    return listing.language_of(name)
