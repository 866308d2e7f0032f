"""What changed between the published words of a practice and those that wait at the desk."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .. import template
from ..models import Practice
from . import telling

PIECE = re.compile(r"\s+|\S+")
# Matching costs the square of the length: beyond this a text is shown whole on both sides.
MOST_PIECES = 3000


@dataclass(frozen=True)
class Part:
    """A stretch of words: the same on both sides, or on one side only."""

    words: str
    is_other: bool


@dataclass(frozen=True)
class Change:
    key: str
    label: str
    before: list[Part]
    after: list[Part]


def changes(published: Practice, waiting: Practice) -> list[Change]:
    """Field by field, in the template's order; fields that say the same are left out."""
    found = []
    for key, field in template.form_of(waiting.document_kind).items():
        before, after = _text(published, field), _text(waiting, field)
        if before != after:
            found.append(Change(key, field.label, *_parts(before, after)))
    return found


def _text(practice: Practice, field: template.Field) -> str:
    if field.is_text:
        value = getattr(practice, field.key)
        return "\n".join(value) if isinstance(value, list) else value
    if field.is_table:
        return "\n".join(" | ".join(row) for row in telling.rows(practice, field))
    said = telling.plain(practice, field)
    return "\n".join(sorted(said)) if isinstance(said, list) else said  # ticks have no order of their own


def _parts(before: str, after: str) -> tuple[list[Part], list[Part]]:
    old, new = PIECE.findall(before), PIECE.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return [Part(before, True)], [Part(after, True)]
    left, right = [], []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i1 < i2:
            left.append(Part("".join(old[i1:i2]), what != "equal"))
        if j1 < j2:
            right.append(Part("".join(new[j1:j2]), what != "equal"))
    return left, right
