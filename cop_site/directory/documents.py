"""Organisations as search knows them: what stands in the directory, without any way to reach it and without notes about conflicts."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from django.utils import translation

from cop_site.accounts.models import Level
from cop_site.core import text
from cop_site.search import registry
from cop_site.search.port import Document
from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Term

from .choices import Country, Language
from .models import Listing
from .policy import KIND
from .selectors import finding

AUDIENCES = {Level.PUBLIC: "publik", Level.NETWORK: f"jaringan:{KIND}", Level.STEWARDS: "pengelola"}
TERMS = {
    "scale": ("service_scale", "service_scale"),
    "mandate": ("mandate", "mandate"),
    "sector": ("sector_5k", "sector_5k"),
    "target": ("target_group", "target_group"),
}
BODY = ("about_id", "offers_id", "about_en", "offers_en", "hours")


def documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents of listed organisations, all or those of these entries; one that is not listed has none."""
    found = Listing.objects.listed().select_related("organisation").order_by("pk")
    for listing in (found if pks is None else found.filter(pk__in=list(pks))).iterator(chunk_size=500):
        yield document_of(listing)


def document_of(listing: Listing) -> Document:
    """An entry in the words of the port. Whoever confirmed it last made it fresh; what it said is older than that."""
    return Document(
        kind=KIND,
        pk=listing.pk,
        audiences=frozenset(_audiences(listing)),
        title=listing.organisation.name,
        body="\n\n".join(said for name in BODY if (said := getattr(listing, name))),
        keywords="\n".join(_keywords(listing)),
        changed_at=listing.confirmed_at.timestamp() if listing.confirmed_at else 0.0,
        facets=_facets(listing),
    )


def _audiences(listing: Listing) -> Iterator[str]:
    """Its own people see an entry at every level."""
    yield f"organisasi:{listing.organisation_id}"
    if audience := AUDIENCES.get(Level(listing.organisation.visibility)):
        yield audience


def _facets(listing: Listing) -> dict[str, tuple[str, ...]]:
    return {name: tuple(getattr(listing, column)) for name, (column, _vocabulary) in TERMS.items()} | {
        "group": tuple(term.slug for term in _groups(listing)),
        "province": tuple(listing.provinces) or (finding.NO_PROVINCE,),
        "regency": tuple(listing.regencies),
        "organisation_kind": (listing.organisation.kind,),
        "speaks": tuple(listing.languages),
        "country": tuple(listing.countries),
        "verified": (finding.YES,) if listing.is_verified else (),
    }


def _keywords(listing: Listing) -> Iterator[str]:
    """The short name, labels in both languages, and the places served."""
    if listing.organisation.abbreviation:
        yield listing.organisation.abbreviation
    for term in _terms(listing):
        yield f"{term.label_id}, {term.label_en}"
    for code in listing.provinces:
        if province := words.provinces().get(code):
            yield ", ".join([province.name_id, province.name_en, *province.aliases])
    for code in listing.regencies:
        if regency := words.regencies().get(code):
            yield regency.name
    for value in listing.countries:
        yield _in_both_languages(Country, value)
    for value in listing.languages:
        yield _in_both_languages(Language, value)


def _terms(listing: Listing) -> list[Term]:
    chosen = [_known(vocabulary, getattr(listing, column)) for column, vocabulary in TERMS.values()]
    return [*_known("organisation_kind", [listing.organisation.kind]), *_groups(listing), *(term for terms in chosen for term in terms)]


def _groups(listing: Listing) -> list[Term]:
    return _known("mandate_group", {term.attributes.get("group", "") for term in _known("mandate", listing.mandate)})


def _known(vocabulary: str, slugs: Iterable[str]) -> list[Term]:
    chosen = set(slugs)
    return [term for slug, term in words.terms(vocabulary).items() if slug in chosen]


@cache
def _in_both_languages(choices: Any, value: str) -> str:
    """What a value is called in Indonesian and in English; nothing for one that there is not."""
    if value not in choices.values:
        return ""
    told = []
    for language in ("id", "en"):
        with translation.override(language):
            told.append(str(choices(value).label))
    return ", ".join(dict.fromkeys(told))


def visible(viewer: Any, pks: Sequence[int]) -> dict[int, Listing]:
    """Those of ``pks`` that ``viewer`` may see in the directory, as the database has them now."""
    return Listing.objects.visible_to(viewer).listed().select_related("organisation").in_bulk(pks)


def title_of(listing: Listing) -> str:
    return text.one_line(listing.organisation.name)


def register_kind() -> None:
    """Let search find organisations."""
    registry.register(
        KIND,
        documents=documents,
        visible=visible,
        link=Listing.get_absolute_url,
        title=title_of,
        label=finding.LABEL,
        one=finding.ONE,
        facets=finding.FACETS,
    )
