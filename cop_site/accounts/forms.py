"""The shape of what people tell us about themselves."""

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cop_site.core.text import count_words, normal, one_line
from cop_site.screening.guard import screen

from .models import Application, Task


class SignUpForm(SignupForm):
    """Who you are, with whom you work, and why you come; the secretariat reads it before anything opens."""

    field_order = ["name", "email", "password1", "organisation_name", "requested_role", "reason"]

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Members see this name. It may be a pseudonym."))
    organisation_name = forms.CharField(
        label=_("Organisation"), max_length=160, help_text=_("The organisation, union or campus you work with.")
    )
    requested_role = forms.ChoiceField(label=_("I join as"), choices=[(role.value, role.label) for role in Application.REQUESTABLE])
    reason = forms.CharField(
        label=_("Why do you want to join?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences. Please name no survivors and no cases."),
    )

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not any(sign.isalpha() for sign in name):
            raise ValidationError(_("Please write a name with letters."))
        return name

    def clean_organisation_name(self) -> str:
        return one_line(self.cleaned_data["organisation_name"])

    def clean_reason(self) -> str:
        reason = normal(self.cleaned_data["reason"])
        if count_words(reason) < 3:
            raise ValidationError(_("Please tell us a little more, so that the secretariat can decide."))
        if any(finding.action == "block" for finding in screen(reason)):
            raise ValidationError(_("This looks like personal data of somebody. Please remove it: numbers, addresses and names of survivors."))
        return reason


class AdmitForm(forms.Form):
    """With which known organisation an applicant is admitted; empty makes the one they named."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, required=False)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """What the applicant will read."""

    answer = forms.CharField(
        label=_("Answer to the applicant"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("The applicant reads this.")
    )


class ReasonForm(forms.Form):
    """Why an office-holder does this; it stands in the journal."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It stands in the journal. No personal data, please.")
    )


class TaskForm(ReasonForm):
    """A task, why, and until when."""

    kind = forms.ChoiceField(label=_("Task"), choices=Task.Kind.choices)
    ends_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
