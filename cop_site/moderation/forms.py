"""The shape of what is said about rows that may do harm: reports, decisions, objections, sentences at hand, turns."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cop_site.screening.forms import Guarded
from cop_site.screening.refusing import NotReady
from cop_site.vocabulary import selectors as words

from . import kinds
from .choices import LONGEST_APPEAL, LONGEST_NOTE, LONGEST_REASON, MUTED_FOR, SUSPENDED_FOR, Outcome, Reason, Sanction, Severity
from .models import Phrase

_CHOOSE = {"required": gettext_lazy("Please choose one."), "invalid_choice": gettext_lazy("Please choose one.")}
_WRITE = {"required": gettext_lazy("Please write something here.")}
REASON_HELP = {
    Reason.DANGER: gettext_lazy("A moderator is told at once. Is it urgent? Call an official channel first; this is no emergency service."),
    Reason.PERSONAL: gettext_lazy("A name, a number, an address, a shelter, a face. Do not repeat it in your note."),
    Reason.RECRUITING: gettext_lazy("Work that sounds too good, papers that are kept, money in advance."),
    Reason.FAKE: gettext_lazy("Somebody speaks for an organisation or a person that they are not."),
}
OUTCOME_HELP = {
    Outcome.KEEP: gettext_lazy("Readers go on seeing it. Whoever reported it hears that it was looked at."),
    Outcome.RELEASE: gettext_lazy("Readers see it from now on."),
    Outcome.REFUSE: gettext_lazy("Only its author keeps the words, and may object."),
    Outcome.TAKE_AWAY: gettext_lazy("Its place stays, its words go. Its author may object."),
}


def _text(label: Any, help: Any = "", *, longest: int = LONGEST_REASON, required: bool = True, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help, max_length=longest, required=required, widget=widget, error_messages=_WRITE)


class ReportForm(Guarded):
    """Why somebody thinks that a row does harm."""

    TEXTS = ("note",)
    choice_help = {"reason": REASON_HELP}
    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it"), choices=Reason.choices, widget=forms.RadioSelect, error_messages=_CHOOSE
    )
    note = _text(
        gettext_lazy("What a moderator should know"),
        gettext_lazy("Where to look, what you know of it; needed for “Something else”. No names or numbers of people."),
        longest=LONGEST_NOTE,
        required=False,
        rows=3,
    )


class Verdict(NamedTuple):
    """One thing that can become of a row, as the form offers it."""

    value: str
    label: Any
    help: Any
    is_closed: bool


class VerdictForm(Guarded):
    """What becomes of rows, and the reason that their authors read."""

    TEXTS = ("reason",)
    choice_help = {"outcome": OUTCOME_HELP}
    outcome = forms.ChoiceField(label=gettext_lazy("Decision"), choices=Outcome.choices, widget=forms.RadioSelect, error_messages=_CHOOSE)
    phrase = forms.ModelChoiceField(
        Phrase.objects.filter(is_used=True),
        label=gettext_lazy("A sentence at hand"),
        required=False,
        empty_label=gettext_lazy("Not chosen yet"),
    )
    reason = _text(gettext_lazy("Reason for the author"), gettext_lazy("The author reads it. Name rules and roles, no people."), rows=3)

    def __init__(self, *args: Any, outcomes: Iterable[str] = (), closed: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered, self.closed = [Outcome(one) for one in outcomes] or list(Outcome), set(closed)
        field: Any = self.fields["outcome"]
        field.choices = [(one.value, one.label) for one in self.offered if one.value not in self.closed]
        phrases: Any = self.fields["phrase"]
        phrases.label_from_instance = lambda phrase: phrase.name
        phrases.widget.attrs["class"] = "select"
        self.has_phrases = phrases.queryset.exists()

    @property
    def verdicts(self) -> list[Verdict]:
        """What can be chosen, and what is closed."""
        return [Verdict(one.value, one.label, OUTCOME_HELP[one], one.value in self.closed) for one in self.offered]


class FilterForm(forms.Form):
    """Which part of the queue to show."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of text"))
    severity = forms.ChoiceField(label=gettext_lazy("How soon"))
    forum = forms.ChoiceField(label=gettext_lazy("Forum"))
    province = forms.ChoiceField(label=gettext_lazy("Province"))
    language = forms.ChoiceField(label=gettext_lazy("Language"))

    def __init__(self, *args: Any, forums: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, auto_id="saring-%s", **options)
        offered: dict[str, list[tuple[str, Any]]] = {
            "kind": [(kind.name, kind.label) for kind in kinds.KINDS.values()],
            "severity": [(str(one.value), one.label) for one in reversed(Severity)],
            "forum": [(one.slug, one.name) for one in forums],
            "province": [(code, one.name) for code, one in words.provinces().items()],
            "language": list(settings.LANGUAGES),
        }
        for name, choices in offered.items():
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


class DecisionForm(VerdictForm):
    """What becomes of one row, and of its author besides."""

    author = forms.ChoiceField(label=gettext_lazy("And its author"), required=False)

    def __init__(self, *args: Any, sanctions: Iterable[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(value, label) for value, label in _sanctions() if value.partition(":")[0] in set(sanctions)]
        if len(offered) > 1:
            self.fields["author"].choices = offered  # type: ignore[attr-defined]
        else:
            del self.fields["author"]

    def refuse(self, refusal: NotReady) -> None:
        """What the deed says about a sanction stands at the author's field."""
        for problem in [one for one in refusal.problems if one.field in {"sanction", "days"} and "author" in self.fields]:
            self.add_error("author", problem.sentence)
            refusal.problems.remove(problem)
        if refusal.problems or refusal.findings or not self.errors:
            super().refuse(refusal)

    def said(self) -> dict[str, Any]:
        """As the deed takes it."""
        sanction, _colon, days = self.cleaned_data.get("author", "").partition(":")
        return {
            "outcome": Outcome(self.cleaned_data["outcome"]),
            "sanction": Sanction(sanction),
            "days": int(days or 0),
            "reason": self.cleaned_data["reason"],
        }


def _sanctions() -> Iterable[tuple[str, Any]]:
    """What may become of an author, each with how long."""
    yield Sanction.NONE.value, _("Nothing happens to them")
    yield Sanction.WARNING.value, Sanction.WARNING.label
    for days in MUTED_FOR:
        yield (
            f"{Sanction.MUTE}:{days}",
            ngettext("Does not write for %(days)d day", "Does not write for %(days)d days", days) % {"days": days},
        )
    for days in SUSPENDED_FOR:
        told = ngettext("Is suspended for %(days)d day", "Is suspended for %(days)d days", days) % {"days": days}
        yield f"{Sanction.SUSPENSION}:{days}", told if days else _("Is suspended until somebody lifts it")


class AppealForm(Guarded):
    """Why somebody finds a decision wrong."""

    TEXTS = ("words",)
    words = _text(
        gettext_lazy("Why the decision should be looked at again"),
        gettext_lazy("A moderator who did not decide reads it, and nobody else. You can object once."),
        longest=LONGEST_APPEAL,
    )


class AppealDecisionForm(Guarded):
    """What another moderator finds."""

    TEXTS = ("answer",)
    choice_help = {
        "grant": {
            "yes": gettext_lazy("The decision is undone, as if it had not been made."),
            "no": gettext_lazy("The decision stays. There is no further objection here."),
        }
    }
    grant = forms.ChoiceField(
        label=gettext_lazy("What you find"),
        choices=[("yes", gettext_lazy("The objection is right")), ("no", gettext_lazy("The decision was right"))],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    answer = _text(gettext_lazy("Answer to whoever objected"), gettext_lazy("Say what you looked at and why you find so."), rows=3)


class PhraseForm(Guarded):
    """A sentence at hand, in both languages."""

    TEXTS = ("words_id", "words_en")
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("Only moderators see it."), max_length=80, error_messages=_WRITE
    )
    words_id = _text(gettext_lazy("In Indonesian"), rows=3)
    words_en = _text(gettext_lazy("In English"), required=False, rows=3)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Mostly used for"), choices=[("", gettext_lazy("Any decision")), *Outcome.choices], required=False
    )
    is_used = forms.BooleanField(label=gettext_lazy("Offer it in the decision form"), required=False, initial=True)


class DutyForm(Guarded):
    """Whose turn it is, from one day to another."""

    person = forms.ModelChoiceField(
        None, label=gettext_lazy("Moderator"), empty_label=gettext_lazy("Not chosen yet"), error_messages=_CHOOSE
    )
    starts_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_WRITE)
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}), error_messages=_WRITE)
    is_backup = forms.BooleanField(
        label=gettext_lazy("As the back-up"), help_text=gettext_lazy("Is reminded when something waits twice as long."), required=False
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        who: Any = self.fields["person"]
        who.queryset, who.label_from_instance = people, lambda person: person.name

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        elif ends and ends < timezone.localdate():
            self.add_error("ends_on", _("That day is over."))
        return said
