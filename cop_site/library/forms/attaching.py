"""The form that adds a file to a text."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cop_site.screening.guard import FieldFinding

from .. import rules
from ..selectors import attaching
from .findings import Shown, shown
from .parts import Words

SHOWN_FINDINGS = 8
AROUND = 120  # characters of the text that are looked at to show one place
IN_THE_FILE = ("name", "text")  # what the guard read in the file itself


class AttachForm(forms.Form):
    """One file, what it is, and, where the guard warns, why the details in it may stay."""

    use_required_attribute = False
    caption = Words(
        label=_("What it is"), help_text=_("In a few words, for readers. For a picture: what it shows."), required=False, max_length=240
    )
    upload = forms.FileField(label=_("File"), required=False, allow_empty_file=True, widget=forms.FileInput)
    reason = Words(
        label=_("Why details in it may stay"),
        help_text=_("Only asked where something in it looks like personal data and need not be."),
        required=False,
        max_length=600,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.findings: dict[str, list[Shown]] = {}
        self.fields["upload"].widget.attrs["accept"] = ",".join(f".{kind}" for kind in attaching.accepted_kinds())
        self.asks_for_reason = bool(self.data.get("reason"))

    def refuse(self, refusal: rules.NotReady, texts: dict[str, str]) -> None:
        """Show what a deed did not take, and where the guard found what."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        self.asks_for_reason = self.asks_for_reason or any(problem.field == "reason" for problem in refusal.problems)
        for finding in refusal.findings[:SHOWN_FINDINGS]:
            place = "upload" if finding.field in IN_THE_FILE else finding.field
            self.findings.setdefault(place, []).append(_told(finding, refusal.findings, texts[finding.field]))


def _told(finding: FieldFinding, others: Sequence[FieldFinding], words: str) -> Shown:
    """One place, seen through a narrow window: a file's text is long, and all that was found near it is masked."""
    start, end = max(0, finding.start - AROUND), finding.end + AROUND
    near = [
        replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)
        for one in (finding, *others)
        if one.field == finding.field and one.start < end and one.end > start
    ]
    return shown({finding.field: words[start:end]}, near)[finding.field][0]
