"""“We have tried this”: the form of a report."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cop_site.accounts.models import Organisation, User
from cop_site.screening.guard import screen_fields
from cop_site.vocabulary import selectors as words

from .. import rules
from . import choices
from .deciding import NoteForm
from .findings import shown
from .parts import Words


class AdaptationForm(NoteForm):
    """Where, when, at which scale it was tried, how it ended, and what was changed for it."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation that tried it"),
        help_text=gettext_lazy("Its name stands beside the report for everybody who may know of it."),
        empty_label=None,
    )
    service_scale = forms.ChoiceField(label=gettext_lazy("Service scale"), help_text=gettext_lazy("The scale at which you ran it."))
    province = forms.ChoiceField(label=gettext_lazy("Province"))
    year = forms.IntegerField(label=gettext_lazy("Year"), help_text=gettext_lazy("The year in which you began."))
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy("Be honest: what failed elsewhere helps as much."),
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES)
    text = Words(
        label=gettext_lazy("What you changed, and what came of it"),
        help_text=gettext_lazy("What was different with you, what you left out or added, what happened. Name nobody."),
        max_length=8000,
        widget=forms.Textarea,
    )
    warn_reason = Words(
        label=gettext_lazy("Why the marked details may stay"),
        help_text=gettext_lazy("Only where the check has marked something that is no personal data."),
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, author: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = get_language() or settings.LANGUAGE_CODE
        self.fields["organisation"].queryset = Organisation.objects.joined_by(author)
        self.fields["service_scale"].choices = [("", _("Choose a scale")), *words.choices("service_scale")]
        self.fields["province"].choices = [("", _("Choose a province")), *choices.provinces_by_island()]
        self.fields["outcome"].choices = words.choices("practice_outcome")
        self.fields["year"].widget.attrs["inputmode"] = "numeric"

    @property
    def was_warned(self) -> bool:
        """Whether a reason is asked for: something is marked, or one was written before."""
        return bool(self.findings or self["warn_reason"].value() or self["warn_reason"].errors)

    def clean(self) -> dict[str, Any]:
        texts = {name: self.cleaned_data.get(name, "") for name in ("text", "warn_reason")}
        self.findings = shown(texts, screen_fields(texts))
        return self.cleaned_data

    def refuse(self, refusal: rules.NotReady) -> None:
        """What the deed said no to, at its field."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)


class WithdrawReportForm(NoteForm):
    """Why a report is taken back; its author and the stewards read it."""

    text = Words(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One or two sentences. Name nobody."),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Say why, in one sentence.")},
    )
