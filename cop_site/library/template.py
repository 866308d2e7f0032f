"""The practice template: which fields a practice has, what they are called, how long they may be."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

_FILE = Path(__file__).parent / "data" / "practice_template.json"

# A text of more than three times the advised words is refused; less is only advice (data/README, caveats).
REFUSED_FROM = 3


@dataclass(frozen=True)
class Field:
    """One field of the template, as the file tells it."""

    key: str
    section: str
    type: str
    told: dict[str, Any]

    def _in_readers_language(self, name: str) -> str:
        return self.told.get(f"{name}_{'en' if get_language() == 'en' else 'id'}", "")

    @property
    def label(self) -> str:
        return self._in_readers_language("label")

    @property
    def help(self) -> str:
        return self._in_readers_language("help")

    @property
    def vocabulary(self) -> str:
        return self.told.get("vocabulary", "")

    @property
    def words(self) -> dict[str, int]:
        """``min`` and ``max`` words advised, of the text or of each item; empty where none are."""
        return self.told.get("words", {})

    @property
    def needed_to_publish(self) -> bool:
        return self.told["required"] in {"draft", "publish"}

    @property
    def needed_for_draft(self) -> bool:
        return self.told["required"] == "draft"

    @property
    def is_text(self) -> bool:
        return self.type in {"text", "longtext", "list"}

    @property
    def options(self) -> list[tuple[str, str]]:
        """Slugs and labels of the field's own choices."""
        label = f"label_{'en' if get_language() == 'en' else 'id'}"
        return [(option["slug"], option[label]) for option in self.told.get("options", [])]


@cache
def _told() -> dict[str, Any]:
    return json.loads(_FILE.read_text(encoding="utf-8"))


@cache
def fields() -> dict[str, Field]:
    """All fields of the template by key, in their order."""
    return {told["key"]: Field(told["key"], told["section"], told["type"], told) for told in _told()["fields"]}


@cache
def quick_form() -> dict[str, Field]:
    """The 26 fields of the quick form by key."""
    return {key: field for key, field in fields().items() if field.told["quick_form"]}


def sections() -> list[tuple[str, str]]:
    """Keys and labels of the sections, in their order."""
    label = f"label_{'en' if get_language() == 'en' else 'id'}"
    return [(told["key"], told[label]) for told in _told()["sections"]]


def rule(number: str) -> str:
    """The sentence of a rule of the template (``r1`` … ``r8``), in the reader's language."""
    message = f"message_{'en' if get_language() == 'en' else 'id'}"
    return next(told[message] for told in _told()["rules"] if told["id"] == number)
