"""What a member may choose from in the share form, and the line that helps to choose."""

from django.utils.translation import gettext as _

from cop_site.accounts.models import Level
from cop_site.vocabulary import selectors as words

from .. import rules, template

# "Withdrawn" leads to a deed of its own, once there is something to withdraw; what may not be stored at all is no choice.
CONSENT_WITHDRAWN = "ditarik"
NEVER_OFFERED = {"consent_status": {CONSENT_WITHDRAWN}, "sensitivity": {"terlarang"}}
# What a quick note may say; the other choices are on offer there too, and open the full form.
OF_A_QUICK_NOTE = {"document_kind": rules.QUICK_KINDS, "evidence_level": rules.QUICK_EVIDENCE}

Choices = list[tuple[str, str]]


def of(field: template.Field, chosen: str = "") -> Choices:
    """Slugs and labels for one field; ``chosen`` stays on offer, wherever it came from."""
    if field.options:
        return field.options
    vocabulary = field.vocabulary
    never = NEVER_OFFERED.get(field.key, set()) - {chosen}
    offered = field.told.get("allowed") or words.terms(vocabulary)
    return words.choices(vocabulary, [slug for slug in words.terms(vocabulary) if slug in offered and slug not in never])


def helps(field: template.Field, *, is_quick: bool = False) -> dict[str, str]:
    """One line of help for each choice that has a definition, or that a quick note cannot carry."""
    if field.key == "visibility":
        return levels()
    told = {slug: term.definition for slug, term in words.terms(field.vocabulary).items()}
    if is_quick and field.key in OF_A_QUICK_NOTE:
        more = {slug: _("Asks for the full form.") for slug in told.keys() - set(OF_A_QUICK_NOTE[field.key])}
        told |= {slug: f"{told[slug]} {words_of_it}".strip() for slug, words_of_it in more.items()}
    return {slug: line for slug, line in told.items() if line}


def levels() -> dict[str, str]:
    """Who can see what has each level, said to the person who chooses."""
    return {
        Level.PUBLIC: _(
            "Everybody, search engines too. It waits for a safety review by somebody of another organisation; until then members see it."
        ),
        Level.NETWORK: _("The usual choice. Verified members; researchers and observers too. Never the public."),
        Level.CIRCLE: _("Only the people of one circle you are in."),
        Level.ORGANISATION: _("Only people who belong to the practice’s organisation."),
        Level.STEWARDS: _("Only moderators and the secretariat, and you."),
        Level.PRIVATE: _("Only you. A private draft is not reviewed."),
    }


def mandates_by_group() -> list[tuple[str, Choices]]:
    """The mandates under their five groups."""
    groups = words.terms("mandate_group")
    grouped: dict[str, Choices] = {slug: [] for slug in groups}
    for slug, term in words.terms("mandate").items():
        grouped.setdefault(term.attributes.get("group", ""), []).append((slug, term.label))
    return [(words.label("mandate_group", group), choices) for group, choices in grouped.items() if choices]


def provinces_by_island() -> list[tuple[str, Choices]]:
    """The provinces under their island groups."""
    grouped: dict[str, Choices] = {}
    for code, province in words.provinces().items():
        grouped.setdefault(province.island_group, []).append((code, province.name))
    return list(grouped.items())


def regencies() -> Choices:
    """Every regency and city; a page offers those of the chosen provinces (``layout``)."""
    return [(code, regency.name) for code, regency in words.regencies().items()]


def regencies_of(province: str) -> Choices:
    """The regencies and cities of one province."""
    return [(code, regency.name) for code, regency in words.regencies().items() if regency.province_id == province]


def yes_and_no() -> Choices:
    return [("yes", _("Yes")), ("no", _("No"))]
