"""The shape of what stewards write about their organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.core import text
from cop_site.vocabulary import selectors as words

from .. import rules
from ..choices import Capacity, Country, Language
from ..models import Listing
from .findings import Guarded, shown

MOST_PROVINCES = 5  # of how many the districts are on offer at once
LISTS = (*rules.LISTS_OF_TERMS, "provinces", "regencies", "countries", "languages")
DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class Words(forms.CharField):
    """A text in members' words: what the guard reads is what will be stored."""

    def to_python(self, value: Any) -> str:
        return super().to_python(text.normal(value) if isinstance(value, str) else value)


class Line(Words):
    """The same, on one line."""

    def to_python(self, value: Any) -> str:
        return text.one_line(super().to_python(value))


@dataclass(frozen=True)
class Group:
    """Boxes that stand together, below a heading where there are several groups."""

    heading: str
    options: list[tuple[str, str, bool]]

    @property
    def chosen(self) -> int:
        return sum(chosen for _value, _label, chosen in self.options)


@dataclass(frozen=True)
class Ticks:
    """A question with many boxes."""

    bound: forms.BoundField
    groups: list[Group]

    @property
    def is_ticks(self) -> bool:
        return True


@dataclass(frozen=True)
class Section:
    """Fields that stand together on the page."""

    key: str
    label: str
    fields: list[Any]
    is_open: bool
    has_errors: bool


SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("who", gettext_lazy("Who it is"), ("name", "abbreviation", "kind", "about_id", "about_en")),
    (
        "what",
        gettext_lazy("What it offers, and to whom"),
        ("offers_id", "offers_en", "mandate", "service_scale", "sector_5k", "target_group"),
    ),
    ("where", gettext_lazy("Where, and in which languages"), ("provinces", "regencies", "countries", "languages")),
    ("now", gettext_lazy("Capacity and hours"), ("capacity", "capacity_until", "hours")),
    ("more", gettext_lazy("Links and conflicts of interest"), ("links", "has_conflict", "conflict_note")),
)


def _area(column: str, help: Any) -> Words:
    return Words(label=gettext_lazy(rules.LABELS[column]), required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text=help)


def _boxes(column: str, help: Any = "") -> forms.MultipleChoiceField:
    unknown = {"invalid_choice": gettext_lazy("Please choose from the list.")}
    label = gettext_lazy(rules.LABELS[column])
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help, error_messages=unknown
    )


class EntryForm(Guarded):
    """All that an entry says; what keeps it from being stored stands at its field."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = Line(label=gettext_lazy(rules.LABELS["name"]), required=False)
    abbreviation = Line(label=gettext_lazy(rules.LABELS["abbreviation"]), required=False)
    kind = forms.ChoiceField(label=gettext_lazy(rules.LABELS["kind"]))
    about_id = _area("about_id", gettext_lazy("Two or three plain sentences. No names of persons, no address."))
    about_en = _area("about_en", gettext_lazy("For readers of English; it may stay empty."))
    offers_id = _area("offers_id", gettext_lazy("What somebody gets who comes to you, and what it costs."))
    offers_en = _area("offers_en", gettext_lazy("For readers of English; it may stay empty."))
    sector_5k = _boxes("sector_5k")
    service_scale = _boxes("service_scale", gettext_lazy("At which scales it really works."))
    mandate = _boxes("mandate", gettext_lazy("At most five: the main lines of work."))
    target_group = _boxes("target_group")
    provinces = _boxes("provinces", gettext_lazy("Where it really works, not only where it is registered."))
    regencies = _boxes("regencies", gettext_lazy("Nothing finer than a district is kept."))
    countries = _boxes("countries", gettext_lazy("Where it helps people who are abroad."))
    languages = _boxes("languages", gettext_lazy("In which somebody can be helped."))
    capacity = forms.ChoiceField(label=gettext_lazy(rules.LABELS["capacity"]), required=False)
    capacity_until = forms.DateField(
        label=gettext_lazy(rules.LABELS["capacity_until"]),
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("After that day nothing is said about it any more."),
        error_messages={"invalid": gettext_lazy("Please write the day like 2026-03-31 or 31/3/2026.")},
    )
    hours = Line(
        label=gettext_lazy(rules.LABELS["hours"]), required=False, help_text=gettext_lazy("For example: Monday to Friday, 09.00 to 16.00.")
    )
    links = _area(
        "links", gettext_lazy("One a line, each beginning with https://. Social media and other ways to reach you stand with the contacts.")
    )
    has_conflict = forms.BooleanField(
        label=gettext_lazy("There may be a conflict of interest"),
        required=False,
        help_text=gettext_lazy("For example, it also recruits or places workers."),
    )
    conflict_note = Line(label=gettext_lazy(rules.LABELS["conflict_note"]), required=False)

    def __init__(self, *args: Any, listing: Listing | None = None, number: int = 0, **options: Any) -> None:
        super().__init__(*args, initial=options.pop("initial", None) or _initial(listing, number), **options)
        self.content: dict[str, Any] = {}
        choices: dict[str, Any] = {name: words.choices(name) for name in rules.LISTS_OF_TERMS}
        choices |= {"kind": words.choices("organisation_kind"), "countries": Country.choices, "languages": Language.choices}
        choices |= {"capacity": [("", _("Not said")), *Capacity.choices]}
        choices |= {"provinces": [(code, one.name) for code, one in words.provinces().items()]}
        choices |= {"regencies": [(code, one.name) for code, one in words.regencies().items()]}
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        content = {column: cleaned[column] for column in rules.COLUMNS if column in cleaned}
        content["links"] = cleaned.get("links", "").splitlines()
        kept = set(cleaned.get("provinces", []))
        content["regencies"] = [code for code in cleaned.get("regencies", []) if words.regencies()[code].province_id in kept]
        self.content = rules.tidied(content)
        for problem in rules.problems_in(self.content):
            if problem.field not in self.errors:
                self.add_error(problem.field, problem.sentence)
        self.findings = shown(self.content, rules.refused(rules.findings_in(self.content)))
        return cleaned

    @property
    def sections(self) -> Iterator[Section]:
        """The first is open, and each with something to put right, or where more is asked."""
        for key, label, names in SECTIONS:
            wrong = any(self.errors.get(name) or self.findings.get(name) for name in names) if self.is_bound else False
            is_asked = key == "where" and self.initial.get("shows_districts")
            yield Section(key, label, [self._placed(name) for name in names], key == "who" or wrong or bool(is_asked), wrong)

    def _placed(self, name: str) -> Any:
        return Ticks(self[name], self._groups(name)) if name in LISTS else self[name]

    def _groups(self, name: str) -> list[Group]:
        chosen = {str(one) for one in self[name].value() or []}
        if name not in {"mandate", "regencies"}:
            return [Group("", [(str(value), str(label), value in chosen) for value, label in self.fields[name].choices])]  # type: ignore[attr-defined]
        return _mandates(chosen) if name == "mandate" else self._districts(chosen)

    def _districts(self, chosen: set[str]) -> list[Group]:
        """Those of the chosen provinces, a few provinces at a time."""
        provinces = set(self["provinces"].value() or [])
        of: dict[str, list[tuple[str, str, bool]]] = {}
        for code, one in words.regencies().items():
            if code in chosen or (one.province_id in provinces and len(provinces) <= MOST_PROVINCES):
                of.setdefault(one.province_id, []).append((code, one.name, code in chosen))
        return [Group(one.name, of[code]) for code, one in words.provinces().items() if code in of]


def _mandates(chosen: set[str]) -> list[Group]:
    of: dict[str, list[tuple[str, str, bool]]] = {}
    for slug, term in words.terms("mandate").items():
        of.setdefault(term.attributes.get("group", ""), []).append((slug, term.label, slug in chosen))
    return [Group(words.label("mandate_group", group), options) for group, options in of.items()]


def _initial(listing: Listing | None, number: int) -> dict[str, Any]:
    if listing is None:
        return {"kind": "lainnya"}
    said = rules.content_of(listing)
    return said | {"links": "\n".join(said["links"]), "seen": number}


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed and not saved, to be shown again."""
    return {name: data.getlist(name) if name in LISTS else data.get(name, "") for name in EntryForm.base_fields}
