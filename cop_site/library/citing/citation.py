"""What a citation says of a practice or document, as one reader may know it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.core.templatetags.page import path_in
from cop_site.vocabulary import selectors as words

from .. import policy
from ..models import Practice

DEEDS = {
    "cc-by-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc-by-nc-sa-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
}
INTERNAL = "internal"
SUBJECTS = ("mandate", "service_scale", "trafficking_form", "practice_type", "target_group")  # columns, and their vocabularies

# What no XML may hold, however it is escaped, and what turns the reading direction of the words around it.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The columns that a citation reads: what is written for thousands of rows reads no others.
COLUMNS = """
    slug language title summary document_kind practice_type organisation organisation_hidden service_scale mandate provinces regencies
    location_precision period_start trafficking_form target_group evidence_level evidence_level_set licence issuer document_number visibility
    first_published_at last_published_at shelf_changed_at
""".split()


@dataclass(frozen=True)
class Citation:
    """A source in plain words of one line each; every format is a function of this and of nothing else."""

    key: str
    kind: str
    kind_label: str
    title: str
    author: str
    publisher: str
    language: str
    url: str
    year: int | None = None
    number: str = ""
    abstract: str = ""
    subjects: tuple[tuple[str, tuple[str, ...]], ...] = ()  # column -> labels
    places: tuple[str, ...] = ()
    evidence: str = ""
    licence: str = ""
    licence_url: str = ""
    level: str = ""
    published_on: date | None = None
    changed_on: date | None = None
    notes: tuple[str, ...] = ()

    @property
    def keywords(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(label for _column, labels in self.subjects for label in labels))

    @property
    def is_by_the_site(self) -> bool:
        """Where no organisation is named, the site stands for it."""
        return self.author == self.publisher

    @property
    def note(self) -> str:
        return " ".join(self.notes)


def plain(said: str) -> str:
    """``said`` as one line that every format can hold."""
    return " ".join(_UNWRITABLE.sub("", unicodedata.normalize("NFC", said)).split())


def citation_of(practice: Practice, *, viewer: Any) -> Citation:
    """How ``viewer`` cites a text that she may see: in the words of her language, and naming whom she may know of."""
    is_public = practice.visibility == Level.PUBLIC
    licence = practice.licence if is_public else INTERNAL
    return Citation(
        key=practice.slug,
        kind=practice.document_kind,
        kind_label=plain(words.label("document_kind", practice.document_kind)),
        title=plain(practice.title),
        author=_author(practice, viewer),
        publisher=settings.SITE_NAME,
        language=practice.language,
        url=permanent_url(practice),
        year=_year(practice),
        number=plain(practice.document_number),
        abstract=plain(practice.summary),
        subjects=tuple((column, _labels(practice, column)) for column in SUBJECTS),
        places=tuple(plain(place.name) for place in (*practice.shown_regencies, *practice.shown_provinces)),
        evidence=plain(words.label("evidence_level", practice.evidence)) if practice.evidence else "",
        licence=plain(words.label("content_licence", licence)) if licence else "",
        licence_url=DEEDS.get(licence, ""),
        level=str(Level(practice.visibility).label),
        published_on=_day(practice.first_published_at),
        changed_on=_day(practice.shelf_changed_at or practice.last_published_at),
        notes=tuple(_notes(is_public)),
    )


def permanent_url(practice: Practice) -> str:
    """The address to cite: the same in every language of the reader."""
    return settings.SITE_URL + path_in(settings.LANGUAGE_CODE, practice.get_absolute_url())


def _author(practice: Practice, viewer: Any) -> str:
    """Whoever issued a document; else the organisation, where it may be named; else the site."""
    if practice.is_document and practice.issuer.strip():
        return plain(practice.issuer)
    hidden = practice.organisation_hidden and not policy.sees_hidden_organisation(viewer)
    return plain(practice.organisation.name) if practice.organisation and not hidden else settings.SITE_NAME


def _year(practice: Practice) -> int | None:
    """A document's own year; of a practice, when it came out here (the year of what it tells of is another thing)."""
    if practice.is_document and practice.year:
        return practice.year
    came_out = _day(practice.first_published_at)
    return came_out.year if came_out else None


def _day(moment: Any) -> date | None:
    return timezone.localdate(moment) if moment else None


def _labels(practice: Practice, column: str) -> tuple[str, ...]:
    return tuple(plain(words.label(column, slug)) for slug in getattr(practice, column))


def _notes(is_public: bool) -> list[str]:
    notes = [] if is_public else [_("For readers inside the network only; please do not pass it on.")]
    return notes + ([_("Everything on this site is invented: for demonstration.")] if settings.IS_DEMO else [])
