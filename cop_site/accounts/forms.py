"""The shape of what people tell us about themselves."""

from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm, SignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.core.text import count_words, normal, one_line
from cop_site.screening.guard import screen

from . import haste, limits, scopes
from .models import Application, Organisation, Role, Task, User


def without_personal_data(words: str) -> str:
    """``words`` as they are kept; refused where the guard finds what must not be written down here."""
    words = normal(words)
    if any(finding.action == "block" for finding in screen(words)):
        raise ValidationError(_("This looks like personal data of somebody. Please remove it: numbers, addresses and names of survivors."))
    return words


class DayField(forms.DateField):
    """A day from today on, and at most five years away."""

    LONGEST = timedelta(days=5 * 366)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not timezone.localdate() <= value <= timezone.localdate() + self.LONGEST:
            raise ValidationError(_("Please choose a day from today on, at most five years away."))


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
    opened = forms.CharField(required=False, widget=forms.HiddenInput, initial=haste.opened_now)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields[haste.TRAP].widget.attrs = {"autocomplete": "off", "tabindex": "-1"}  # the page hides it

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
        return without_personal_data(reason)

    def clean(self) -> dict[str, Any]:
        """Counted once nothing else is wrong: correcting oneself is free. Every count may be one mail to the address."""
        told = super().clean()
        if not self.errors and haste.is_in_haste(told.get(haste.OPENED, "")):
            self._ask_once_more()
        if not self.errors:
            limits.count(context.request, "signup_form", key=told["email"].lower())
        return told

    def _ask_once_more(self) -> None:
        """Whoever was merely quick loses nothing but the password, which no page repeats, and sends the same again."""
        self.data = self.data.copy()
        self.data[haste.OPENED] = haste.opened_now()
        self.add_error(None, _("That was quicker than people write. Please send it once more."))

    def try_save(self, request: Any) -> Any:
        """Who has an account already is not told by the time it takes: hashing is nearly all of it."""
        is_program = bool(self.cleaned_data[haste.TRAP])
        if self.account_already_exists or is_program:
            make_password(self.cleaned_data["password1"])
        if is_program:  # it hears what everybody hears
            told = {"email": self.cleaned_data["email"]}
            get_adapter().add_message(request, messages.INFO, "account/messages/email_confirmation_sent.txt", told)
        return super().try_save(request)


class ResetForm(ResetPasswordForm):
    """Whose password was forgotten; one address gets only so many mails."""

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not self.errors:
            limits.count(context.request, "reset_form", key=told["email"].lower())
        return told


class LanguageForm(forms.Form):
    """The language of one's mails."""

    language = forms.ChoiceField(label=_("Language of the site and of mails to you"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class AdmitForm(forms.Form):
    """With which known organisation an applicant is admitted; empty takes the name they gave."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, blank=True, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, organisations: Any, named: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations  # type: ignore[attr-defined]
        field.empty_label = _("A new one, not listed: “%(name)s”") % {"name": named}  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """What the applicant will read."""

    answer = forms.CharField(
        label=_("Answer to the applicant"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the applicant and the secretariat read this."),
    )

    def clean_answer(self) -> str:
        return without_personal_data(self.cleaned_data["answer"])


class ReasonForm(forms.Form):
    """Why an office-holder does this; it stands in the journal."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the journal. No personal data, please."),
    )

    def clean_reason(self) -> str:
        return without_personal_data(self.cleaned_data["reason"])


class TaskForm(ReasonForm):
    """A task, why, and until when."""

    field_order = ["kind", "scope", "ends_on", "reason"]

    kind = forms.ChoiceField(label=_("Task"), choices=Task.Kind.choices)
    scope = forms.ChoiceField(label=_("Which place"), required=False, help_text=_("For local moderators alone: what they look after."))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [("", _("No place")), *scopes.choices(viewer)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        is_local = told.get("kind") == Task.Kind.MODERATOR
        if is_local and not told.get("scope") and "scope" not in self.errors:
            self.add_error("scope", _("Please name the forum, province or language that this person looks after."))
        if not is_local and told.get("scope"):
            self.add_error("scope", _("Only local moderators look after a place. Please choose no place here."))
        return told


class UntilForm(ReasonForm):
    """Why, and until which day; that day included."""

    field_order = ["until", "reason"]

    until = DayField(label=_("Until"))

    def clean_until(self) -> datetime:
        """The end of that day."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))


class MuteForm(UntilForm):
    """Why a person does not write for a while; she reads it on the page of her account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The person reads it, and it stands in the journal. No personal data, please.")


class SuspendForm(UntilForm):
    """Why, and until which day, or until somebody lifts it."""

    until = DayField(label=_("Until"), required=False, help_text=_("Empty: until somebody lifts it."))

    def clean_until(self) -> datetime | None:
        return super().clean_until() if self.cleaned_data["until"] else None


class RoleForm(forms.Form):
    """What a person becomes, and until when."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in Role if role != Role.APPLICANT])
    until = DayField(label=_("Until"), required=False, help_text=_("Empty: without an end. Researchers have a term."))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("role") == Role.RESEARCHER and not told.get("until") and "until" not in self.errors:
            self.add_error("until", _("A researcher has a term: please name its last day."))
        return told


class JoinForm(forms.Form):
    """Which organisation a person belongs to from today."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None)

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class CircleForm(forms.Form):
    """What a circle is for, and until when."""

    name_id = forms.CharField(label=_("Name in Indonesian"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    purpose_id = forms.CharField(
        label=_("Purpose in Indonesian"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What these people work on together."),
    )
    purpose_en = forms.CharField(label=_("Purpose in English"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False)
    ends_on = DayField(label=_("Until"), help_text=_("After this day the circle's people no longer see what was shared with it."))

    def clean_name_id(self) -> str:
        return one_line(without_personal_data(self.cleaned_data["name_id"]))

    def clean_purpose_id(self) -> str:
        return without_personal_data(self.cleaned_data["purpose_id"])

    def clean_purpose_en(self) -> str:
        return without_personal_data(self.cleaned_data["purpose_en"])


class LetInForm(forms.Form):
    """Whom a circle lets in, by the handle they told its owner: the platform has no list of people to pick from."""

    person = forms.ModelChoiceField(
        label=_("Handle"),
        queryset=User.objects.none(),
        to_field_name="handle",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Each person finds their handle on their own page of circles."),
        error_messages={"invalid_choice": _("Nobody who can join a circle has this handle.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
