"""The shape of short texts about an entry: wishes, answers, reasons, questions; and of choices beside them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Level, Organisation
from cop_site.vocabulary import selectors as words

from ..models import Listing
from ..selectors import stewards
from .findings import Guarded
from .writing import DAYS, Line, Words

LONGEST_REASON, LONGEST_QUESTION = 600, 1000


def _words(label: Any, most: int, help: Any) -> Words:
    return Words(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 5}), help_text=help)


class ClaimForm(Guarded):
    TEXTS = ("reason",)
    reason = _words(
        gettext_lazy("What you do there"),
        LONGEST_REASON,
        gettext_lazy("The secretariat reads it. Say how it can check that you belong there."),
    )


class DeclineForm(Guarded):
    TEXTS = ("answer",)
    answer = _words(gettext_lazy("Your answer"), LONGEST_REASON, gettext_lazy("It is read by whoever asked."))


class UnwantedForm(Guarded):
    TEXTS = ("reason",)
    reason = _words(
        gettext_lazy("Who asked for it, and how"),
        LONGEST_REASON,
        gettext_lazy("An office or a role, no name. Only the secretariat reads it."),
    )


class QuestionForm(Guarded):
    TEXTS = ("question",)
    question = _words(
        gettext_lazy("Your question"),
        LONGEST_QUESTION,
        gettext_lazy("Tell no story of a person here: no name, no number, no place where somebody is."),
    )


class AnswerForm(Guarded):
    TEXTS = ("answer",)
    answer = _words(gettext_lazy("Your answer"), LONGEST_QUESTION, gettext_lazy("Say how to go on from here: whom to call, what to bring."))


class StewardForm(Guarded):
    """Another of the organisation who looks after the entry, beside oneself or in one's place."""

    TEXTS = ("reason",)
    reason = Line(label=gettext_lazy("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {person.handle: person for person in stewards.could_be(organisation)}
        choices = [("", _("Not chosen yet")), *((handle, person.name) for handle, person in self.people.items())]
        self.fields["person"] = forms.ChoiceField(
            label=_("Who shall look after it"),
            choices=choices,
            error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
        )
        self.order_fields(["person", "reason"])


class MergeForm(forms.Form):
    """Which other entry is the same organisation."""

    use_required_attribute = False
    duplicate = forms.SlugField(
        label=gettext_lazy("The other entry"),
        help_text=gettext_lazy("The last part of its address: /directory/this-part/"),
        error_messages={"invalid": gettext_lazy("There is no such entry.")},
    )

    def __init__(self, *args: Any, viewer: Any, into: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = Organisation.objects.visible_to(viewer).exclude(pk=into.pk)

    def clean_duplicate(self) -> Organisation:
        found = self.others.filter(slug=self.cleaned_data["duplicate"]).first()
        if found is None:
            raise forms.ValidationError(_("There is no such entry."))
        return found


class LevelForm(forms.Form):
    """Who may see an entry; everybody is a decision of its own."""

    use_required_attribute = False
    level = forms.ChoiceField(label=gettext_lazy("Who may see it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["level"].choices = [(level.value, level.label) for level in Listing.LEVELS]  # type: ignore[attr-defined]
        self.choice_help = {
            "level": {
                Level.NETWORK: _("Verified members, and researchers. Never the public."),
                Level.STEWARDS: _("Its own people, moderators and the secretariat."),
            }
        }


class VerifyForm(forms.Form):
    """How far somebody else has checked an entry, and when."""

    use_required_attribute = False
    verification = forms.ChoiceField(label=gettext_lazy("How far it was checked"))
    day = forms.DateField(
        label=gettext_lazy("On which day"),
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Please write the day like 2026-03-31 or 31/3/2026.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["verification"].choices = words.choices("verification_level")  # type: ignore[attr-defined]


class LogoForm(forms.Form):
    """A picture that stands for the organisation."""

    use_required_attribute = False
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG, JPEG or WebP, at most 20 MB. No faces, no place that can be recognised."),
        error_messages={"required": gettext_lazy("Please choose a file.")},
    )
