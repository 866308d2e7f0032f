"""Makes the fields of a form from what the template says of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Circle, Level, Organisation, User
from cop_site.accounts.policy import circles_of

from .. import template
from ..models import Practice
from . import choices, shapes
from .parts import Day, Month, Table, Words, WordsList, Year, yes_or_no

ROWS = {"steps": 3}  # boxes that an empty form shows; elsewhere one
INVALID = {"invalid_choice": gettext_lazy("Please choose one of those on offer.")}
# Nobody writes more; what is longer is refused before anything reads it, since the guard takes its time.
LONGEST_TEXT, SIGNS_A_WORD = 20_000, 12
DROPS_DOWN = {"cost_band", "licence", "legal_status"}

Named = Iterator[tuple[str, forms.Field]]


@dataclass(frozen=True)
class For:
    """Whom a form is made for, in which shape, and what stands in it at first."""

    author: User
    shape: str
    initial: dict[str, Any]
    is_read: bool = False  # readers find the text already: that consent was withdrawn can be said here (rule r4)


def fields_for(field: template.Field, whom: For) -> Named:
    """The form's fields for one field of the template. A draft may leave each of them empty, so none is required."""
    if not shapes.on_the_page(field.key, whom.shape):
        return
    for name, made in _MAKERS[field.type](field, whom):
        made.required = False
        yield name, made


def _told(field: template.Field) -> dict[str, Any]:
    return {"label": field.label, "help_text": field.help}


def _text(field: template.Field, whom: For) -> Named:
    column = Practice._meta.get_field(field.key)
    yield field.key, Words(max_length=column.max_length, **_told(field))
    if field.key == "title":
        yield "language", _one_of(template.fields()["language"], template.fields()["language"].options)


def _longtext(field: template.Field, whom: For) -> Named:
    longest = field.words["max"] * template.REFUSED_FROM * SIGNS_A_WORD
    yield field.key, Words(widget=forms.Textarea, max_length=max(longest, LONGEST_TEXT), **_told(field))


def _one_of(field: template.Field, offered: choices.Choices) -> forms.Field:
    if field.key in DROPS_DOWN:
        return forms.ChoiceField(choices=[("", _("Not chosen yet")), *offered], error_messages=INVALID, **_told(field))
    return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, error_messages=INVALID, **_told(field))


def _term(field: template.Field, whom: For) -> Named:
    is_withdrawable = whom.is_read and field.key == "consent_status"
    offered = choices.of(field, chosen=choices.CONSENT_WITHDRAWN if is_withdrawable else whom.initial.get(field.key) or "")
    if field.key == "visibility":
        yield from _visibility(field, whom, offered)
    else:
        yield field.key, _one_of(field, offered)


def _visibility(field: template.Field, whom: For, offered: choices.Choices) -> Named:
    circles = Circle.objects.filter(pk__in=circles_of(whom.author)).order_by("name_id")
    if not circles.exists():
        yield field.key, _one_of(field, [(slug, label) for slug, label in offered if slug != Level.CIRCLE])
        return
    yield field.key, _one_of(field, offered)
    yield "circle", forms.ModelChoiceField(circles, label=_("Which circle"), empty_label=_("Not chosen yet"), error_messages=INVALID)


def _some_of(field: template.Field, offered: Any, **options: Any) -> forms.Field:
    told = _told(field) | options
    return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, error_messages=INVALID, **told)


def _terms(field: template.Field, whom: For) -> Named:
    yield field.key, _some_of(field, choices.mandates_by_group() if field.key == "mandate" else choices.of(field))


def _checkboxes(field: template.Field, whom: For) -> Named:
    yield field.key, _some_of(field, field.options)


def _regions(field: template.Field, whom: For) -> Named:
    provinces_only = _("Provinces only. No address, no hamlet, no point on a map.")
    is_quick = whom.shape == shapes.QUICK
    yield "provinces", _some_of(field, choices.provinces_by_island(), help_text=provinces_only if is_quick else field.help)
    if not is_quick:
        help_text = _("Only where a district does not point to one case. Those of the provinces ticked above are on offer.")
        yield "regencies", _some_of(field, choices.regencies, label=_("Districts and cities"), help_text=help_text)


def _organisation(field: template.Field, whom: For) -> Named:
    own = Organisation.objects.joined_by(whom.author).order_by("name")
    yield field.key, forms.ModelChoiceField(own, empty_label=_("Not chosen yet"), error_messages=INVALID, **_told(field))
    yield "organisation_hidden", forms.BooleanField(label=_("Do not name the organisation to the public"))


def _daterange(field: template.Field, whom: For) -> Named:
    yield "period_start", Month(label=_("Begun in"), help_text=_("Month and year, like 2026-03. No exact dates."))
    yield "period_end", Month(label=_("Ended in"), help_text=_("Leave empty while it goes on."))


def _year(field: template.Field, whom: For) -> Named:
    yield "period_start", Year(**_told(field))


def _date(field: template.Field, whom: For) -> Named:
    yield field.key, Day(**_told(field))


def _list(field: template.Field, whom: For) -> Named:
    yield field.key, WordsList(at_least=ROWS.get(field.key, 1), at_most=field.told.get("max_items", 12), **_told(field))


def _table(field: template.Field, whom: For) -> Named:
    columns = [column for column, _label, _vocabulary in field.columns]
    yield field.key, Table(columns=columns, at_most=field.told.get("max_items", 12), **_told(field))


def _boolean(field: template.Field, whom: For) -> Named:
    answers: dict[str, Any] = {"choices": choices.yes_and_no(), "widget": forms.RadioSelect, "coerce": yes_or_no, "empty_value": None}
    yield field.key, forms.TypedChoiceField(error_messages=INVALID, **answers, **_told(field))


def warn_reason() -> forms.Field:
    """Asked for where the guard warns: why the details may stay."""
    help_text = _("Reviewers read this. Say why readers need the detail, and why it endangers nobody.")
    return Words(required=False, widget=forms.Textarea, max_length=2_000, label=_("Why it stays as written"), help_text=help_text)


def about_the_change() -> Named:
    """What readers of an older text, and its translators, want to know of a newer one."""
    help_text = _("One sentence for the reviewer. Name nobody.")
    yield "change_note", Words(required=False, max_length=240, label=_("What changed"), help_text=help_text)
    significance = _(
        "Yes, if somebody would do something differently after reading it. Translations of the older text are then marked as outdated."
    )
    answers: dict[str, Any] = {"choices": choices.yes_and_no(), "widget": forms.RadioSelect, "coerce": yes_or_no, "empty_value": True}
    told = {"label": _("Is it a change of substance?"), "help_text": significance, "error_messages": INVALID}
    yield "is_significant_change", forms.TypedChoiceField(required=False, **answers, **told)


_MAKERS = {
    "text": _text,
    "longtext": _longtext,
    "term": _term,
    "choice": _term,
    "terms": _terms,
    "checkboxes": _checkboxes,
    "regions": _regions,
    "organisation": _organisation,
    "daterange": _daterange,
    "year": _year,
    "date": _date,
    "list": _list,
    "table": _table,
    "boolean": _boolean,
}
