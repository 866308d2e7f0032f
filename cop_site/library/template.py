"""The practice template and the short record of a document: which fields there are, what they are called, how long they may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

_DATA = Path(__file__).parent / "data"

# A text of more than three times the advised words is refused; less is only advice (data/README, caveats).
REFUSED_FROM = 3
BY_REVIEWERS = "telaah"


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
    def needed_for_draft(self) -> bool:
        return self.told["required"] == "draft"

    def needed_to_publish(self, content: Mapping[str, Any]) -> bool:
        """Whether a text with this ``content`` may not go without it: always, or by a condition like ``if:kind=law``."""
        needed = self.told["required"]
        if not needed.startswith("if:"):
            return needed in {"draft", "publish"}
        name, _, value = needed.removeprefix("if:").partition("=")
        said = content.get(name.rstrip("!"))
        return bool(said) and (said != value) == name.endswith("!")

    @property
    def is_conditional(self) -> bool:
        return self.told["required"].startswith("if:")

    @property
    def is_text(self) -> bool:
        return self.type in {"text", "longtext", "list"}

    @property
    def is_table(self) -> bool:
        return self.type == "table"

    @property
    def columns(self) -> list[tuple[str, str, str]]:
        """Key, label and vocabulary (or "") of each column of a table."""
        label = f"label_{'en' if get_language() == 'en' else 'id'}"
        return [(column["key"], column[label], column.get("vocabulary", "")) for column in self.told.get("columns", [])]

    @property
    def options(self) -> list[tuple[str, str]]:
        """Slugs and labels of the field's own choices."""
        label = f"label_{'en' if get_language() == 'en' else 'id'}"
        return [(option["slug"], option[label]) for option in self.told.get("options", [])]


@cache
def _told(name: str) -> dict[str, Any]:
    return json.loads((_DATA / name).read_text(encoding="utf-8"))


def _fields_in(name: str) -> dict[str, Field]:
    return {told["key"]: Field(told["key"], told["section"], told["type"], told) for told in _told(name)["fields"]}


@cache
def fields() -> dict[str, Field]:
    """All 62 fields of the practice template by key, in their order."""
    return _fields_in("practice_template.json")


@cache
def full_form() -> dict[str, Field]:
    """What an author fills of a practice: all but the reviewers' fields."""
    return {key: field for key, field in fields().items() if field.section != BY_REVIEWERS}


@cache
def quick_form() -> dict[str, Field]:
    """The 26 fields of the quick form by key."""
    return {key: field for key, field in fields().items() if field.told["quick_form"]}


@cache
def document_form() -> dict[str, Field]:
    """The fields of a document's short record by key."""
    return _fields_in("document_record.json")


@cache
def document_kinds() -> frozenset[str]:
    """Kinds that are documents; all others of the vocabulary are practices."""
    return frozenset(_told("document_record.json")["kinds"])


def form_of(kind: str) -> dict[str, Field]:
    """What an author may fill of a text of this ``document_kind``."""
    return document_form() if kind in document_kinds() else full_form()


def any_field(key: str) -> Field:
    """A field of either form by its key; ``KeyError`` where there is none."""
    return fields()[key] if key in fields() else document_form()[key]


def sections() -> list[tuple[str, str]]:
    """Keys and labels of the sections, in their order."""
    label = f"label_{'en' if get_language() == 'en' else 'id'}"
    return [(told["key"], told[label]) for told in _told("practice_template.json")["sections"]]


def rule(number: str) -> str:
    """The sentence of a rule of the template (``r1`` … ``r8``), in the reader's language."""
    message = f"message_{'en' if get_language() == 'en' else 'id'}"
    return next(told[message] for told in _told("practice_template.json")["rules"] if told["id"] == number)
