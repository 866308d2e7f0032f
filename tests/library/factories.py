"""Whole practices: all that the review desk asks for, nothing that the guard would find."""

from datetime import date
from typing import Any

from cop_site.accounts.models import Organisation, User
from cop_site.library import actions
from cop_site.library.models import Practice


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
    return actions.publish_practice(submitted(author, **changes), by=reviewer)


def public(author: User, reviewer: User, safety_reviewer: User, **changes: Any) -> Practice:
    """A practice that everybody reads."""
    return actions.approve_public(published(author, reviewer, visibility="publik", **changes), by=safety_reviewer)
