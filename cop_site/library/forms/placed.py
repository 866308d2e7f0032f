"""What the page needs to draw the share form: sections, fields, options, boxes, rows; plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .findings import Shown


@dataclass(frozen=True)
class Option:
    id: str
    value: str
    label: str
    help: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """Boxes to tick under one heading, and how many are ticked."""

    heading: str
    options: Sequence[Option]

    @property
    def chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Box:
    """One of the texts of a list, or one cell of a table."""

    id: str
    name: str
    label: str
    value: str
    findings: Sequence[Shown] = ()
    options: Sequence[Option] = ()
    is_next: bool = False

    @property
    def state(self) -> str:
        return "stop" if self.findings else ""


@dataclass(frozen=True)
class Row:
    """The cells of one row of a table."""

    heading: str
    cells: Sequence[Box]


@dataclass(frozen=True)
class Placed:
    """A field on the page; ``kind`` says how it is drawn."""

    bound: BoundField
    kind: str
    value: str = ""
    type: str = "text"
    mode: str = ""
    least: int = 0
    most: int = 0
    lines: int = 4
    is_optional: bool = False
    findings: Sequence[Shown] = ()
    groups: Sequence[Group] = ()
    boxes: Sequence[Box] = ()
    rows: Sequence[Row] = ()
    more: str = ""
    is_filled: bool = False

    @cached_property
    def name(self) -> str:
        return self.bound.name

    @cached_property
    def id(self) -> str:
        return self.bound.auto_id

    @cached_property
    def options(self) -> Sequence[Option]:
        return self.groups[0].options if self.groups else ()

    @cached_property
    def errors(self) -> Any:
        return self.bound.errors

    @cached_property
    def state(self) -> str:
        if self.errors or any(one.action == "block" for one in self.findings):
            return "stop"
        return "warn" if self.findings else ""

    @cached_property
    def words(self) -> str:
        """What is advised, in words of the page."""
        return _("Advice: %(min)d–%(max)d words") % {"min": self.least, "max": self.most} if self.most else ""

    @cached_property
    def described_by(self) -> str:
        parts = {"helptext": self.bound.help_text, "words": self.most, "error": self.errors, "finding": self.findings}
        return " ".join(f"{self.id}_{name}" for name, present in parts.items() if present)


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    fields: list[Placed]
    is_open: bool
    has_errors: bool

    @property
    def count(self) -> int:
        return len(self.fields)

    @property
    def filled(self) -> int:
        return sum(one.is_filled for one in self.fields)
