"""Practices as search knows them: what is published, in the words that all who may see it are shown."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cop_site.accounts.tokens import audience_tokens
from cop_site.core import text
from cop_site.search import registry
from cop_site.search.port import Document
from cop_site.vocabulary import selectors as words
from cop_site.vocabulary.models import Term

from .models import Practice, PracticeQuerySet
from .policy import DOCUMENT_KIND, KIND
from .selectors import attaching, reading

# Risks and safeguards are not for the public (template: max_visibility), so no index holds them.
BODY = (
    "objective context problem approach results evidence_basis affected_view what_failed unintended preconditions minimum_version"
    " adaptation sustainability legal_basis survivor_how issuer document_number body"
).split()
MOST_OF_FILES = 100_000  # characters of what files say
LISTS = "steps lessons success_factors replications references".split()
TERMS = {
    "scale": ("service_scale", "service_scale"),
    "mandate": ("mandate", "mandate"),
    "form": ("trafficking_form", "trafficking_form"),
    "type": ("practice_type", "practice_type"),
    "target": ("target_group", "target_group"),
}


def practice_documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """Documents of published practices, all or those with these ids; what is not published has none."""
    return _documents(Practice.objects.unscoped("the index keeps each row's audiences").practices(), pks)


def record_documents(pks: Iterable[int] | None = None) -> Iterator[Document]:
    """The same for the other kind of row, which readers call a document."""
    return _documents(Practice.objects.unscoped("the index keeps each row's audiences").documents(), pks)


def _documents(rows: PracticeQuerySet, pks: Iterable[int] | None) -> Iterator[Document]:
    found = rows.published().select_related("organisation").order_by("pk")
    for practice in (found if pks is None else found.filter(pk__in=list(pks))).iterator(chunk_size=500):
        yield document_of(practice)


def document_of(practice: Practice) -> Document:
    """A published practice in the words of the port."""
    return Document(
        kind=DOCUMENT_KIND if practice.is_document else KIND,
        pk=practice.pk,
        audiences=frozenset(audience_tokens(practice, kind=KIND) | ({f"penulis:{practice.author_id}"} if practice.author_id else set())),
        title=practice.title,
        summary=practice.summary,
        body="\n\n".join(
            [part for name in (*BODY, *LISTS) for part in _words_of(practice, name)] + [attaching.published_text(practice, MOST_OF_FILES)]
        ),
        keywords="\n".join(_keywords(practice)),
        language=practice.language,
        external_id=practice.external_id or "",
        year=practice.year,
        changed_at=(practice.shelf_changed_at or practice.changed_at).timestamp(),
        facets=_facets(practice),
    )


def _words_of(practice: Practice, name: str) -> list[str]:
    """What a field says, or each part of a list, as readers see it: without the signs of Markdown."""
    said = practice.html.get(name) or getattr(practice, name)
    parts = said if isinstance(said, list) else [said]
    return [text.plain(part) if name in practice.html else part for part in parts if part]


def _facets(practice: Practice) -> dict[str, tuple[str, ...]]:
    facets = {name: tuple(getattr(practice, column)) for name, (column, _vocabulary) in TERMS.items()}
    groups = {term.attributes.get("group") for term in _terms(practice, "mandate")}
    return facets | {
        "group": tuple(sorted(group for group in groups if group)),
        "province": tuple(province.code for province in practice.shown_provinces),
        "evidence": (practice.evidence,) if practice.evidence else (),
        "language": (practice.language,),
        "document": (practice.document_kind,),
    }


def _terms(practice: Practice, facet: str) -> list[Term]:
    column, vocabulary = TERMS[facet]
    known = words.terms(vocabulary)
    return [known[slug] for slug in getattr(practice, column) if slug in known]


def _keywords(practice: Practice) -> Iterator[str]:
    """Labels in both languages, and places at the precision that is shown."""
    for facet in TERMS:
        for term in _terms(practice, facet):
            yield f"{term.label_id}, {term.label_en}"
    for province in practice.shown_provinces:
        yield ", ".join([province.name_id, province.name_en, *province.aliases])
    for regency in practice.shown_regencies:
        yield regency.name
    if practice.organisation and not practice.organisation_hidden:
        yield f"{practice.organisation.name} {practice.organisation.abbreviation}".strip()


def visible_practices(viewer: Any, pks: Sequence[int]) -> dict[int, Practice]:
    """Those of ``pks`` that ``viewer`` may see on the shelf, as the database has them now."""
    return Practice.objects.visible_to(viewer).published().for_lists().in_bulk(pks)


def title_of(practice: Practice) -> str:
    return text.one_line(practice.title)


def register_kinds() -> None:
    """Let search find practices and documents, as two kinds."""
    shared = {"visible": visible_practices, "link": Practice.get_absolute_url, "title": title_of, "facets": reading.FACETS}
    for kind, read in ((KIND, practice_documents), (DOCUMENT_KIND, record_documents)):
        registry.register(kind, label=reading.KINDS[kind], one=reading.ONE[kind], documents=read, **shared)
