"""What templates ask of a practice: labels of its terms, and its organisation where the reader may know it."""

from collections.abc import Mapping
from typing import Any

from django import template

from cop_site.core.templatetags.page import path_in
from cop_site.vocabulary import selectors as words

from .. import policy
from ..models import Practice

register = template.Library()

MOST_OF_AN_ORGANISATION = 6
_VOCABULARIES = {"outcome": "practice_outcome", "licence": "content_licence", "evidence": "evidence_level"}


@register.filter
def term(practice: Practice, column: str) -> str:
    """The label of a practice's single choice, in the reader's language."""
    return words.label(_VOCABULARIES.get(column, column), getattr(practice, column))


@register.filter
def terms(practice: Practice, column: str) -> list[str]:
    """The labels of a practice's several choices."""
    return [words.label(_VOCABULARIES.get(column, column), slug) for slug in getattr(practice, column)]


@register.filter
def term_of(slug: str, vocabulary: str) -> str:
    """The label of a slug in a vocabulary."""
    return words.label(vocabulary, slug)


@register.simple_tag(takes_context=True)
def absolute_path_in(context: Any, language: str, path: str) -> str:
    """The address that other sites should know of another page of ours, in one language."""
    return context["request"].build_absolute_uri(path_in(language, path))


@register.filter
def province(code: str) -> str:
    """The name of the province with this code."""
    return words.province_name(code)


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """What stands under ``key``; None where nothing does."""
    return found.get(key)


@register.simple_tag(takes_context=True)
def organisation_of(context: Any, practice: Practice) -> Any:
    """The practice's organisation, unless it wishes not to be named to this reader."""
    hidden = practice.organisation_hidden and not policy.sees_hidden_organisation(context["request"].user)
    return None if hidden else practice.organisation


@register.inclusion_tag("library/_of_organisation.html", takes_context=True)
def practices_of(context: Any, organisation: Any) -> dict[str, Any]:
    """The newest texts that an organisation stands for, as far as this reader may see them; not those that do not name it."""
    own = Practice.objects.visible_to(context["request"].user).published().filter(organisation=organisation, organisation_hidden=False)
    return {"organisation": organisation, "texts": own.order_by("-last_published_at", "-pk")[:MOST_OF_AN_ORGANISATION]}
