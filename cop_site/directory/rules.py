"""What an entry may say: asked by forms, deeds and imports alike."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cop_site.core import text
from cop_site.screening import refusing, watching
from cop_site.screening.guard import FieldFinding, screen
from cop_site.screening.refusing import Problem
from cop_site.vocabulary import selectors as words

from . import doors
from .choices import Capacity, Country, Language
from .models import Listing, Unwanted

OF_THE_ORGANISATION = ("name", "abbreviation", "kind")
OF_THE_ENTRY = (
    *("about_id", "about_en", "offers_id", "offers_en", "sector_5k", "service_scale", "mandate", "provinces", "regencies", "countries"),
    *("languages", "target_group", "capacity", "capacity_until", "hours", "links", "has_conflict", "conflict_note"),
)
COLUMNS = OF_THE_ORGANISATION + OF_THE_ENTRY
CHANGE_OFTEN = frozenset({"capacity", "capacity_until", "hours"})  # nobody has to read these before everybody does
LISTS_OF_TERMS = ("sector_5k", "service_scale", "mandate", "target_group")
TEXTS = ("name", "abbreviation", "about_id", "about_en", "offers_id", "offers_en", "hours", "conflict_note")
LONGEST = {
    "name": 160,
    "abbreviation": 30,
    **dict.fromkeys(("about_id", "about_en", "offers_id", "offers_en"), 1200),
    "hours": 160,
    "conflict_note": 300,
}
MOST_MANDATES, MOST_LINKS, LONGEST_LINK = 5, 10, 300
# Where somebody is has no place here, whatever the guard elsewhere lets pass with a reason.
PLACES = frozenset({"address", "shelter_location", "map_link", "coordinates"})
LABELS = {
    "name": gettext_noop("Name of the organisation"),
    "abbreviation": gettext_noop("Abbreviation"),
    "kind": gettext_noop("Kind of organisation"),
    "about_id": gettext_noop("What it does, in Indonesian"),
    "about_en": gettext_noop("What it does, in English"),
    "offers_id": gettext_noop("What it offers, in Indonesian"),
    "offers_en": gettext_noop("What it offers, in English"),
    "sector_5k": gettext_noop("5K sector"),
    "service_scale": gettext_noop("Scale of service"),
    "mandate": gettext_noop("Mandates"),
    "provinces": gettext_noop("Provinces served"),
    "regencies": gettext_noop("Districts served"),
    "countries": gettext_noop("Countries served"),
    "languages": gettext_noop("Languages spoken"),
    "target_group": gettext_noop("Whom it works for"),
    "capacity": gettext_noop("Capacity"),
    "capacity_until": gettext_noop("Capacity holds until"),
    "hours": gettext_noop("Hours"),
    "links": gettext_noop("Links"),
    "has_conflict": gettext_noop("Conflict of interest"),
    "conflict_note": gettext_noop("About the conflict of interest"),
}
_LEGAL_FORMS = frozenset("yayasan perkumpulan perhimpunan lembaga lsm ngo pt cv foundation association tbk".split())
_SHORTEST_KEY = 3


class NotReady(refusing.NotReady):
    """A deed refused because of what the entry would say; its problems stand at columns."""

    def about_findings(self) -> str:
        return _("There are details in it that must not be stored here.")


def label(column: str) -> str:
    """What a column is called on pages."""
    return _(LABELS[column])


def content_of(listing: Listing) -> dict[str, Any]:
    """What the entry says, by column; its organisation's name is part of it."""
    said = {column: getattr(listing.organisation, column) for column in OF_THE_ORGANISATION}
    return said | {column: getattr(listing, column) for column in OF_THE_ENTRY}


def tidied(content: Mapping[str, Any]) -> dict[str, Any]:
    """Texts in order, lists without doubles, and each district with its province."""
    if unknown := set(content) - set(COLUMNS):
        raise ValueError(f"An entry has no {sorted(unknown)}.")
    tidy = {column: _tidy(column, value) for column, value in content.items()}
    if "regencies" in tidy or "provinces" in tidy:
        around = [words.regencies()[code].province_id for code in tidy.get("regencies", []) if code in words.regencies()]
        tidy["provinces"] = sorted({*tidy.get("provinces", []), *around})
    return tidy


def _tidy(column: str, value: Any) -> Any:
    if isinstance(value, str):
        return text.normal(value).strip() if column.startswith(("about", "offers")) else text.one_line(value)
    if column == "links":
        return list(dict.fromkeys(text.one_line(link) for link in value if link.strip()))
    return list(dict.fromkeys(value)) if isinstance(value, (list, tuple)) else value


def as_stored(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as a revision keeps it."""
    return {column: value.isoformat() if isinstance(value, date) else value for column, value in content.items()}


# --- what stands in the way


def problems_in(content: Mapping[str, Any]) -> list[Problem]:
    """What an entry with this content lacks or breaks."""
    return [*_missing(content), *_unknown(content), *_too_much(content), *_links(content)]


def _missing(content: Mapping[str, Any]) -> Iterator[Problem]:
    if not content.get("name"):
        yield Problem("name", _("Please give the name."))
    if content.get("has_conflict") and not content.get("conflict_note"):
        yield Problem("conflict_note", _("Please say in a sentence what the conflict of interest is."))
    if content.get("capacity_until") and not content.get("capacity"):
        yield Problem("capacity", _("Please say what holds until that day."))


def _unknown(content: Mapping[str, Any]) -> Iterator[Problem]:
    known: dict[str, Any] = {name: words.terms(name) for name in LISTS_OF_TERMS}
    known |= {"provinces": words.provinces(), "regencies": words.regencies(), "countries": Country.values, "languages": Language.values}
    known |= {"kind": words.terms("organisation_kind"), "capacity": Capacity.values}
    for column, allowed in known.items():
        given = content.get(column) or []
        for value in [given] if isinstance(given, str) else given:
            if value not in allowed:
                yield Problem(column, _("%(field)s: there is no “%(slug)s”.") % {"field": label(column), "slug": value})


def _too_much(content: Mapping[str, Any]) -> Iterator[Problem]:
    for column, most in LONGEST.items():
        if len(content.get(column) or "") > most:
            yield Problem(column, _("%(field)s: at most %(number)d characters.") % {"field": label(column), "number": most})
    for column, most in (("mandate", MOST_MANDATES), ("links", MOST_LINKS)):
        if len(content.get(column) or []) > most:
            yield Problem(column, _("%(field)s: at most %(number)d.") % {"field": label(column), "number": most})


def _links(content: Mapping[str, Any]) -> Iterator[Problem]:
    for link in content.get("links") or []:
        if not is_web_address(link):
            yield Problem("links", _("A link begins with https:// and has at most %(number)d characters.") % {"number": LONGEST_LINK})
            return


def is_web_address(link: str) -> bool:
    """A whole address with a plain host, over a safe connection."""
    return len(link) <= LONGEST_LINK and bool(re.fullmatch(r"https://[a-z0-9.-]+\.[a-z0-9-]{2,}(?:[/?#]\S*)?", link, re.IGNORECASE))


# --- the guard


def findings_in(content: Mapping[str, Any]) -> list[FieldFinding]:
    """What the guard finds in the texts and links of an entry."""
    found = doors.findings_in(texts_of(content))
    for index, link in enumerate(content.get("links") or []):
        found += [FieldFinding("links", index, hit.type, hit.action, hit.start, hit.end) for hit in screen(link, kind="url")]
    return found


def flagged(listing: Listing) -> dict[str, Any]:
    """Watched words in an entry: a fact for the journal, so that a moderator looks at it."""
    return watching.flagged(texts_of(content_of(listing)))


def texts_of(content: Mapping[str, Any]) -> dict[str, str]:
    """What an entry says in words."""
    return {column: content[column] for column in TEXTS if content.get(column)}


def refused(findings: list[FieldFinding]) -> list[FieldFinding]:
    """Those with which nothing is stored: personal data, and everything that tells a place."""
    return [finding for finding in findings if finding.action == "block" or finding.type in PLACES]


def refuse_unless_fit(content: Mapping[str, Any]) -> None:
    """Go on only with content that keeps the rules and holds nothing that the guard refuses."""
    problems, findings = problems_in(content), refused(findings_in(content))
    if problems or findings:
        raise NotReady(problems, findings)


def refuse_personal_data(**texts: str) -> None:
    """Reasons, notes, questions and answers pass the guard like every other text."""
    if findings := refused(doors.findings_in(texts)):
        raise NotReady([], findings)


# --- who does not want to stand here


def folded(name: str) -> str:
    """A name for comparing: without case, signs, what stands in brackets, and words for its legal form."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", name)).encode("ascii", "ignore").decode().casefold()
    said = re.findall(r"[a-z0-9]+", plain)
    return " ".join([word for word in said if word not in _LEGAL_FORMS] or said)


def is_unwanted(name: str, abbreviation: str = "", slug: str = "") -> bool:
    """Whether this is an organisation that asked not to stand in the directory, as far as names can tell."""
    return bool(_keys(name, abbreviation, slug) & unwanted_keys())


def unwanted_keys() -> set[str]:
    """The names under which such organisations are known."""
    flagged = Unwanted.objects.values_list("organisation__name", "organisation__abbreviation", "organisation__slug")
    return {key for name, abbreviation, slug in flagged for key in _keys(name, abbreviation, slug)}


def _keys(*names: str) -> set[str]:
    return {key for key in map(folded, names) if len(key) >= _SHORTEST_KEY}
