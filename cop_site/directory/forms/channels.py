"""The shape of the ways to reach an organisation: a row each, and room for one more."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Level

from .. import reaching, rules
from ..choices import ChannelKind
from ..models import ContactChannel, Listing
from .findings import Guarded, shown
from .writing import Line

MOST = 20


class ChannelForm(Guarded):
    """One way to reach an organisation; a row without a value does not count."""

    kind = forms.ChoiceField(label=gettext_lazy("By what"), choices=ChannelKind.choices)
    value = Line(label=gettext_lazy("Number or address"), required=False)
    note_id = Line(label=gettext_lazy("When or for what, in Indonesian"), required=False)
    note_en = Line(label=gettext_lazy("When or for what, in English"), required=False)
    visibility = forms.ChoiceField(label=gettext_lazy("Who may see it"))

    def __init__(self, *args: Any, widest: Level, **options: Any) -> None:
        super().__init__(*args, **options)
        stood = self.initial.get("visibility")
        levels = [level for level in ContactChannel.LEVELS if level.width <= widest.width or level == stood]
        self.fields["visibility"].choices = [(level.value, level.label) for level in levels]  # type: ignore[attr-defined]
        self.fields["visibility"].initial = Level.NETWORK if Level.NETWORK in levels else levels[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("value"):
            self.errors.clear()
        if not cleaned.get("value") or "kind" not in cleaned:
            return cleaned
        cleaned["value"] = reaching.tidied(cleaned["kind"], cleaned["value"])
        for problem in reaching.problems_in(cleaned, row=0):
            self.add_error(problem.field.removesuffix("-0"), problem.sentence)
        told = {name: cleaned.get(name, "") for name in ("value", "note_id", "note_en")}
        self.findings = shown(told, rules.refused(reaching.findings_in({"kind": cleaned["kind"]} | told)))
        return cleaned

    def has_changed(self) -> bool:
        """Rows that are as they were count as well: what is not sent is gone."""
        return True


class ChannelsForm(formset_factory(ChannelForm, BaseFormSet, extra=1, max_num=MOST, absolute_max=MOST)):  # type: ignore[misc]
    """All ways to reach one organisation that its writer sees, in their order."""

    def __init__(self, *args: Any, listing: Listing, viewer: Any, **options: Any) -> None:
        stood = list(listing.channels.visible_to(viewer).values("kind", "value", "note_id", "note_en", "visibility"))
        self.refusals: list[str] = []
        level = Level(listing.organisation.visibility)
        super().__init__(*args, initial=stood, prefix="way", form_kwargs={"widest": level}, **options)

    @property
    def channels(self) -> list[dict[str, Any]]:
        """The rows that say something."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("value")]

    def refuse(self, refusal: rules.NotReady) -> None:
        self.refusals += [problem.sentence for problem in refusal.problems] or [_("Please look over the contacts once more.")]

    def fields_of_rows(self) -> Iterator[BoundField]:
        for form in self.forms:
            yield from form


class Summary:
    """All rows as one form, for the box above them that says what is to be put right."""

    def __init__(self, form: ChannelsForm) -> None:
        self.form = form

    def __iter__(self) -> Iterator[BoundField]:
        return self.form.fields_of_rows() if self.form.is_bound else iter(())

    def non_field_errors(self) -> list[str]:
        return self.form.refusals
