"""The shape of what is said about watched words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.screening import patterns, wordlists
from cop_site.screening.models import WatchedWord

ACTION_HELP = {
    WatchedWord.Action.FLAG: gettext_lazy("Readers see it at once. It comes to the queue as flagged."),
    WatchedWord.Action.HOLD: gettext_lazy(
        "A post waits in the queue. In the library and the directory it is flagged, for nothing waits there."
    ),
    WatchedWord.Action.BLOCK: gettext_lazy(
        "The form is not taken, and its author sees which words are meant. Only for what never belongs here."
    ),
}


class WordForm(forms.ModelForm):
    """Words, what happens with them, and why."""

    use_required_attribute = False
    choice_help = {"action": ACTION_HELP}
    action = forms.ChoiceField(label=gettext_lazy("What happens"), choices=WatchedWord.Action.choices, widget=forms.RadioSelect)

    class Meta:
        model = WatchedWord
        fields = ("pattern", "action", "language", "note", "is_active")
        labels = {"is_active": gettext_lazy("Watch for them"), "language": gettext_lazy("Language of the words")}
        help_texts = {
            "pattern": gettext_lazy("One word or several in a row. A star stands for letters: rekrut* finds rekrutmen."),
            "language": gettext_lazy("For those who keep the list. Every text is looked through, whatever its language."),
            "note": gettext_lazy("Only those who keep the list see it."),
        }
        error_messages = {"pattern": {"required": gettext_lazy("Please write something here.")}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["pattern"].label, self.fields["note"].label = _("Words"), _("Why")
        self.fields["language"].choices = WatchedWord.Language.choices  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["is_active"]

    def clean(self) -> dict[str, Any]:
        """The deed asks the rest: the row at hand may be older than what stands there by now."""
        told = super().clean() or self.cleaned_data
        if (problem := patterns.problem_with(told.get("pattern", ""))) and "pattern" not in self.errors:
            self.add_error("pattern", problem)
        return told

    def _post_clean(self) -> None:
        """The row is the deed's to change."""

    def refuse(self, refusal: ValidationError) -> None:
        """Say at the fields why the deed was refused."""
        for name, sentences in refusal.message_dict.items():
            self.add_error(name if name in self.fields else None, sentences)


class TryForm(forms.Form):
    """A sentence, to see what would happen with it."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("A sentence"),
        help_text=gettext_lazy("It is kept nowhere."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Please write something here.")},
    )


class ListForm(forms.Form):
    """A list of words: a file, or what was looked through a moment ago."""

    use_required_attribute = False
    upload = forms.FileField(
        label=gettext_lazy("File"), required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("upload"):
            told["text"] = self._as_text(told["upload"])
        if not told.get("text") and not self.errors:
            self.add_error("upload", _("Choose a file."))
        elif not self.errors:
            try:
                told["lines"] = wordlists.read(told["text"])
            except wordlists.Unreadable as why:
                self.add_error("upload", str(why))
        return told

    def _as_text(self, upload: Any) -> str:
        try:
            return upload.read(wordlists.MOST_CHARACTERS * 4).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("upload", _("This file is not UTF-8. Save it as “CSV UTF-8”."))
            return ""
