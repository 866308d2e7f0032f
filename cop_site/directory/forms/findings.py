"""How the guard's findings are told to whoever typed them: what kind, where, what to do. Never the value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cop_site.screening.guard import FieldFinding, masked_excerpt
from cop_site.screening.kinds import kind_of


@dataclass(frozen=True)
class Shown:
    """One finding as a page shows it at its field."""

    action: str
    title: str
    before: str
    mask: str
    after: str
    advice: str


def shown(content: Mapping[str, str | Sequence[str]], findings: Iterable[FieldFinding]) -> dict[str, list[Shown]]:
    """The findings by field, with their places masked; in a field of several texts, text by text."""
    by_text: dict[tuple[str, int | None], list[FieldFinding]] = {}
    for finding in findings:
        by_text.setdefault((finding.field, finding.index), []).append(finding)
    told: dict[str, list[Shown]] = {}
    for (field, index), found in by_text.items():
        said = str(content[field] if index is None else content[field][index])
        told.setdefault(field, []).extend(_shown(said, one, found) for one in found)
    return told


def _shown(words: str, finding: FieldFinding, others: list[FieldFinding]) -> Shown:
    before, mask, after = masked_excerpt(words, finding, others=others)
    starts_inside, ends_inside = finding.start > len(before), finding.end + len(after) < len(words)
    kind = kind_of(finding.type, finding.action)
    return Shown(
        action="block",  # whatever it is called elsewhere: nothing is stored with it here
        title=str(kind.title),
        before=f"… {before}" if starts_inside else before,
        mask=mask,
        after=f"{after} …" if ends_inside else after,
        advice=str(kind.advice),
    )
