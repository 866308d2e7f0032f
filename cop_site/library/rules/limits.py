"""How wide a text may be read, how strong it may call its evidence: rules r1 to r4 and r7."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words

from .. import policy, template
from ..models import PERSONAL_CONSENT
from .words import Problem, content_of

# quick_form_rule of the template: a quick note carries no more evidence than a pilot, and is no "good practice" yet.
QUICK_EVIDENCE = ["gagasan", "rintisan"]
QUICK_KINDS = ["studi-kasus", "pelajaran", "inovasi"]
CHILD_CONSENT = {"tanpa-subjek", "komposit", "anak-wali"}
COARSE_PLACES = {"provinsi", "nasional", "tanpa-lokasi"}


def wants_full_form(content: Mapping[str, Any]) -> bool:
    """Whether a practice claims more than a quick note may: then every field that publishing needs is needed."""
    return content.get("document_kind") == "praktik-baik" or content.get("evidence_level") not in {*QUICK_EVIDENCE, "", None}


def broken_rules(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Which of the template's rules ``content`` breaks, whatever else it lacks."""
    if _wider(content.get("visibility"), widest_for(content)):
        yield Problem("visibility", template.rule("r1"))
    if content.get("children_involved") and not _fits_children(content):
        yield Problem("children_involved", template.rule("r2"))
    if content.get("evidence_level") in QUICK_EVIDENCE and content.get("document_kind") == "praktik-baik":
        yield Problem("document_kind", template.rule("r7"))
    if content.get("consent_status") == "ditarik":
        yield Problem("consent_status", template.rule("r4"))
    if content.get("period_start") and content.get("period_end") and content["period_end"] < content["period_start"]:
        yield Problem("period_end", _("The end lies before the beginning."))


def widest_for(content: Mapping[str, Any]) -> str | None:
    """The widest level that the sensitivity of ``content`` allows; None where it may not be stored at all."""
    term = words.terms("sensitivity").get(content.get("sensitivity") or "terbatas")
    return term.attributes.get("max_visibility") if term else Level.PRIVATE


def _wider(level: str | None, widest: str | None) -> bool:
    if widest is None:
        return True
    return bool(level) and Level(level).width > Level(widest).width


def _fits_children(content: Mapping[str, Any]) -> bool:
    """Rule r2: at most the network, only consent that fits children, no place finer than the province."""
    narrow = not _wider(content.get("visibility"), Level.NETWORK)
    consent = content.get("consent_status") in {*CHILD_CONSENT, "", None}
    return narrow and consent and content.get("location_precision", "provinsi") in COARSE_PLACES


def problems_with_public(practice: Any) -> list[Problem]:
    """Why a published practice may not go public (rules r1, r2, r3)."""
    return problems_of_public(content_of(practice)) + problems_with_original(practice, level=Level.PUBLIC)


def problems_with_original(practice: Any, *, level: str = "") -> list[Problem]:
    """Why what is made from something else may not be shown to its audience, or to ``level``: fewer people may see that."""
    if practice.stays_inside and (practice.wants_public or level == Level.PUBLIC):
        return [Problem("visibility", _("This grew out of a talk inside the network: it is read by nobody outside."))]
    original = practice.translation_of
    if original is None or (policy.is_no_wider(practice, original) and level in {"", original.visibility}):
        return []
    return [Problem("visibility", _("A translation is shown to nobody who may not see the original."))]


def problems_of_public(content: Mapping[str, Any]) -> list[Problem]:
    """Why nothing with this ``content`` may be public, in a practice or in a record that comes in."""
    found = list(broken_rules({**content, "visibility": Level.PUBLIC}))
    if content.get("consent_status") in PERSONAL_CONSENT and content.get("location_precision", "provinsi") not in COARSE_PLACES:
        found.append(Problem("location_precision", template.rule("r3")))
    return found
