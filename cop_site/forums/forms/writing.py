"""The shape of what is written: topics, answers, edits, outcomes."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cop_site.screening.forms import Guarded
from cop_site.screening.refusing import NotReady, Problem
from cop_site.vocabulary import selectors as words

from .. import rules
from ..models import Forum, Topic

_NOTE = _("Only where reading may hurt: a few words on what it is about. The text is covered until somebody opens it.")
_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
# What fields of the forms are called in deeds.
_SAID_AS = {"text": "source"}


class _Writing(Guarded):
    """Words of a post; the free text is called ``text`` on every page and ``source`` in rows and deeds."""

    TEXTS = ("text", "content_note")

    def said(self) -> dict[str, Any]:
        """What the form says, by the names of the deeds; what is not asked here is left out."""
        return {_SAID_AS.get(key, key): value for key, value in self.cleaned_data.items() if key not in {"files", "hides_name"}}

    def refuse(self, refusal: NotReady) -> None:
        back = {said: name for name, said in _SAID_AS.items()}
        problems = [Problem(back.get(one.field, one.field), one.sentence) for one in refusal.problems]
        findings = [replace(one, field=back.get(one.field, one.field)) for one in refusal.findings]
        super().refuse(NotReady(problems, findings))


def _text(label: Any, help: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help,
        max_length=rules.LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Please write something here.")},
    )


def _note() -> forms.CharField:
    return forms.CharField(label=_("Content note"), help_text=_NOTE, max_length=rules.LONGEST_NOTE, required=False)


class _UnderAName:
    """A form with the wish to hide one's name, and with what stands folded away beside the text."""

    FOLDED = ("files", "content_note", "hides_name")

    def offer_pseudonym(self: Any, forum: Forum) -> None:
        """Where the forum allows none, a tick that was set before stays to be seen: nobody's name goes out because of a change."""
        self.allows_pseudonyms = forum.allows_pseudonyms
        wished = self.data if self.is_bound else self.initial
        if not forum.allows_pseudonyms and not wished.get("hides_name"):
            del self.fields["hides_name"]

    def clean_hides_name(self: Any) -> bool:
        if self.cleaned_data["hides_name"] and not self.allows_pseudonyms:
            raise forms.ValidationError(_("This forum takes no pseudonyms. Take the tick away to write under your own name."))
        return self.cleaned_data["hides_name"]

    @property
    def opens_fold(self: Any) -> bool:
        """What was chosen there, or is wrong there, is seen at once."""
        bound = [self[name] for name in self.FOLDED if name in self.fields]
        return any(one.errors or one.value() not in (None, "", [], False, one.field.initial) for one in bound)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files in one field; what they are is looked at when they are taken in."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [file for one in given if (file := super(Files, self).clean(one, initial))]


def _files() -> Files:
    help = _("Pictures, PDF or office files without anything that points to a person; at most %(most)d.") % {"most": rules.MOST_FILES}
    return Files(label=_("Files"), help_text=help, required=False, widget=ManyFiles)


class ReplyForm(_UnderAName, _Writing):
    """An answer, in the language of its topic unless she says otherwise; under a pseudonym where the forum allows it."""

    FOLDED = (*_UnderAName.FOLDED, "language")

    text = _text(_("Your answer"), _("Name roles, not people. No addresses and no numbers."))
    content_note = _note()
    hides_name = forms.BooleanField(
        label=_("Write under a pseudonym"),
        help_text=_(
            "A name drawn by chance, the same throughout this topic and good for no other. Style, times and what you tell may still give you away. Two moderators can open it together, with a reason; you would be told."
        ),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES, required=False)

    def __init__(self, *args: Any, topic: Topic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = topic.language  # not in ``initial``: an untouched form stays one
        self.offer_pseudonym(topic.forum)
        self.fields["files"] = _files()

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or self.fields["language"].initial


class TopicForm(_UnderAName, _Writing):
    """A new topic with its first post."""

    TEXTS = ("title", "text", "content_note")

    title = forms.CharField(
        label=_("Your question in one sentence"),
        help_text=_("For example: who has a village regulation on safe migration?"),
        max_length=rules.LONGEST_TITLE,
        error_messages={"required": _("Please write something here.")},
    )
    text = _text(_("What one has to know to answer"), _("Name roles, not people. No addresses and no numbers."))
    language = forms.ChoiceField(label=_("Language of the text"), choices=_LANGUAGES)
    mandate = forms.MultipleChoiceField(label=_("Mandates"), required=False, widget=forms.CheckboxSelectMultiple)
    service_scale = forms.MultipleChoiceField(label=_("Scale of service"), required=False, widget=forms.CheckboxSelectMultiple)
    trafficking_forms = forms.MultipleChoiceField(label=_("Forms of trafficking"), required=False, widget=forms.CheckboxSelectMultiple)
    provinces = forms.MultipleChoiceField(label=_("Provinces"), required=False, widget=forms.CheckboxSelectMultiple)
    content_note = _note()
    call_mandate = forms.ChoiceField(
        label=_("Ask people with this mandate"),
        help_text=_("Those who chose to be asked about it, and may read this forum, are told that there is a question."),
        required=False,
    )
    call_province = forms.ChoiceField(label=_("In this province"), required=False)
    hides_name = ReplyForm.base_fields["hides_name"]

    def __init__(self, *args: Any, forum: Forum, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("language", get_language() or "id")
        for name, vocabulary in rules.TAGS.items():
            self.fields[name].choices = [(slug, term.label) for slug, term in words.terms(vocabulary).items()]
        provinces = [(code, province.name) for code, province in words.provinces().items()]
        self.fields["provinces"].choices = provinces
        self.fields["call_mandate"].choices = [("", _("Nobody in particular")), *self.fields["mandate"].choices]
        self.fields["call_province"].choices = [("", _("All provinces")), *provinces]
        self.offer_pseudonym(forum)
        self.fields["files"] = _files()


class EditForm(_Writing):
    """Other words for a post, and another title where it is the first."""

    TEXTS = ("title", "text", "content_note")

    title = TopicForm.base_fields["title"]
    text = _text(_("Your post"))
    content_note = _note()

    def __init__(self, *args: Any, is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_first:
            del self.fields["title"]


class OutcomeForm(Guarded):
    """What came of a talk."""

    TEXTS = ("outcome",)

    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("A few sentences for those who have no time to read everything. Empty it to take the box away."),
        max_length=rules.LONGEST_OUTCOME,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReasonForm(Guarded):
    """Why something is taken from readers."""

    TEXTS = ("reason",)

    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Its author reads this. Do not repeat what has to go."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write something here.")},
    )


class WishesForm(forms.Form):
    """About what one can be asked."""

    mandates = forms.MultipleChoiceField(label=_("About these mandates"), required=False, widget=forms.CheckboxSelectMultiple)
    provinces = forms.MultipleChoiceField(
        label=_("In these provinces"), help_text=_("None ticked: in all."), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mandates"].choices = [(slug, term.label) for slug, term in words.terms("mandate").items()]
        self.fields["provinces"].choices = [(code, province.name) for code, province in words.provinces().items()]

    def wishes(self) -> list[tuple[str, str]]:
        """Each mandate with each province; an empty province means all of them."""
        provinces = self.cleaned_data["provinces"] or [""]
        return [(mandate, province) for mandate in self.cleaned_data["mandates"] for province in provinces]
