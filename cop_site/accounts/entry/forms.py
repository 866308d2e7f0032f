"""What is asked at the door."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from cop_site.core.text import one_line

from .. import first_run
from ..forms import ReasonForm
from ..models import Document, Role, User
from . import policy

PASSWORD_HELP = _("At least 12 characters. A sentence of four or five words is easy to remember.")


class NewcomerForm(forms.Form):
    """A name and a password; ``email`` is the address the account will have, which the password must not repeat."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Members see this name. It may be a pseudonym."))
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not any(sign.isalpha() for sign in name):
            raise ValidationError(_("Please write a name with letters."))
        return name

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if password := told.get("password"):
            try:
                validate_password(password, User(email=told.get("email") or self.email, name=told.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return told


class FirstRunForm(NewcomerForm):
    """The code from the terminal, the first steward, and whom they ask to help."""

    field_order = ["code", "name", "email", "password", "second", "third"]

    code = forms.CharField(
        label=_("Code from the terminal"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("It was shown when the site started. It holds for 24 hours and for ten tries."),
    )
    email = forms.EmailField(label=_("Your e-mail"), help_text=_("You sign in with it. Nobody else sees it."))
    second = forms.EmailField(label=_("E-mail of the second steward"), required=False)
    third = forms.EmailField(label=_("E-mail of the third steward"), required=False)

    def clean_code(self) -> str:
        if not first_run.is_right(self.cleaned_data["code"]):
            raise ValidationError(_("This is not the code, or it has ended. A new one is made by: manage.py setup"))
        return self.cleaned_data["code"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        addresses = [told[name].lower() for name in ("email", "second", "third") if told.get(name)]
        if len(set(addresses)) < len(addresses):
            self.add_error("third", _("Three people need three addresses: no two of them may be the same."))
        return told

    def blame_only(self, *names: str) -> None:
        """Forget what is wrong with other fields: they are not needed yet."""
        self._errors = ErrorDict({name: wrong for name, wrong in self.errors.items() if name in names})


class InviteForm(forms.Form):
    """Whom to ask in, as what, and with whom."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Role"), choices=[(one.value, one.label) for one in Role if policy.can_be_invited_as(one)], initial="member"
    )
    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        help_text=_("A known name is found again; a new one is added, not listed."),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=[("id", "Bahasa Indonesia"), ("en", "English")], initial="id")

    def clean_organisation_name(self) -> str:
        return one_line(self.cleaned_data["organisation_name"])


class AgreeForm(forms.Form):
    """The code of conduct, in the edition that was shown, and being an adult."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    conduct = forms.BooleanField(label=_("I have read the code of conduct and will keep to it."))
    adult = forms.BooleanField(label=_("I am 18 years old or older."))


class SafetyForm(forms.Form):
    """The safety briefing, in the edition that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AskAgainForm(ReasonForm):
    """Which text has changed so much that everybody accepts it anew, and what has changed."""

    field_order = ["document", "reason"]

    document = forms.ChoiceField(label=_("Document"), choices=[(one.value, one.label) for one in Document if one != Document.ADULT])
