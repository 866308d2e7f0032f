"""What a reviewer fills: comments field by field, points, a level of evidence, a note, a decision."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cop_site.screening.guard import screen_fields
from cop_site.vocabulary import selectors as words

from .. import rules, template
from ..models import Practice
from .deciding import NoteForm
from .findings import shown
from .parts import Words

COMMENT, SCORE = "comment-", "score-"
LONGEST_COMMENT = 2000


class VerdictForm(NoteForm):
    """A yes or a no, and a note; a no needs a reason."""

    YES, CHANGES, NO = "approve", "changes", "refuse"

    decision = forms.ChoiceField(choices=[(one, one) for one in (YES, CHANGES, NO)], widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        """All free words of the form, by the name of their field."""
        return {"text": self.cleaned_data.get("text", "")}

    def clean(self) -> dict[str, Any]:
        texts = self.texts()
        self.findings = shown(texts, screen_fields(texts))
        is_no = self.cleaned_data.get("decision") in {self.CHANGES, self.NO}
        if is_no and not any(texts.values()) and not self._errors:
            self.add_error("text", _("Say what should change, so that the author can go on."))
        return self.cleaned_data

    @property
    def verdict(self) -> str:
        return self.cleaned_data["decision"]

    def judgement(self) -> dict[str, Any]:
        """What the deed is told."""
        return {"note": self.cleaned_data["text"]}

    def refuse(self, refusal: rules.NotReady) -> None:
        """What the deed said no to, at its field where the form has it."""
        for problem in refusal.problems:
            name = {rules.SCORES: f"{COMMENT}{rules.SCORES}", rules.LEVEL: "evidence"}.get(problem.field, problem.field)
            self.add_error(name if name in self.fields else None, problem.sentence)
        if not refusal.problems:
            self.add_error(None, refusal.messages[0])


class DecisionForm(VerdictForm):
    """The same with comments on single fields."""

    def __init__(self, *args: Any, practice: Practice, **options: Any) -> None:
        super().__init__(*args, **options)
        self.practice = practice
        for key, field in template.form_of(practice.document_kind).items():
            label = _("Comment on “%(field)s”") % {"field": field.label}
            self.fields[f"{COMMENT}{key}"] = _comment(label)

    def texts(self) -> dict[str, str]:
        names = [name for name in self.fields if name == "text" or name.startswith(COMMENT)]
        return {name: self.cleaned_data.get(name, "") for name in names}

    def judgement(self) -> dict[str, Any]:
        return super().judgement() | {"comments": self.comments()}

    def comments(self) -> dict[str, str]:
        texts = self.texts().items()
        return {name.removeprefix(COMMENT): said for name, said in texts if name.startswith(COMMENT) and said}

    @property
    def boxes(self) -> Mapping[str, forms.BoundField]:
        """The comment boxes by the key of the field that they are about."""
        return {name.removeprefix(COMMENT): self[name] for name in self.fields if name.startswith(COMMENT)}

    @property
    def open_boxes(self) -> set[str]:
        """Those that say something, or have an error: they are not folded away."""
        return {key for key, box in self.boxes.items() if box.value() or box.errors}


def _comment(label: str) -> Words:
    return Words(label=label, required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 3}))


def _levels(levels: list[str], *, required: bool) -> forms.ChoiceField:
    choices = words.choices("evidence_level", levels)
    return forms.ChoiceField(label=_("Evidence level set"), choices=choices, widget=forms.RadioSelect, required=required)


def _confirmation() -> forms.BooleanField:
    return forms.BooleanField(required=False, label=_("I found the evaluation among its references"))


class ReviewForm(DecisionForm):
    """The decision about what was handed in: with points for each criterion, and the level of evidence."""

    def __init__(self, *args: Any, levels: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_scores = self.has_levels = not self.practice.is_document
        if self.practice.is_document:
            return
        self.offers_evaluated = rules.EVALUATED in levels
        points = [(str(number), str(number)) for number in rules.POINTS]
        for slug, criterion in words.terms("practice_criteria").items():
            self.fields[f"{SCORE}{slug}"] = forms.ChoiceField(
                label=criterion.label, help_text=criterion.definition, choices=points, widget=forms.RadioSelect, required=False
            )
        self.fields[f"{COMMENT}{rules.SCORES}"] = _comment(_("One reason for the points"))
        self.fields["evidence"] = _levels(levels, required=False)
        self.fields["confirms_evaluation"] = _confirmation()

    @property
    def scores(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(SCORE)]

    def judgement(self) -> dict[str, Any]:
        told = super().judgement()
        if not self.has_scores:
            return told
        given = {name: self.cleaned_data.get(name) for name in self.fields if name.startswith(SCORE)}
        told["scores"] = {name.removeprefix(SCORE): int(points) for name, points in given.items() if points}
        if self.verdict == self.YES:
            told |= {name: self.cleaned_data[name] for name in ("evidence", "confirms_evaluation")}
        return told


class EvidenceForm(VerdictForm):
    """The level of evidence of a practice on the shelf."""

    decision = None

    def __init__(self, *args: Any, levels: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offers_evaluated = rules.EVALUATED in levels
        self.fields["evidence"] = _levels(levels, required=True)
        self.fields["confirms_evaluation"] = _confirmation()
        self.order_fields(["evidence", "confirms_evaluation", "text"])

    def judgement(self) -> dict[str, Any]:
        return super().judgement() | {name: self.cleaned_data[name] for name in ("evidence", "confirms_evaluation")}
