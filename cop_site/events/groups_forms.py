"""What those who lead ask for on the page of groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

_NEEDED = {"required": _("Please write something here.")}
MODES = {
    "sejenis": (_("Alike"), _("People of the same scale and mandate sit together and compare what they do.")),
    "silang": (_("Mixed"), _("Few in a group share scale or mandate, so that each hears something new.")),
    "perwakilan": (_("Each group like the whole"), _("Each group has of each scale and mandate what all together have.")),
    "jigsaw": (_("Jigsaw"), _("Each group has somebody from every group of the round before, who brings along what was said.")),
}
MINUTES = (5, 10, 15, 20, 30, 45)


class ComposeForm(forms.Form):
    """The wish, as the composer takes it. What is left empty it decides itself."""

    use_required_attribute = False
    mode = forms.ChoiceField(label=_("What the groups are for"), widget=forms.RadioSelect, choices=[(one, MODES[one][0]) for one in MODES])
    least = forms.IntegerField(label=_("Smallest group"), required=False, min_value=2, max_value=200)
    most = forms.IntegerField(label=_("Largest group"), required=False, min_value=2, max_value=200)
    groups = forms.IntegerField(label=_("Number of groups"), required=False, min_value=1, max_value=400)
    organisations = forms.ChoiceField(
        label=_("Colleagues of one organisation"),
        choices=[("any", _("As it comes")), ("split", _("Apart where possible")), ("keep", _("Together where possible"))],
    )
    by_language = forms.BooleanField(label=_("People of one language together"), required=False)
    new_partners = forms.BooleanField(label=_("New partners: not with those of an earlier round"), required=False)
    only_facilitators = forms.BooleanField(label=_("Only those who are named for it facilitate"), required=False)
    only_note_takers = forms.BooleanField(label=_("Only those who are named for it take notes"), required=False)
    seed = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 2)
    choice_help = {"mode": {one: MODES[one][1] for one in MODES}}

    def said(self, *, again: bool, named: dict[str, list[str]]) -> dict[str, Any]:
        """The wish; ``again`` draws other lots. ``named`` are those who were named at the desk; where nobody was, everybody may."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", False)}
        said |= {office: handles for office, handles in named.items() if said.pop(f"only_{office}", False) and handles}
        return said | {"seed": self.cleaned_data["seed"] + 1 if again and self.cleaned_data["seed"] is not None else said.get("seed", 0)}


class ApartForm(forms.Form):
    """Two people by the handles that they told: there is no list to pick from."""

    use_required_attribute = False
    one = forms.ModelChoiceField(label=_("Handle of one"), queryset=User.objects.none(), to_field_name="handle")
    other = forms.ModelChoiceField(label=_("Handle of the other"), queryset=User.objects.none(), to_field_name="handle")

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.widget = forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"})
            field.error_messages = {**field.error_messages, **_NEEDED, "invalid_choice": _("Nobody of this event has this handle.")}
            field.queryset = people


class SayForm(forms.Form):
    """A timer, or an announcement, for all groups that are open."""

    use_required_attribute = False
    minutes = forms.TypedChoiceField(
        label=_("Minutes"), required=False, coerce=int, empty_value=None, choices=[(one, str(one)) for one in MINUTES]
    )
    text = forms.CharField(label=_("Announcement to all groups"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def frame(self) -> tuple[str, dict[str, Any]]:
        """What each group is told."""
        if self.data.get("then") == "timer" and self.cleaned_data["minutes"]:
            return "timer.start", {"seconds": self.cleaned_data["minutes"] * 60}
        return "broadcast", {"text": self.cleaned_data["text"]}
