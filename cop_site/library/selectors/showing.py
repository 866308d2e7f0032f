"""A practice or document as a reader finds it on its page: what it says, where it comes from, what is near it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import Truncator

from cop_site.accounts.models import Level, Organisation, User
from cop_site.core import text
from cop_site.search.port import Shown
from cop_site.vocabulary import selectors as words

from .. import policy, template
from ..models import LegalStatus, Practice
from . import attaching, telling, translations, using
from .nearby import related

# Beside what worked and what did not, which stand together: the fields of each section, as readers need them.
BEFORE = {"konteks": ["context", "problem", "objective"]}
AFTER = {
    "pelaksanaan": ["steps", "approach", "actors", "resources", "legal_basis"],
    "hasil": ["indicators", "evidence_basis", "affected_view"],
    "pelajaran": ["success_factors", "unintended", "lessons"],
    "replikasi": ["preconditions", "minimum_version", "adaptation", "sustainability", "replications"],
    "keselamatan": ["survivor_how", "safeguarding", "anonymisation"],
    "rujukan": ["references", "funding", "conflict"],
}
# What every practice should say: where an import has nothing, the page says so.
EXPECTED = {"problem", "steps", "lessons"}
# A sheet of paper holds a quick note whole; of more it holds a brief.
WORDS_ON_A_SHEET = 520
BRIEF = {"summary": 80, "problem": 50, "results": 95, "what_failed": 95}
BRIEF_STEPS, BRIEF_STEP = 10, 15


@dataclass(frozen=True)
class Group:
    """Fields under one heading; a field that stands alone is the heading itself."""

    key: str
    label: str
    fields: list[telling.Told]

    @property
    def is_alone(self) -> bool:
        return len(self.fields) == 1


@dataclass(frozen=True)
class Brief:
    """What one sheet of paper holds of a long practice; what worked and what did not have the same room."""

    summary: str
    problem: str
    results: str
    what_failed: str
    steps: list[str]
    more_steps: int


@dataclass(frozen=True)
class PracticePage:
    """A practice as ``viewer`` finds it; what she may not know is not in it."""

    practice: Practice
    viewer: User
    html: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def organisation(self) -> Organisation | None:
        hidden = self.practice.organisation_hidden and not policy.sees_hidden_organisation(self.viewer)
        return None if hidden else self.practice.organisation

    @property
    def is_own(self) -> bool:
        return policy.owns(self.viewer, self.practice)

    @property
    def can_change(self) -> bool:
        return policy.can_change(self.viewer, self.practice)

    @property
    def can_withdraw(self) -> bool:
        return policy.can_withdraw(self.viewer, self.practice)

    @property
    def can_narrow(self) -> bool:
        return policy.can_narrow(self.viewer, self.practice) and self.practice.visibility != Level.PRIVATE

    @property
    def can_ask_for_public(self) -> bool:
        return policy.can_ask_for_public(self.viewer, self.practice)

    @property
    def can_confirm_still_right(self) -> bool:
        return self.practice.is_stale and policy.can_confirm_still_right(self.viewer, self.practice)

    @property
    def can_put_into_a_list(self) -> bool:
        return self.practice.live and not self.practice.is_withdrawn and policy.can_make_list(self.viewer)

    @property
    def is_public(self) -> bool:
        return self.practice.live and self.practice.visibility == Level.PUBLIC and not self.practice.is_withdrawn

    # --- what it says

    @cached_property
    def before(self) -> list[Group]:
        return self._groups(BEFORE)

    @cached_property
    def after(self) -> list[Group]:
        return self._groups(AFTER)

    def _groups(self, sections: dict[str, list[str]]) -> list[Group]:
        labels = dict(template.sections())
        groups = [Group(section, labels[section], self._told(keys)) for section, keys in sections.items()]
        return [group for group in groups if group.fields]

    def _told(self, keys: Sequence[str]) -> list[telling.Told]:
        form = template.form_of(self.practice.document_kind)
        told = [telling.told(self.practice, form[key]) for key in keys if key in form and self._is_for_viewer(key)]
        expected = set() if self.practice.is_document else EXPECTED
        return [one for one in told if not one.is_empty or one.key in expected]

    def _is_for_viewer(self, key: str) -> bool:
        return not template.any_field(key).told.get("max_visibility") or key in self.html

    @cached_property
    def is_long(self) -> bool:
        return sum(text.count_words(text.plain(one)) for one in _texts(self.html)) > WORDS_ON_A_SHEET

    @cached_property
    def brief(self) -> Brief:
        said = {key: Truncator(text.plain(self.html.get(key, ""))).words(most, truncate="…") for key, most in BRIEF.items()}
        steps = [Truncator(text.plain(step)).words(BRIEF_STEP, truncate="…") for step in self.html.get("steps", [])]
        return Brief(**said, steps=steps[:BRIEF_STEPS], more_steps=max(0, len(steps) - BRIEF_STEPS))

    # --- where it comes from

    @property
    def mandates(self) -> list[tuple[str, str]]:
        return self._labelled("mandate", "mandate")

    @property
    def scales(self) -> list[tuple[str, str]]:
        return self._labelled("service_scale", "service_scale")

    @property
    def forms(self) -> list[tuple[str, str]]:
        return self._labelled("trafficking_form", "trafficking_form")

    @property
    def types(self) -> list[tuple[str, str]]:
        return self._labelled("practice_type", "practice_type")

    @property
    def targets(self) -> list[str]:
        return [label for _slug, label in self._labelled("target_group", "target_group")]

    def _labelled(self, column: str, vocabulary: str) -> list[tuple[str, str]]:
        return [(slug, words.label(vocabulary, slug)) for slug in getattr(self.practice, column)]

    @property
    def places(self) -> list[str]:
        """Where, at the precision that is shown and no finer."""
        return [place.name for place in (*self.practice.shown_regencies, *self.practice.shown_provinces)]

    @property
    def more_facts(self) -> list[telling.Told]:
        """What else was chosen from lists, where something was."""
        keys = ["process_stage", "modus", "area_role", "challenge_category", "cost_band", "author_role", "outcome"]
        keys += ["survivor_involvement", "children_involved", "consent_status", "contact_route"]
        return self._told(keys)

    @property
    def legal_tone(self) -> str:
        return {LegalStatus.IN_FORCE: "good", LegalStatus.REPEALED: "stop", "": ""}.get(self.practice.legal_status, "wait")

    @cached_property
    def attachments(self) -> list[attaching.Attached]:
        return attaching.attached_for(self.viewer, self.practice)

    @property
    def adaptations(self) -> using.Adaptations:
        return using.adaptations(self.practice, self.viewer)

    # --- what is near it

    @cached_property
    def versions(self) -> translations.Versions:
        return translations.versions(self.practice, viewer=self.viewer)

    @cached_property
    def related(self) -> list[Shown]:
        return related(self.practice, viewer=self.viewer) if self.practice.live else []


def practice_page(practice: Practice, *, viewer: User) -> PracticePage:
    """A practice with the texts that ``viewer`` may read: risks stay inside the network, how it was made anonymous with stewards."""
    html = dict(practice.html)
    if not policy.sees_safeguards(viewer, practice):
        html.pop("safeguarding", None)
    if not policy.sees_anonymisation(viewer, practice):
        html.pop("anonymisation", None)
    return PracticePage(practice, viewer, html)


def _texts(html: dict[str, Any]) -> list[str]:
    return [part for value in html.values() if not isinstance(value, int) for part in (value if isinstance(value, list) else [value])]
