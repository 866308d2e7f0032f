"""Whole practices: all that the review desk asks for, nothing that the guard would find."""

from datetime import date
from typing import Any

from django.http import QueryDict

from cop_site.accounts.models import Organisation, User
from cop_site.library import actions, rules
from cop_site.library.models import AdaptationReport, Practice
from cop_site.vocabulary import selectors as words


def sentence(words: int, *, of: str = "warga desa menyusun catatan bersama relawan setiap pekan") -> str:
    """So many harmless words."""
    said = of.split()
    return " ".join(said[at % len(said)] for at in range(words)).capitalize() + "."


def whole_content(organisation: Organisation | None, **changes: Any) -> dict[str, Any]:
    """What an author says who has filled the whole form."""
    return {
        "title": "Meja informasi migrasi aman di kantor desa",
        "language": "id",
        "summary": sentence(45),
        "document_kind": "studi-kasus",
        "practice_type": ["migrasi-aman"],
        "organisation": organisation,
        "organisation_hidden": False,
        "service_scale": ["desa-kelurahan"],
        "mandate": ["migrasi-aman", "pencegahan-edukasi"],
        "provinces": ["33"],
        "period_start": date(2025, 2, 1),
        "period_end": None,
        "problem": sentence(50),
        "trafficking_form": ["tidak-spesifik"],
        "target_group": ["calon-pmi"],
        "steps": [sentence(10), sentence(12), sentence(9)],
        "results": sentence(50),
        "outcome": "berhasil-sebagian",
        "evidence_level": "rintisan",
        "what_failed": sentence(20),
        "lessons": [sentence(8)],
        "contact_route": "lewat-sekretariat",
        "consent_status": "tanpa-subjek",
        "consent_declaration": ["paham-risiko", "tanpa-imbalan", "tanpa-identitas", "tanpa-rumah-aman", "perkara-berjalan"],
        "survivor_involvement": "dikonsultasikan",
        "children_involved": False,
        "safeguarding": sentence(20),
        "sensitivity": "umum",
        "visibility": "jaringan",
        "circle": None,
    } | changes


def whole_form(organisation: Organisation | None, **changes: Any) -> dict[str, Any]:
    """The same as a browser sends it."""
    content = whole_content(organisation) | {"period_start": "2025-02", "period_end": "", "children_involved": "no", "circle": ""}
    content |= {"organisation": organisation.pk if organisation else "", "organisation_hidden": ""}
    return content | changes


def make_practice(author: User, *, organisation: Organisation | None = None, **changes: Any) -> Practice:
    """A whole draft of ``author``, for the first of her organisations."""
    organisation = organisation or Organisation.objects.joined_by(author).first()
    return actions.start_practice(by=author, **whole_content(organisation, **changes))


def submitted(author: User, **changes: Any) -> Practice:
    """A practice at the desk."""
    return actions.submit_practice(make_practice(author, **changes), by=author)


def published(author: User, reviewer: User, **changes: Any) -> Practice:
    """A practice on the shelf, by the deeds that put it there."""
    practice = submitted(author, **changes)
    needed = judgement() if rules.needs_scores(rules.content_of(practice)) else {}
    return actions.publish_practice(practice, by=reviewer, **needed)


def public(author: User, reviewer: User, safety_reviewer: User, **changes: Any) -> Practice:
    """A practice that everybody reads."""
    return actions.approve_public(published(author, reviewer, visibility="publik", **changes), by=safety_reviewer)


FULL = {
    "author_role": "Pendamping",
    "regencies": ["33.01"],
    "location_precision": "provinsi",
    "area_role": [],
    "context": sentence(90),
    "process_stage": ["perekrutan"],
    "objective": sentence(20),
    "actors": [{"actor": "Kantor desa", "sector_5k": "", "role": "Menyediakan tempat"}],
    "resources": [{"kind": "Relawan", "amount": "empat orang", "source": "Desa"}],
    "indicators": [],
    "evidence_basis": sentence(20),
    "success_factors": [sentence(6)],
    "unintended": sentence(8),
    "preconditions": sentence(12),
    "adaptation": sentence(18),
    "licence": "cc-by-sa-4.0",
}


def judgement(**more: Any) -> dict[str, Any]:
    """What a reviewer says who approves a practice that claims more than a quick note."""
    return {
        "scores": dict.fromkeys(words.terms("practice_criteria"), 2),
        "comments": {"criteria_scores": "Data pemantauan mendukungnya."},
    } | more


def full(author: User, **changes: Any) -> Practice:
    """A whole draft of the full form: a good practice."""
    return make_practice(author, **FULL | {"document_kind": "praktik-baik", "evidence_level": "menjanjikan"} | changes)


def full_published(author: User, reviewer: User, **changes: Any) -> Practice:
    """A good practice on the shelf."""
    return published(author, reviewer, **FULL | {"document_kind": "praktik-baik", "evidence_level": "menjanjikan"} | changes)


def reported(practice: Practice, by: User, *, province: str = "33", **told: Any) -> AdaptationReport:
    """A report that waits, for the first of the member's organisations."""
    organisation = told.pop("organisation", None) or Organisation.objects.joined_by(by).first()
    words_of_it = {"service_scale": "desa-kelurahan", "year": 2025, "outcome": "berhasil", "text": sentence(30)} | told
    return actions.report_adaptation(practice, by=by, organisation=organisation, province=province, **words_of_it)


def whole_full_form(organisation: Organisation | None, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the whole form of a practice, every cell of a table under its column."""
    content = whole_form(organisation) | FULL | {"as": "full", "document_kind": "praktik-baik", "evidence_level": "menjanjikan"}
    return cells_of(content | changes)


def long_content(**changes: Any) -> dict[str, Any]:
    """What a full practice of some 1,200 words says beside ``whole_content``."""
    longer = {"summary": sentence(110), "problem": sentence(150), "results": sentence(220), "what_failed": sentence(180)}
    longer |= {"steps": [sentence(45) for _step in range(8)], "lessons": [sentence(30) for _lesson in range(4)]}
    return FULL | longer | changes


def document_content(**changes: Any) -> dict[str, Any]:
    """What makes ``whole_content`` a document: its own kind and facts, and the statements of its record."""
    return {
        "title": "Peraturan Desa tentang Pelindungan Pekerja Migran",
        "document_kind": "regulasi",
        "issuer": "Pemerintah Desa Tikar",
        "document_number": "Nomor 3 Tahun 2024",
        "period_start": date(2024, 1, 1),
        "location_precision": "provinsi",
        "legal_status": "berlaku",
        "valid_as_of": date(2026, 3, 31),
        "body": sentence(40),
        "mandate": ["kebijakan-desa"],
        "consent_declaration": ["boleh-dibagikan", "tanpa-identitas", "tanpa-rumah-aman"],
        "licence": "cc-by-sa-4.0",
    } | changes


def whole_document_form(organisation: Organisation | None, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the short record of a document."""
    return {
        "as": "document",
        "title": "Peraturan Desa tentang Pelindungan Pekerja Migran",
        "language": "id",
        "document_kind": "regulasi",
        "summary": sentence(30),
        "issuer": "Pemerintah Desa Tikar",
        "document_number": "Nomor 3 Tahun 2024",
        "period_start": "2024",
        "provinces": ["33"],
        "location_precision": "provinsi",
        "organisation": organisation.pk if organisation else "",
        "legal_status": "berlaku",
        "valid_as_of": "2026-03-31",
        "body": sentence(40),
        "mandate": ["kebijakan-desa"],
        "consent_status": "tanpa-subjek",
        "consent_declaration": ["boleh-dibagikan", "tanpa-identitas", "tanpa-rumah-aman"],
        "sensitivity": "umum",
        "visibility": "jaringan",
        "licence": "cc-by-sa-4.0",
    } | changes


def posted(fields: dict[str, Any]) -> QueryDict:
    """Fields as a browser sends them: a list is sent once for each value."""
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def cells_of(content: dict[str, Any]) -> dict[str, Any]:
    """Tables as a browser sends them: for each column the cells of all rows."""
    tables = {name: rows for name, rows in content.items() if isinstance(rows, list) and rows and isinstance(rows[0], dict)}
    sent = {name: value for name, value in content.items() if name not in tables}
    for name, rows in tables.items():
        sent |= {f"{name}-{column}": [row[column] for row in rows] for column in rows[0]}
    return sent
