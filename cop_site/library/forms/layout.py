"""The share form on its page: which fields stand together, and how each is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import BoundField, CheckboxSelectMultiple
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _

from .. import template
from .findings import Shown
from .sharing import ShareForm

# Fields of the form that have no place of their own in the template stand behind this one.
BESIDE = {
    "title": ["language"],
    "organisation": ["organisation_hidden"],
    "region": ["provinces"],
    "period": ["period_start", "period_end"],
    "problem": ["context"],
    "visibility": ["circle"],
}
ROWS = {"summary": 5, "problem": 6, "results": 6, "what_failed": 5, "safeguarding": 5, "context": 6}


@dataclass(frozen=True)
class Box:
    """One of the texts of a list."""

    id: str
    label: str
    value: str
    findings: list[Shown]
    is_next: bool

    @property
    def state(self) -> str:
        return "stop" if self.findings else ""


@dataclass(frozen=True)
class Group:
    """Boxes to tick under one heading, and how many are ticked."""

    heading: str
    options: list[BoundWidget]
    chosen: int


@dataclass(frozen=True)
class Placed:
    """A field on the page; ``kind`` says which partial draws it."""

    bound: BoundField
    kind: str
    words: str = ""
    rows: int | str = ""
    groups: Sequence[Group] = ()
    boxes: Sequence[Box] = ()
    has_room: bool = False


@dataclass(frozen=True)
class Section:
    key: str
    label: str
    fields: list[Placed]
    is_open: bool
    has_errors: bool


def sections(form: ShareForm) -> list[Section]:
    """The sections of the template that this form fills; the first is open, and each with something to put right."""
    made: list[Section] = []
    for key, label in template.sections():
        placed = [_placed(form, name) for name in _names(key) if name in form.fields]
        if not placed:
            continue
        wrong = any(one.bound.errors or form.findings.get(one.bound.name) for one in placed)
        is_growing = any(one.bound.name == form.more for one in placed)
        made.append(Section(key, label, placed, is_open=not made or wrong or is_growing, has_errors=wrong))
    return made


def _names(section: str) -> list[str]:
    keys = [key for key, field in template.quick_form().items() if field.section == section]
    return [name for key in keys for name in [key, *BESIDE.get(key, [])]]


def _placed(form: ShareForm, name: str) -> Placed:
    bound = form[name]
    words = _advice(name)
    if name in {"steps", "lessons"}:
        return Placed(bound, "list", words=words, boxes=_boxes(form, bound), has_room=len(_values(form, bound)) < bound.field.at_most)
    if isinstance(bound.field.widget, CheckboxSelectMultiple):
        return Placed(bound, "ticks", groups=_groups(bound))
    return Placed(bound, "field", words=words, rows=ROWS.get(name, ""))


def _advice(name: str) -> str:
    field = template.fields().get(name)
    if field is None or not field.words:
        return ""
    return _("Advice: %(min)d–%(max)d words") % field.words


def _groups(bound: BoundField) -> list[Group]:
    """The boxes to tick under the headings of their groups; one group without a heading where there are none."""
    widget = bound.field.widget
    chosen = [str(one) for one in bound.value() or []]
    found: dict[str, list[BoundWidget]] = {}
    for heading, options, _index in widget.optgroups(bound.html_name, chosen, {"id": bound.auto_id}):
        for option in options:
            option["attrs"] = widget.build_attrs(option["attrs"], {"id": widget.id_for_label(bound.auto_id, option["index"])})
            found.setdefault(str(heading or ""), []).append(BoundWidget(widget, option, bound.form.renderer))
    return [Group(heading, boxes, sum(box.data["selected"] for box in boxes)) for heading, boxes in found.items()]


def _values(form: ShareForm, bound: BoundField) -> list[str]:
    """What stands in the boxes: all that was sent and one more where that was asked for; else without empty ones at the end."""
    typed = list(bound.value() or [])
    wanted = max(bound.field.at_least, len(typed)) + 1 if form.more == bound.name else bound.field.at_least
    while form.more != bound.name and typed and not typed[-1].strip():
        typed.pop()
    return typed + [""] * (min(wanted, bound.field.at_most) - len(typed))


def _boxes(form: ShareForm, bound: BoundField) -> list[Box]:
    values = _values(form, bound)
    place = 0  # the guard read the list without its empty boxes
    boxes = []
    for at, value in enumerate(values):
        found = [one for one in form.findings.get(bound.name, []) if value.strip() and one.index == place]
        place += bool(value.strip())
        label = (_("Step %(number)d") if bound.name == "steps" else _("Lesson %(number)d")) % {"number": at + 1}
        boxes.append(Box(f"{bound.auto_id}_{at}", label, value, found, is_next=form.more == bound.name and at == len(values) - 1))
    return boxes
