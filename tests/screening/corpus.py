"""Example texts for the guard: the development sample and our own, and whether an answer to one is right."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cop_site.screening.guard import Finding

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Example:
    """A text, and what must be found at which place; an example without types must pass."""

    name: str
    tier: str
    text: str
    types: frozenset[str] = frozenset()
    action: str = ""
    start: int = 0
    end: int = 0

    def is_right(self, found: tuple[Finding, ...]) -> bool:
        """One finding of a right type and at least this action meets the place; of a harmless text there is none."""
        if not self.types:
            return found == ()
        return any(
            hit.type in self.types and hit.start < self.end and self.start < hit.end and hit.action in ("block", self.action)
            for hit in found
        )


def development() -> list[Example]:
    """The sample that came with the rules."""
    return list(_development())


def _development() -> Iterator[Example]:
    for told in json.loads((DATA / "pii_examples_dev.json").read_text(encoding="utf-8"))["examples"]:
        if told["kind"] == "negative":
            yield Example(told["id"], "harmless", told["text"])
        for expected in told.get("expect", []):
            start = told["text"].index(expected["value"])
            end = start + len(expected["value"])
            yield Example(told["id"], told["tier"], told["text"], frozenset(expected["types_any"]), expected["action"], start, end)


def own() -> list[Example]:
    """Our own, written from the rules: the place stands in «»."""
    return [*_found(), *_harmless()]


def _found() -> Iterator[Example]:
    for number, line in enumerate((DATA / "guard" / "found.tsv").read_text(encoding="utf-8").splitlines(), start=1):
        types, action, tier, marked = line.split("\t")
        before, place, after = marked.replace("\\n", "\n").replace("»", "«").split("«")
        yield Example(
            f"found {number}", tier, before + place + after, frozenset(types.split(",")), action, len(before), len(before + place)
        )


def _harmless() -> Iterator[Example]:
    for number, line in enumerate((DATA / "guard" / "harmless.txt").read_text(encoding="utf-8").splitlines(), start=1):
        yield Example(f"harmless {number}", "harmless", line)
