"""The shape of what convenors and the secretariat write down about regions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Level, User
from cop_site.vocabulary import selectors as words

from .. import policy
from ..selectors import tiles
from .findings import Guarded
from .writing import Line


class StatementForm(Guarded):
    """Where something is known from, as of which day, and who may read it."""

    TEXTS: tuple[str, ...] = ("source",)

    source = Line(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("A document with its number, an office, a meeting. Name no person."),
        error_messages={"required": gettext_lazy("Please say where this is known from.")},
    )
    as_of = forms.DateField(
        label=gettext_lazy("As of which day"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The day on which this was so."),
        error_messages={"invalid": gettext_lazy("Please write the day like 2026-03-31 or 31/3/2026.")},
    )
    visibility = forms.ChoiceField(label=gettext_lazy("Who may see it"), widget=forms.RadioSelect, initial=Level.NETWORK)

    def __init__(self, *args: Any, author: User, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [Level.NETWORK, *([Level.PUBLIC] if policy.can_publish_survey(author) else [])]
        self.fields["visibility"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
        self.choice_help = {
            "visibility": {
                Level.NETWORK: _("Verified members and researchers. Never the public."),
                Level.PUBLIC: _("Everybody. Only where the source may be named in public."),
            }
        }

    def clean_as_of(self) -> Any:
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class CoverageForm(StatementForm):
    """How one instrument of a province or district stands."""

    TEXTS = ("source", "note")

    province = forms.ChoiceField(label=gettext_lazy("Province"))
    regency = forms.ChoiceField(
        label=gettext_lazy("District or city"),
        required=False,
        help_text=gettext_lazy("Leave it empty when it is about the whole province."),
    )
    instrument = forms.ChoiceField(label=gettext_lazy("What it is about"), widget=forms.RadioSelect)
    status = forms.ChoiceField(label=gettext_lazy("How it stands"), widget=forms.RadioSelect)
    note = Line(
        label=gettext_lazy("Note"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("One sentence, for instance since when it rests. Name nobody."),
    )

    field_order = ("province", "regency", "instrument", "status", "source", "as_of", "note", "visibility")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province"].choices = [("", _("Choose a province")), *_provinces()]
        self.fields["regency"].choices = [("", _("The whole province")), *_regencies()]
        for name, vocabulary in (("instrument", "coverage_instrument"), ("status", "coverage_status")):
            self.fields[name].choices = words.choices(vocabulary)
            self.choice_help[name] = {slug: term.definition for slug, term in words.terms(vocabulary).items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        regency = words.regencies().get(cleaned.get("regency", ""))
        if regency and cleaned.get("province") not in (None, regency.province_id):
            self.add_error("regency", _("This district lies in another province."))
        return cleaned


class SurveyForm(StatementForm):
    """Where somebody looked who works there, and for which mandates."""

    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    scale = forms.ChoiceField(
        label=gettext_lazy("Or a service scale"), required=False, help_text=gettext_lazy("One of the two: a province or a scale.")
    )
    mandate_group = forms.ChoiceField(label=gettext_lazy("Which mandates were looked for"), required=False)

    field_order = ("province", "scale", "mandate_group", "source", "as_of", "visibility")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["province"].choices = [("", _("No province")), *_provinces()]
        self.fields["scale"].choices = [("", _("No scale")), *words.choices("service_scale")]
        self.fields["mandate_group"].choices = [("", _("All mandates")), *words.choices("mandate_group")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("province")) == bool(cleaned.get("scale")) and not {"province", "scale"} & set(self.errors):
            self.add_error("province", _("Choose a province or a scale: one of the two."))
        return cleaned


def _provinces() -> list[tuple[str, list[tuple[str, str]]]]:
    return [(island.name, [(tile.code, tile.name) for tile in island.tiles]) for island in tiles.islands()]


def _regencies() -> list[tuple[str, list[tuple[str, str]]]]:
    inside: dict[str, list[tuple[str, str]]] = {code: [] for code in words.provinces()}
    for code, regency in words.regencies().items():
        inside[regency.province_id].append((code, regency.name))
    return [(words.provinces()[code].name, rows) for code, rows in inside.items()]
