"""How the guard's findings are told to whoever typed them: what kind, where, what to do. Never the value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.screening.guard import FieldFinding, masked_excerpt

TITLES = {
    "nik": gettext_lazy("There is an identity number"),
    "kk": gettext_lazy("There is a family card number"),
    "passport": gettext_lazy("There is a passport number"),
    "npwp": gettext_lazy("There is a tax number"),
    "bpjs": gettext_lazy("There is a social insurance number"),
    "driving_licence": gettext_lazy("There is a driving licence number"),
    "seafarer_id": gettext_lazy("There is a seafarer’s number"),
    "pmi_id": gettext_lazy("There is a migrant worker’s number"),
    "birth_certificate": gettext_lazy("There is a birth certificate number"),
    "student_id": gettext_lazy("There is a student number"),
    "phone": gettext_lazy("There is a phone number"),
    "phone_foreign": gettext_lazy("There is a foreign phone number"),
    "messaging_link": gettext_lazy("There is a link to a private chat"),
    "email": gettext_lazy("There is an e-mail address"),
    "social_handle": gettext_lazy("There is somebody’s account on social media"),
    "bank_account": gettext_lazy("There is a bank account number"),
    "payment_card": gettext_lazy("There is a payment card number"),
    "shelter_location": gettext_lazy("There is a clue to where a shelter is"),
    "address": gettext_lazy("There is an address"),
    "map_link": gettext_lazy("There is a link to a place on a map"),
    "coordinates": gettext_lazy("There are coordinates"),
    "child_name": gettext_lazy("There is a child’s name"),
    "person_name": gettext_lazy("There is a person’s name"),
    "health": gettext_lazy("There is somebody’s health"),
    "birth_date": gettext_lazy("There is a date of birth"),
}


@dataclass(frozen=True)
class Shown:
    """One finding as a page shows it at its field."""

    action: str
    title: str
    before: str
    mask: str
    after: str
    advice: str
    index: int | None = None


def shown(content: Mapping[str, Any], findings: Iterable[FieldFinding]) -> dict[str, list[Shown]]:
    """The findings by field, with their places masked."""
    told: dict[str, list[Shown]] = {}
    by_text: dict[tuple[str, int | None], list[FieldFinding]] = {}
    for finding in findings:
        by_text.setdefault((finding.field, finding.index), []).append(finding)
    for (field, index), found in by_text.items():
        words = content[field] if index is None else content[field][index]
        told.setdefault(field, []).extend(_shown(words, finding, found) for finding in found)
    return told


def _shown(words: str, finding: FieldFinding, others: Sequence[FieldFinding]) -> Shown:
    before, mask, after = masked_excerpt(words, finding, others=others)
    starts_inside, ends_inside = finding.start > len(before), finding.end + len(after) < len(words)
    return Shown(
        action=finding.action,
        title=str(TITLES.get(finding.type, _("There is personal data"))),
        before=f"… {before}" if starts_inside else before,
        mask=mask,
        after=f"{after} …" if ends_inside else after,
        advice=_("It could show who or where somebody is. Remove it, then save. The story stands without it."),
        index=finding.index,
    )
