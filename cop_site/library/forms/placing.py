"""How a moderator is shown what the guard found in a held text: in its words, except what nobody may let pass."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cop_site.screening.guard import NEVER_OVERRIDDEN, FieldFinding, masked_excerpt
from cop_site.screening.kinds import kind_of

from .. import template
from ..selectors.guarding import FILE_NAMES, FILE_TEXTS, Held

AROUND = 120


@dataclass(frozen=True)
class Place:
    """One finding: what kind, in which field, and the words around it."""

    title: str
    field: str
    before: str
    value: str
    after: str
    is_final: bool


def places(held: Held) -> list[Place]:
    """The findings of a held text, as its moderator reads them."""
    return [_place(held, finding) for finding in held.findings]


def _place(held: Held, finding: FieldFinding) -> Place:
    said = held.texts[finding.field]
    words = said if isinstance(said, str) else said[finding.index or 0]
    is_final = finding.type in NEVER_OVERRIDDEN
    others = [other for other in held.findings if (other.field, other.index) == (finding.field, finding.index)]
    before, mask, after = masked_excerpt(words, finding, around=AROUND, others=others)
    return Place(
        title=str(kind_of(finding.type, finding.action).title),
        field=_label(finding.field),
        before=before,
        value=mask if is_final else words[finding.start : finding.end],
        after=after,
        is_final=is_final,
    )


def _label(field: str) -> str:
    ours = {FILE_NAMES: _("Name of a file"), FILE_TEXTS: _("A file, or what is said of it"), "warn_reason": _("Why it stays as written")}
    return ours.get(field) or (template.any_field(field).label if field in template.fields() else field)
