"""The share form: the 26 fields of the template's quick form, and the language of the text."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.models import Circle, Level, Organisation, User
from cop_site.accounts.policy import circles_of

from .. import rules, template
from ..models import Practice
from . import choices
from .findings import Shown, shown
from .parts import Month, Words, WordsList, yes_or_no

ROWS = {"steps": 3, "lessons": 1}  # boxes that an empty form shows
# Who may see a practice changes by deeds of its own once readers see it.
ONLY_BEFORE_PUBLICATION = ("organisation", "visibility", "circle")
INVALID = {"invalid_choice": gettext_lazy("Please choose one of those on offer.")}
HAND_IN = "submit"


class ShareForm(forms.Form):
    """What an author says of a practice; ``content()`` is what the deeds take.

    ``to_publish`` asks for all that the review desk needs; a draft needs a title and a kind. ``is_checked=False``
    draws what was typed without judging it. Personal data is refused in either case, and told in ``findings``.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        author: User,
        practice: Practice | None = None,
        to_publish: bool = False,
        is_checked: bool = True,
        more: str = "",
    ) -> None:
        self.author, self.practice = author, practice
        self.to_publish, self.is_checked, self.more = to_publish, is_checked, more
        self.findings: dict[str, list[Shown]] = {}
        super().__init__(data, initial=_initial(practice, author))
        for key, field in template.quick_form().items():
            self._add(key, field)
        if practice is not None and practice.live:
            for name in ONLY_BEFORE_PUBLICATION:
                self.fields.pop(name, None)

    # --- its fields

    def _add(self, key: str, field: template.Field) -> None:
        make = getattr(self, f"_make_{field.type}")
        for name, made in make(key, field):
            made.required = False
            self.fields[name] = made

    def _told(self, field: template.Field) -> dict[str, Any]:
        return {"label": field.label, "help_text": _own_help(field) or field.help}

    def _make_text(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield key, Words(max_length=Practice._meta.get_field(key).max_length, **self._told(field))
        if key == "title":
            language = template.fields()["language"]
            yield (
                "language",
                forms.ChoiceField(choices=language.options, widget=forms.RadioSelect, error_messages=INVALID, **self._told(language)),
            )

    def _make_longtext(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        if key == "problem" and self.practice is not None and self.practice.context:
            # An imported record has a context; the quick form of today does not ask for one.
            yield "context", Words(widget=forms.Textarea, **self._told(template.fields()["context"]))
        yield key, Words(widget=forms.Textarea, **self._told(field))

    def _make_term(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        offered = choices.of(field, chosen=self.initial.get(key) or "")
        circles = Circle.objects.filter(pk__in=circles_of(self.author)) if key == "visibility" else Circle.objects.none()
        if key == "visibility" and not circles.exists():
            offered = [(slug, label) for slug, label in offered if slug != Level.CIRCLE]
        yield key, forms.ChoiceField(choices=offered, widget=forms.RadioSelect, error_messages=INVALID, **self._told(field))
        if any(slug == Level.CIRCLE for slug, _label in offered):
            yield (
                "circle",
                forms.ModelChoiceField(
                    circles.order_by("name_id"), label=_("Which circle"), empty_label=_("Not chosen yet"), error_messages=INVALID
                ),
            )

    _make_choice = _make_term

    def _make_terms(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        offered = choices.mandates_by_group() if key == "mandate" else choices.of(field)
        yield (
            key,
            forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, error_messages=INVALID, **self._told(field)),
        )

    def _make_checkboxes(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield (
            key,
            forms.MultipleChoiceField(
                choices=field.options, widget=forms.CheckboxSelectMultiple, error_messages=INVALID, **self._told(field)
            ),
        )

    def _make_regions(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield (
            "provinces",
            forms.MultipleChoiceField(
                choices=choices.provinces_by_island(),
                widget=forms.CheckboxSelectMultiple,
                error_messages=INVALID,
                label=field.label,
                help_text=_("Provinces only. No address, no hamlet, no point on a map."),
            ),
        )

    def _make_organisation(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield (
            key,
            forms.ModelChoiceField(
                Organisation.objects.joined_by(self.author).order_by("name"),
                empty_label=_("Not chosen yet"),
                error_messages=INVALID,
                **self._told(field),
            ),
        )
        yield "organisation_hidden", forms.BooleanField(label=_("Do not name the organisation to the public"))

    def _make_daterange(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield "period_start", Month(label=_("Begun in"), help_text=_("Month and year, like 2026-03. No exact dates."))
        yield "period_end", Month(label=_("Ended in"), help_text=_("Leave empty while it goes on."))

    def _make_list(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield key, WordsList(at_least=ROWS.get(key, 1), at_most=field.told.get("max_items", 12), **self._told(field))

    def _make_boolean(self, key: str, field: template.Field) -> Iterator[tuple[str, forms.Field]]:
        yield (
            key,
            forms.TypedChoiceField(
                choices=choices.yes_and_no(),
                widget=forms.RadioSelect,
                coerce=yes_or_no,
                empty_value=None,
                error_messages=INVALID,
                **self._told(field),
            ),
        )

    # --- what was said

    @property
    def errors(self) -> ErrorDict:
        return super().errors if self.is_checked else ErrorDict()

    def is_valid(self) -> bool:
        """No error, and no personal data that would have to be kept."""
        return super().is_valid() and not any(one.action == "block" for found in self.findings.values() for one in found)

    def content(self) -> dict[str, Any]:
        """Columns of ``Practice`` and their values; what an old form or a script left out is as the template has it."""
        content = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        for name in {"language", "sensitivity", "contact_route", "visibility"} & content.keys():
            content[name] = content[name] or self.initial[name]
        if "visibility" in content and content["visibility"] != Level.CIRCLE:
            content["circle"] = None
        return content

    def clean(self) -> dict[str, Any]:
        """What the template's rules and the guard say, each at its field."""
        content = (rules.content_of(self.practice) if self.practice else {}) | self.content()
        for problem in rules.problems_in(content, to_publish=self.to_publish):
            self._refuse(problem)
        if content.get("visibility") == Level.CIRCLE and "circle" in self.fields and content.get("circle") is None:
            self.add_error("circle", _("Choose the circle that may see it."))
        if self.to_publish and content.get("visibility") == Level.PRIVATE:
            self.add_error(
                "visibility" if "visibility" in self.fields else None, _("A private draft is not reviewed. Choose who may see it.")
            )
        self.findings = shown(content, rules.findings_in(content))
        return self.cleaned_data

    def refuse(self, refusal: rules.NotReady) -> None:
        """Show why a deed did not take what this form found good."""
        for problem in refusal.problems:
            self._refuse(problem)
        if refusal.findings and not refusal.problems:
            self.add_error(None, template.rule("r8"))

    def _refuse(self, problem: rules.Problem) -> None:
        known = problem.field in self.fields
        if not known or problem.field not in self._errors:  # a value that could not be read is not "still empty" as well
            self.add_error(problem.field if known else None, problem.short if known else problem.sentence)

    @cached_property
    def choice_help(self) -> dict[str, dict[str, str]]:
        return {key: choices.helps(field) for key, field in template.quick_form().items() if field.type in {"term", "choice"}}


def _initial(practice: Practice | None, author: User) -> dict[str, Any]:
    """What stands in the form at first: the newest words of a practice, or the template's own defaults."""
    if practice is None:
        own = list(Organisation.objects.joined_by(author)[:2])
        defaults = {key: field.told["default"] for key, field in template.quick_form().items() if "default" in field.told}
        return defaults | {"language": author.language, "organisation": own[0] if len(own) == 1 else None}
    found = rules.content_of(practice) | {"circle": practice.circle}
    found["children_involved"] = {True: "yes", False: "no", None: ""}[practice.children_involved]
    if practice.wants_public and not practice.live:
        found["visibility"] = Level.PUBLIC
    return found


def _own_help(field: template.Field) -> str:
    """The template's help names "good practice" among the kinds; the quick form cannot carry one yet."""
    return _("A case study, a lesson or an innovation. A good practice comes with the full form.") if field.key == "document_kind" else ""
