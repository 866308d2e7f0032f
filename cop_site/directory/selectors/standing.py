"""What stands in the directory, for new watched words to be looked for."""

from collections.abc import Iterator

from cop_site.screening.standing import Standing

from .. import rules
from ..models import Inquiry, Listing


def entries(after: int, most: int) -> Iterator[Standing]:
    for listing in Listing.objects.listed().filter(pk__gt=after).select_related("organisation").order_by("pk")[:most]:
        yield Standing(listing, rules.texts_of(rules.content_of(listing)))


def inquiries(after: int, most: int) -> Iterator[Standing]:
    """Questions to organisations, and their answers."""
    for inquiry in Inquiry.objects.filter(pk__gt=after).order_by("pk")[:most]:
        yield Standing(inquiry, {"text": inquiry.text, "answer": inquiry.answer})
