"""The share form in its three shapes: a quick note, the whole practice, the short record of a document."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cop_site.accounts.models import Level, Organisation, User

from .. import rules, template
from ..models import Practice
from ..selectors import guarding
from . import choices, making, shapes
from .findings import Shown, shown
from .parts import Words, WordsList

# Who may see a practice changes by deeds of its own once readers see it.
ONLY_BEFORE_PUBLICATION = ("organisation", "visibility", "circle")
HAND_IN = "submit"


class ShareForm(forms.Form):
    """What an author says of a practice or document; ``content()`` is what the deeds take.

    ``to_publish`` asks for all that the review desk needs; a draft needs a title and a kind. ``is_checked=False``
    draws what was typed without judging it. Personal data is refused in either case, and told in ``findings``.
    ``shape`` is what is drawn; what was sent says in ``as`` which shape it had.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        author: User,
        practice: Practice | None = None,
        shape: str = "",
        to_publish: bool = False,
        is_checked: bool = True,
        more: str = "",
    ) -> None:
        self.author, self.practice = author, practice
        self.to_publish, self.is_checked, self.more = to_publish, is_checked, more
        self.sent_shape = shapes.shape_that_was_sent(practice, data.get("as", "")) if data is not None else ""
        self.shape = self._shape(shape)
        self.findings: dict[str, list[Shown]] = {}
        super().__init__(data, initial=_initial(practice, author, self.shape))
        whom = making.For(author, self.shape, self.initial, is_read=bool(practice and practice.live))
        for field in shapes.fields_of(self.shape).values():
            self.fields.update(making.fields_for(field, whom))
        self.fields[shapes.WARN_REASON] = making.warn_reason()
        if practice is not None and practice.live:
            self.fields.update(making.about_the_change())
            for name in ONLY_BEFORE_PUBLICATION:
                self.fields.pop(name, None)

    def _shape(self, wished: str) -> str:
        """A quick note may grow; nothing shrinks, and a document stays one."""
        if self.sent_shape == shapes.QUICK and wished == shapes.FULL:
            return shapes.FULL
        return self.sent_shape or shapes.shape_to_show(self.practice, wished)

    # --- what was said

    @property
    def errors(self) -> ErrorDict:
        return super().errors if self.is_checked else ErrorDict()

    def is_valid(self) -> bool:
        """No error, and no personal data that would have to be kept."""
        return super().is_valid() and not any(one.action == "block" for found in self.findings.values() for one in found)

    @property
    def claims_too_much(self) -> bool:
        """Whether a quick note says of itself what only the full form can carry."""
        if self.shape != shapes.QUICK or not self.is_bound:
            return False
        return rules.wants_full_form({name: self[name].value() for name in ("document_kind", "evidence_level")})

    @property
    def has_warnings(self) -> bool:
        return any(one.action == "warn" for found in self.findings.values() for one in found)

    def value_of(self, name: str) -> Any:
        """What stands in a field: what was typed; where it was not asked for before, what it starts with."""
        widget = self.fields[name].widget
        grew = self.is_bound and self.sent_shape != self.shape and name not in shapes.names_of(self.sent_shape)
        is_choice = isinstance(widget, forms.Select | forms.RadioSelect)
        is_new = grew or (self.is_bound and is_choice and widget.value_omitted_from_data(self.data, self.files, name))
        return self.get_initial_for_field(self.fields[name], name) if is_new else self[name].value()

    def content(self) -> dict[str, Any]:
        """Columns of ``Practice`` and their values; what an old form or a script left out is as the template has it."""
        content = {name: value for name, value in self.cleaned_data.items() if name in self.fields}
        with_default = {key for key, field in shapes.fields_of(self.shape).items() if "default" in field.told} | {"language"}
        for name in with_default & content.keys():
            content[name] = content[name] or self.initial.get(name, "")
        if "visibility" in content and content["visibility"] != Level.CIRCLE:
            content["circle"] = None
        if "regencies" in content:  # a district of a province that was unticked goes with it
            provinces = content.get("provinces") or []
            content["regencies"] = [code for code in content["regencies"] if code.split(".")[0] in provinces]
        return content

    def clean(self) -> dict[str, Any]:
        """What the template's rules and the guard say, each at its field."""
        content = (rules.content_of(self.practice) if self.practice else {}) | self.content()
        for problem in rules.problems_in(self._of_its_kind(content), to_publish=self.to_publish):
            self._refuse(problem)
        if not content.get("document_kind") and self.shape == shapes.DOCUMENT:
            self._refuse(rules.Problem("document_kind", _("Still empty.")))
        if content.get("visibility") == Level.CIRCLE and "circle" in self.fields and content.get("circle") is None:
            self.add_error("circle", _("Choose the circle that may see it."))
        if self.to_publish and content.get("visibility") == Level.PRIVATE:
            self.add_error(
                "visibility" if "visibility" in self.fields else None, _("A private draft is not reviewed. Choose who may see it.")
            )
        found = guarding.findings_in(self.practice, content)
        for problem in rules.unexplained(content, found) if content.get("visibility") != Level.PRIVATE else ():
            self._refuse(problem)
        texts = [name for name, field in self.fields.items() if isinstance(field, Words | WordsList)]
        self.findings = shown(rules.texts_of(content), found, fixable=texts, language=content.get("language") or "id")
        return self.cleaned_data

    def _of_its_kind(self, content: dict[str, Any]) -> dict[str, Any]:
        """A document that does not say yet which kind it is has the rules of documents all the same."""
        is_untold = self.shape == shapes.DOCUMENT and not content.get("document_kind")
        return content | {"document_kind": min(template.document_kinds())} if is_untold else content

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
        fields = shapes.fields_of(self.shape)
        is_quick = self.shape == shapes.QUICK
        return {key: choices.helps(field, is_quick=is_quick) for key, field in fields.items() if field.type in {"term", "choice"}}


def _initial(practice: Practice | None, author: User, shape: str) -> dict[str, Any]:
    """What stands in the form at first: the newest words of a practice, or the template's own defaults."""
    if practice is None:
        own = list(Organisation.objects.joined_by(author)[:2])
        defaults = {key: field.told["default"] for key, field in shapes.fields_of(shape).items() if "default" in field.told}
        return defaults | {"language": author.language, "organisation": own[0] if len(own) == 1 else None}
    found = rules.content_of(practice) | {"circle": practice.circle}
    answers = {True: "yes", False: "no", None: ""}
    found |= {name: answers[getattr(practice, name)] for name in ("children_involved", "is_significant_change")}
    if practice.wants_public and not practice.live:
        found["visibility"] = Level.PUBLIC
    return found
