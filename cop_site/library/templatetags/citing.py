"""What templates ask to have a text cited."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from cop_site.search.asked import Asked

from ..citing import dublin_core, linked
from ..citing.citation import Citation, citation_of
from ..citing.formats import FORMATS
from ..models import Practice
from ..selectors import exporting

register = template.Library()


@register.simple_tag(takes_context=True)
def citation_for(context: Any, practice: Practice) -> Citation | None:
    """How the reader cites a text; nothing where it stands on no shelf of hers (a draft, a door opened by office)."""
    request: HttpRequest = context["request"]
    is_shelved = practice.live and practice.held_at is None and not practice.is_withdrawn
    name = request.resolver_match.url_name if request.resolver_match else ""
    return citation_of(practice, viewer=request.user) if is_shelved and name == "practice" else None


@register.simple_tag
def public_citation_of(practice: Practice) -> Citation:
    """How everybody cites it: what stands in the head of a page is for machines, whoever reads the page."""
    return citation_of(practice, viewer=exporting.NOBODY)


@register.filter
def meta_tags(citation: Citation) -> list[tuple[str, str]]:
    return dublin_core.tags(citation)


@register.filter
def linked_data(citation: Citation) -> SafeString:
    """JSON in which no sign of HTML is left: it cannot end the element it stands in."""
    return mark_safe(linked.written(citation))


@register.simple_tag
def citation_formats() -> list[tuple[str, str]]:
    """Endings and names of the formats."""
    return [(one.ending, one.label) for one in FORMATS.values()]


@register.filter
def list_query(asked: Asked) -> str:
    """The part of a list's address that says what is in it."""
    return exporting.query_of(asked)


@register.simple_tag
def most_cited() -> int:
    return exporting.MOST_CITED
