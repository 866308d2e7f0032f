"""The shape of a forum."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Circle, Level, Organisation
from cop_site.screening.forms import Guarded

from ..choices import LEVELS, Starters
from ..models import Forum

_NEEDED = {"required": gettext_lazy("Please write something here.")}
_OF_ONE = {Level.CIRCLE: "circle", Level.ORGANISATION: "organisation"}


def _line(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=80, error_messages=_NEEDED, **options)


def _about(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=_NEEDED, **options)


class ForumForm(Guarded):
    """What a forum is called and for, who reads it, and who begins topics in it."""

    TEXTS = ("name_id", "name_en", "about_id", "about_en")
    name_id = _line(gettext_lazy("Name (Indonesian)"))
    name_en = _line(gettext_lazy("Name (English)"), required=False)
    about_id = _about(gettext_lazy("What it is for (Indonesian)"))
    about_en = _about(gettext_lazy("What it is for (English)"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who reads it"),
        help_text=gettext_lazy("Once topics stand in it, they can become fewer, never more."),
        choices=[(level.value, level.label) for level in LEVELS],
        widget=forms.RadioSelect,
        initial=Level.NETWORK,
    )
    circle = forms.ModelChoiceField(
        None, label=gettext_lazy("Circle"), required=False, help_text=gettext_lazy("Where a circle reads it: one that you are in.")
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        required=False,
        help_text=gettext_lazy("Where an organisation reads it: the last part of its address, /directory/this-part/"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starters = forms.ChoiceField(
        label=gettext_lazy("Who begins topics"), choices=Starters.choices, widget=forms.RadioSelect, initial=Starters.MEMBERS
    )
    allows_pseudonyms = forms.BooleanField(
        label=gettext_lazy("People may write under a pseudonym"),
        help_text=gettext_lazy("A name drawn by chance for each topic. Two moderators can open it together, with a reason."),
        required=False,
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"),
        help_text=gettext_lazy("The lowest number stands first."),
        min_value=0,
        max_value=9999,
        initial=100,
    )

    def __init__(self, *args: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["circle"].queryset = Circle.objects.visible_to(viewer).order_by("name_id", "pk")  # type: ignore[attr-defined]
        self.fields["circle"].empty_label = _("Not chosen yet")  # type: ignore[attr-defined]
        self.organisations = Organisation.objects.visible_to(viewer)

    def clean_organisation(self) -> Organisation | None:
        slug = self.cleaned_data["organisation"]
        found = self.organisations.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("There is no such organisation."))
        return found

    def clean(self) -> dict[str, Any]:
        """A circle or an organisation is only asked for where it reads the forum."""
        cleaned = super().clean() or {}
        level = cleaned.get("visibility")
        for needs, name in _OF_ONE.items():
            if level != needs:
                cleaned[name] = None
                self.errors.pop(name, None)
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Please choose one."))
        return cleaned


def initial_of(forum: Forum) -> dict[str, Any]:
    """What the form says of a forum that there is."""
    names = ("name_id", "name_en", "about_id", "about_en", "visibility", "circle", "starters", "allows_pseudonyms", "position")
    return {name: getattr(forum, name) for name in names} | {"organisation": forum.organisation.slug if forum.organisation else ""}
