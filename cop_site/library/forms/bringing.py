"""The forms of the secretariat about files of records: one that brings, one that carries away."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Level
from cop_site.core.records.refusing import Unreadable, in_readers_language

from ..importing.weighing import Wish
from ..policy import DOCUMENT_KIND, KIND

# A line that names no circle or organisation cannot be for one.
_OFFERED = [(level.value, level.label) for level in Level if level not in {Level.CIRCLE, Level.ORGANISATION}]


class ImportForm(forms.Form):
    """A file, and what is to become of its lines."""

    use_required_attribute = False
    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".jsonl,.csv,.xlsx"}),
    )
    level = forms.ChoiceField(label=gettext_lazy("Who sees lines that say nothing about it"), choices=_OFFERED, initial=Level.NETWORK.value)
    is_published = forms.BooleanField(
        label=gettext_lazy("Put them into the library at once"),
        help_text=gettext_lazy(
            "Otherwise they are drafts of yours. For what everybody reads, this is your recorded safety approval:"
            " you say that nothing in the file endangers anybody."
        ),
        required=False,
    )

    @property
    def wish(self) -> Wish:
        return Wish(self.cleaned_data["is_published"], self.cleaned_data["level"])

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload is None:
            raise forms.ValidationError(_("Choose a file."))
        return upload

    def refuse_file(self, why: Unreadable) -> None:
        """Say at the file why nothing of it can be read."""
        told = in_readers_language(why.sentence, why.named, with_words=True)
        self.add_error("upload", _("The file %(why)s") % {"why": told})


class ExportForm(forms.Form):
    """Which texts, and as what."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Which texts"),
        choices=[
            ("all", gettext_lazy("Practices and documents")),
            (KIND, gettext_lazy("Practices")),
            (DOCUMENT_KIND, gettext_lazy("Documents")),
        ],
        initial="all",
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Who may see them"),
        choices=[("", gettext_lazy("All that you may see")), *[(level.value, level.label) for level in Level]],
        required=False,
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("As"),
        choices=[
            ("jsonl", gettext_lazy("JSONL: whole, for another site")),
            ("csv", gettext_lazy("CSV: a table")),
            ("xlsx", gettext_lazy("XLSX: a workbook like the template")),
        ],
        initial="jsonl",
    )
