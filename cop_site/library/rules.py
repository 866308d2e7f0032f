"""When a practice may be kept, handed in, published: the template's rules, asked by forms, deeds and imports alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.accounts.models import Level
from cop_site.core.text import count_words
from cop_site.screening.guard import FieldFinding, screen_fields
from cop_site.vocabulary import selectors as words

from . import template
from .models import PERSONAL_CONSENT

# quick_form_rule of the template: a quick note carries no more evidence than a pilot, and is no "good practice" yet.
QUICK_EVIDENCE = ["gagasan", "rintisan"]
QUICK_KINDS = ["studi-kasus", "pelajaran", "inovasi"]
CHILD_CONSENT = {"tanpa-subjek", "komposit", "anak-wali"}
STORIES = {"persetujuan-tertulis", "persetujuan-lisan", "anak-wali"}
COARSE_PLACES = {"provinsi", "nasional", "tanpa-lokasi"}

# Template keys whose column has another name, or more than one.
COLUMNS = {"region": ("provinces", "regencies"), "period": ("period_start", "period_end")}


@dataclass(frozen=True)
class Problem:
    """What stands in the way, at which field (a column of ``Practice``), in the reader's language."""

    field: str
    sentence: str
    beside_the_field: str = ""  # the same, where the field's name stands there already

    @property
    def short(self) -> str:
        return self.beside_the_field or self.sentence


class NotReady(ValidationError):
    """A deed refused because of what the practice says; carries ``problems`` and ``findings``."""

    def __init__(self, problems: list[Problem], findings: list[FieldFinding]) -> None:
        super().__init__([problem.sentence for problem in problems] or [template.rule("r8")])
        self.problems, self.findings = problems, findings


def text_fields() -> list[str]:
    """Columns that hold members' words: all of them pass the guard (rule r8)."""
    return [key for key, field in template.quick_form().items() if field.is_text] + ["context"]


def findings_in(content: dict[str, Any]) -> list[FieldFinding]:
    """What the personal-data guard finds in the texts of ``content``."""
    return list(screen_fields({key: content[key] for key in text_fields() if content.get(key)}))


def blocking(findings: list[FieldFinding]) -> list[FieldFinding]:
    """Those that keep a text from everybody but its author."""
    return [finding for finding in findings if finding.action == "block"]


def problems_in(content: dict[str, Any], *, to_publish: bool) -> list[Problem]:
    """What ``content`` still lacks or breaks, for a draft or for the review desk."""
    return [*_missing(content, to_publish=to_publish), *_unknown(content), *_too_much(content), *broken_rules(content, to_publish)]


def _missing(content: dict[str, Any], *, to_publish: bool) -> Iterator[Problem]:
    for key, field in template.quick_form().items():
        needed = field.needed_to_publish if to_publish else field.needed_for_draft
        column = COLUMNS.get(key, (key,))[0]
        if needed and content.get(column) in (None, "", []):
            yield Problem(column, _("Still empty: %(field)s.") % {"field": field.label}, _("Still empty."))
    if to_publish:
        yield from _too_few(content)


def _too_few(content: dict[str, Any]) -> Iterator[Problem]:
    for key, field in template.quick_form().items():
        least = field.told.get("min_items", 0)
        if least and content.get(key) and len(content[key]) < least:
            sentence = ngettext("%(field)s: at least %(number)d.", "%(field)s: at least %(number)d.", least)
            yield Problem(key, sentence % {"field": field.label, "number": least})
    if set(content.get("consent_declaration") or []) != set(dict(template.fields()["consent_declaration"].options)):
        yield Problem("consent_declaration", _("Please tick every statement; each protects somebody."))


def _unknown(content: dict[str, Any]) -> Iterator[Problem]:
    """Slugs that no vocabulary knows: the one place where lists of slugs are checked."""
    for key, field in template.quick_form().items():
        known = known_slugs(field)
        given = content.get(key)
        for slug in (given if isinstance(given, list) else [given]) if known and given else []:
            if slug not in known:
                yield Problem(key, _("%(field)s: there is no “%(slug)s”.") % {"field": field.label, "slug": slug})
    for column, places in (("provinces", words.provinces()), ("regencies", words.regencies())):
        for code in content.get(column) or []:
            if code not in places:
                yield Problem("provinces", _("There is no region with the code “%(code)s”.") % {"code": code})


def known_slugs(field: template.Field) -> set[str]:
    """The slugs that a field of the template takes; empty where it takes none."""
    if field.told.get("options"):
        return set(dict(field.options))
    if not field.vocabulary:
        return set()
    return set(field.told.get("allowed") or words.terms(field.vocabulary))


def _too_much(content: dict[str, Any]) -> Iterator[Problem]:
    for key, field in template.quick_form().items():
        given, most = content.get(key), field.told.get("max_items")
        if most and isinstance(given, list) and len(given) > most:
            yield Problem(key, _("%(field)s: at most %(number)d.") % {"field": field.label, "number": most})
        longest = field.words.get("max", 0) * template.REFUSED_FROM
        for words_of_it in (given if isinstance(given, list) else [given]) if longest and given else []:
            if count_words(words_of_it) > longest:
                sentence = _("%(field)s is much too long: please stay below %(number)d words.")
                yield Problem(key, sentence % {"field": field.label, "number": field.words["max"]})


def broken_rules(content: dict[str, Any], to_publish: bool) -> Iterator[Problem]:
    """Which of the template's rules ``content`` breaks, whatever else it lacks."""
    if _wider(content.get("visibility"), widest_for(content)):
        yield Problem("visibility", template.rule("r1"))
    if content.get("children_involved") and not _fits_children(content):
        yield Problem("children_involved", template.rule("r2"))
    if content.get("evidence_level") in QUICK_EVIDENCE and content.get("document_kind") == "praktik-baik":
        yield Problem("document_kind", template.rule("r7"))
    if to_publish and content.get("evidence_level") and content["evidence_level"] not in QUICK_EVIDENCE:
        yield Problem("evidence_level", _("The quick form carries an idea or a pilot; higher levels need the full form and two reviewers."))
    if content.get("consent_status") == "ditarik":
        yield Problem("consent_status", template.rule("r4"))
    if content.get("period_start") and content.get("period_end") and content["period_end"] < content["period_start"]:
        yield Problem("period_end", _("The end lies before the beginning."))


def widest_for(content: dict[str, Any]) -> str | None:
    """The widest level that the sensitivity of ``content`` allows; None where it may not be stored at all."""
    term = words.terms("sensitivity").get(content.get("sensitivity") or "terbatas")
    return term.attributes.get("max_visibility") if term else Level.PRIVATE


def _wider(level: str | None, widest: str | None) -> bool:
    if widest is None:
        return True
    return bool(level) and Level(level).width > Level(widest).width


def _fits_children(content: dict[str, Any]) -> bool:
    """Rule r2: at most the network, only consent that fits children, no place finer than the province."""
    narrow = not _wider(content.get("visibility"), Level.NETWORK)
    consent = content.get("consent_status") in {*CHILD_CONSENT, "", None}
    return narrow and consent and content.get("location_precision", "provinsi") in COARSE_PLACES


def problems_with_public(practice: Any) -> list[Problem]:
    """Why a published practice may not go public (rules r1, r2, r3)."""
    return problems_of_public(content_of(practice))


def problems_of_public(content: dict[str, Any]) -> list[Problem]:
    """Why nothing with this ``content`` may be public, in a practice or in a record that comes in."""
    found = list(broken_rules(content | {"visibility": Level.PUBLIC}, False))
    if content.get("consent_status") in PERSONAL_CONSENT and content.get("location_precision", "provinsi") not in COARSE_PLACES:
        found.append(Problem("location_precision", template.rule("r3")))
    return found


def content_of(practice: Any) -> dict[str, Any]:
    """The columns of a practice that its author fills."""
    keys = [column for key in template.quick_form() for column in COLUMNS.get(key, (key,))]
    return {key: getattr(practice, key) for key in [*keys, "context", "language", "location_precision", "organisation_hidden"]}
