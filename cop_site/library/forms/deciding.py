"""The small forms about a practice: a decision, a reason, fewer readers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Level
from cop_site.screening.guard import screen_fields

from .. import policy
from ..models import Practice, WithdrawalKind
from . import choices
from .findings import Shown, shown
from .parts import Words


class NoteForm(forms.Form):
    """A note in free words, kept only without personal data (rule r8)."""

    use_required_attribute = False
    text = Words(label=gettext_lazy("Note"), required=False, max_length=4000, widget=forms.Textarea)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings: dict[str, list[Shown]] = {}

    def clean(self) -> dict[str, Any]:
        content = {"text": self.cleaned_data.get("text", "")}
        self.findings = shown(content, screen_fields(content))
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and not any(one.action == "block" for found in self.findings.values() for one in found)


class WithdrawForm(NoteForm):
    """Why a practice is withdrawn; readers will see it."""

    field_order = ("kind", "text")
    kind = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=WithdrawalKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes closest.")},
    )
    text = Words(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("One sentence. It stands on the page that stays. Name nobody."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why, in one sentence.")},
    )


class OverrideForm(NoteForm):
    """Why what the guard has found may stay."""

    text = Words(
        label=gettext_lazy("Why this may stay"),
        help_text=gettext_lazy("Do not repeat what stands there. Your reason is kept with your name; the journal names the kinds only."),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Say why this may stay, without repeating it.")},
    )


class NarrowForm(forms.Form):
    """Which fewer people may go on seeing a practice."""

    use_required_attribute = False

    def __init__(self, *args: Any, practice: Practice, **options: Any) -> None:
        super().__init__(*args, **options)
        narrower = [level for level in Level if level in policy.levels_within(practice)]
        self.fields["visibility"] = forms.ChoiceField(
            label=_("Who may see it from now on"), choices=[(level.value, level.label) for level in narrower], widget=forms.RadioSelect
        )
        told = choices.levels() | {Level.NETWORK: _("Verified members; researchers and observers too. Never the public.")}
        self.choice_help = {"visibility": told}
