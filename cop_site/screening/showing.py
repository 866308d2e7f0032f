"""How the guard's findings are told to whoever typed them: what kind, where, what to do. Never the value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .guard import FieldFinding, masked_excerpt
from .kinds import kind_of

Offer = Callable[[str, FieldFinding], Mapping[str, str]]


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


def no_offer(words: str, finding: FieldFinding) -> Mapping[str, str]:
    return {}


def shown(
    content: Mapping[str, Any], findings: Iterable[FieldFinding], *, offer: Offer = no_offer, action: str = ""
) -> dict[str, list[Shown]]:
    """The findings by field, with their places masked; in a field of several texts, text by text.

    ``offer`` says what a button beside a finding sends and is called; ``action`` stands for the guard's own where a rule is stricter.
    """
    by_text: dict[tuple[str, int | None], list[FieldFinding]] = {}
    for finding in findings:
        by_text.setdefault((finding.field, finding.index), []).append(finding)
    told: dict[str, list[Shown]] = {}
    for (field, index), found in by_text.items():
        words = str(content[field] if index is None else content[field][index])
        told.setdefault(field, []).extend(_shown(words, one, found, action or one.action, offer(words, one)) for one in found)
    return told


def _shown(words: str, finding: FieldFinding, others: Sequence[FieldFinding], action: str, offer: Mapping[str, str]) -> Shown:
    before, mask, after = masked_excerpt(words, finding, others=others)
    starts_inside, ends_inside = finding.start > len(before), finding.end + len(after) < len(words)
    kind = kind_of(finding.type, finding.action)
    return Shown(
        action=action,
        title=str(kind.title),
        before=f"… {before}" if starts_inside else before,
        mask=mask,
        after=f"{after} …" if ends_inside else after,
        advice=str(kind.advice),
        index=finding.index,
        **offer,
    )
