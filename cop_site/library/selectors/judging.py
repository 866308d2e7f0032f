"""One item of the desk, whole: the words that were handed in, what changed, what was said before, and what is still to do."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.screening.kinds import kind_of

from .. import policy, rules, template
from ..models import AdaptationReport, FieldComment, Practice, Review
from . import attaching, guarding, telling, versions
from .desk import Taken, is_colleague


@dataclass(frozen=True)
class Check:
    """Something a machine can say before a person decides."""

    is_good: bool
    title: str
    more: str = ""


@dataclass(frozen=True)
class DeskItem(Taken):
    """A practice to decide about, in the words that matter here, and what ``viewer`` may do."""

    practice: Practice
    words: Practice
    viewer: User
    comparison: versions.Comparison
    problems: list[rules.Problem]
    is_colleague: bool
    may_decide: bool
    past: list[Review] = field(default_factory=list)

    @property
    def sections(self) -> list[telling.ToldSection]:
        return telling.sections(self.words, frozenset(change.key for change in self.comparison.changes))

    @property
    def attachments(self) -> list[attaching.Attached]:
        return attaching.attached(self.words)

    @property
    def checks(self) -> list[Check]:
        return checks(self.words)

    @property
    def number(self) -> int:
        """Of how many versions that reviewers got to read this is the last."""
        return len(self.comparison.versions)

    @property
    def remarks(self) -> Mapping[str, list[FieldComment]]:
        """What was said before about each field, the oldest first."""
        found: dict[str, list[FieldComment]] = defaultdict(list)
        for review in self.past:
            for comment in review.comments.all():
                found[comment.field].append(comment)
        return dict(found)

    @property
    def notes(self) -> list[Review]:
        return [review for review in self.past if review.note]

    @property
    def may_claim(self) -> bool:
        return self.may_decide and not self.is_mine

    @property
    def why_not(self) -> str:
        """Why the viewer may read here, and not decide."""
        if self.may_decide:
            return ""
        if self.holder:
            return _("%(name)s has taken this text. You can decide once it is put back, or a week after it was taken.") % {
                "name": self.holder.name
            }
        if self.practice.state == Practice.State.SUBMITTED:
            return _("Everybody reads this practice. A safety reviewer from another organisation decides about its new words.")
        return _("You belong to the author’s organisation. Somebody of another organisation decides whether everybody may read this.")

    @property
    def needs_scores(self) -> bool:
        return rules.needs_scores(rules.content_of(self.words))


Asked = Mapping[str, str]  # which two versions: ``from`` and ``to``


def review_item(viewer: User, pk: int, asked: Asked | None = None) -> DeskItem | None:
    """What was handed in under this number, if it waits for ``viewer``: the only way to a revision for reviewers."""
    practice = _found(Practice.objects.on_the_desk_of(viewer), pk)
    if practice is None:
        return None
    submitted = practice.get_latest_revision_as_object()
    problems = rules.problems_in(rules.content_of(submitted), to_publish=True)
    return _item(viewer, practice, submitted, problems, policy.can_decide_review, asked)


def safety_item(viewer: User, pk: int, asked: Asked | None = None) -> DeskItem | None:
    """What is published under this number and shall go public, if it lies on the safety desk of ``viewer``."""
    practice = _found(Practice.objects.on_the_safety_desk_of(viewer), pk)
    if practice is None:
        return None
    return _item(viewer, practice, practice, rules.problems_with_public(practice), policy.can_decide_public, asked)


def _found(desk: Any, pk: int) -> Practice | None:
    return desk.select_related("organisation", "author", "circle", "claimed_by").filter(pk=pk).first()


def _item(viewer: User, practice: Practice, words: Practice, problems: list[rules.Problem], may: Any, asked: Asked | None) -> DeskItem:
    colleague = is_colleague(viewer, practice)
    return DeskItem(
        practice=practice,
        words=words,
        viewer=viewer,
        comparison=versions.compared(practice, words, asked or {}),
        problems=problems,
        is_colleague=colleague,
        may_decide=may(viewer, practice, is_colleague=colleague),
        past=list(practice.reviews.order_by("decided_at", "pk").prefetch_related("comments")),
    )


def checks(practice: Practice) -> list[Check]:
    """What the machine looked at; none of it replaces reading."""
    content, form = rules.content_of(practice), template.form_of(practice.document_kind)
    found = guarding.findings_in(practice, content)
    weighed = [str(kind_of(type, "warn").title) for type in rules.warned_of(found)]
    ticked = set(practice.consent_declaration) == set(dict(form["consent_declaration"].options))
    needs_another = Check(False, _("Needs a second person"), _("To go public: a safety reviewer of another organisation"))
    return [
        Check(
            not rules.blocking(found),
            _("No personal data found"),
            _("Read on for what a machine cannot see: a job, a village, a date that tells who it was."),
        ),
        *([Check(False, "; ".join(weighed), practice.warn_reason)] if weighed else []),
        Check(ticked, _("All statements of the author are ticked")),
        *([] if practice.is_document else _checks_of_practices(practice)),
        *([needs_another] if practice.wants_public else []),
    ]


def _checks_of_practices(practice: Practice) -> list[Check]:
    children = practice.children_involved
    return [
        Check(bool(practice.what_failed.strip()), _("“What did not work” is filled")),
        Check(bool(practice.safeguarding.strip()), _("Risks and safeguards are described")),
        Check(children is not None, _("Says whether children are involved"), _("Yes") if children else ""),
    ]


@dataclass(frozen=True)
class Rung:
    """A level of evidence, and what is lacking before ``viewer`` may set it."""

    slug: str
    lacking: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return not self.lacking


def rungs(viewer: User, words: Practice) -> list[Rung]:
    """The ladder as this reviewer may climb it with these words; a confirmation she can still give is not lacking."""
    reports, colleague = list(AdaptationReport.objects.that_support(words)), is_colleague(viewer, words)
    before = words.evidence_level_set
    return [
        Rung(level, tuple(rules.lacking(level, words, reports, is_colleague=colleague and level != before))) for level in rules.ladder()
    ]


def could_be_raised(viewer: User, practice: Practice) -> bool:
    """Whether ``viewer`` finds a stronger level open than the one that readers are shown."""
    is_stronger = [rung for rung in rungs(viewer, practice) if rung.is_open and not rules.reaches(practice.evidence, rung.slug)]
    return bool(is_stronger)


def first_offer(words: Practice, offered: list[Rung]) -> str:
    """The level that is chosen before a reviewer chooses: the one set before or the author's, as far as it is open."""
    wished = rules.stronger(words.evidence_level_set, words.evidence_level)
    fitting = [rung.slug for rung in offered if rung.is_open and (rung.slug == wished or not rules.reaches(rung.slug, wished))]
    return fitting[-1] if fitting and wished else ""
