"""How the guard's findings are told to whoever typed them: what kind, where, what to do. Never the value."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cop_site.screening.guard import FieldFinding, masked_excerpt
from cop_site.screening.kinds import kind_of

from . import fixing


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
    fix: str = ""  # what a button sends that offers to put something else in its place
    fix_label: str = ""


def shown(
    content: Mapping[str, Any], findings: Iterable[FieldFinding], *, fixable: Collection[str] = (), language: str = "id"
) -> dict[str, list[Shown]]:
    """The findings by field, with their places masked; in ``fixable`` fields with an offer of other words."""
    told: dict[str, list[Shown]] = {}
    by_text: dict[tuple[str, int | None], list[FieldFinding]] = {}
    for finding in findings:
        by_text.setdefault((finding.field, finding.index), []).append(finding)
    for (field, index), found in by_text.items():
        words = content[field] if index is None else content[field][index]
        offers = [fixing.offer(words, finding, language) if field in fixable else {} for finding in found]
        told.setdefault(field, []).extend(_shown(words, one, found, **offer) for one, offer in zip(found, offers, strict=True))
    return told


def _shown(words: str, finding: FieldFinding, others: Sequence[FieldFinding], **offer: str) -> Shown:
    before, mask, after = masked_excerpt(words, finding, others=others)
    starts_inside, ends_inside = finding.start > len(before), finding.end + len(after) < len(words)
    kind = kind_of(finding.type, finding.action)
    return Shown(
        action=finding.action,
        title=str(kind.title),
        before=f"… {before}" if starts_inside else before,
        mask=mask,
        after=f"{after} …" if ends_inside else after,
        advice=str(kind.advice),
        index=finding.index,
        **offer,
    )
