"""What reviewers find on their desk: only what waits for them, in the words that were handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.accounts.policy import can_review, can_review_safety

from .. import policy, rules, template
from ..models import Practice, Review
from . import comparing, telling

WAITING, SAFETY, DONE = "waiting", "safety", "done"
MOST_SHOWN = 200


def is_colleague(user: User, practice: Practice) -> bool:
    """Whether a reviewer belongs to the practice's organisation, or to one of its author's."""
    own = set(user.memberships.current().values_list("organisation", flat=True))
    theirs = {practice.organisation_id}
    if practice.author:
        theirs |= set(practice.author.memberships.current().values_list("organisation", flat=True))
    return bool(own & theirs)


@dataclass(frozen=True)
class Row:
    """A practice in a queue, since when it lies there, and whether it has been on the shelf before."""

    practice: Practice
    since: datetime | None

    @property
    def days(self) -> int:
        return (timezone.now() - self.since).days if self.since else 0


@dataclass(frozen=True)
class Decided:
    """A decision of the viewer's; the practice only where she may still see it."""

    review: Review
    practice: Practice | None


@dataclass(frozen=True)
class Desk:
    """The queues of ``viewer``; ``tab`` says which is in front."""

    viewer: User
    tab: str

    @property
    def reviews(self) -> bool:
        return can_review(self.viewer) or bool(self.waiting)

    @property
    def reviews_safety(self) -> bool:
        return can_review_safety(self.viewer)

    @cached_property
    def waiting(self) -> list[Row]:
        found = Practice.objects.on_the_desk_of(self.viewer).for_lists().order_by("submitted_at", "pk")[:MOST_SHOWN]
        return [Row(practice, practice.submitted_at) for practice in found]

    @cached_property
    def safety(self) -> list[Row]:
        found = Practice.objects.on_the_safety_desk_of(self.viewer).for_lists().order_by("public_asked_at", "pk")[:MOST_SHOWN]
        return [Row(practice, practice.public_asked_at) for practice in found]

    @cached_property
    def done(self) -> list[Decided]:
        reviews = Review.objects.filter(reviewer=self.viewer)[:50]
        seen = Practice.objects.filter(policy.practices_visible_to(self.viewer) | policy.practices_on_the_desk_of(self.viewer))
        shown = seen.for_lists().in_bulk([review.practice_id for review in reviews])
        return [Decided(review, shown.get(review.practice_id)) for review in reviews]

    @property
    def rows(self) -> list[Row]:
        return {WAITING: self.waiting, SAFETY: self.safety}.get(self.tab, [])


def desk(viewer: User, tab: str = "") -> Desk:
    """The desk with ``tab`` in front; whoever reviews only for safety finds that queue first."""
    first = WAITING if can_review(viewer) else SAFETY
    return Desk(viewer, tab if tab in {WAITING, SAFETY, DONE} else first)


@dataclass(frozen=True)
class Check:
    """Something a machine can say before a person decides."""

    is_good: bool
    title: str
    more: str = ""


@dataclass(frozen=True)
class DeskItem:
    """A practice to decide about, in the words that matter here, and whether ``viewer`` may."""

    practice: Practice
    words: Practice
    sections: list[telling.ToldSection]
    changes: Sequence[comparing.Change]
    checks: list[Check]
    problems: list[rules.Problem]
    number: int
    may_decide: bool
    why_not: str = ""


def review_item(viewer: User, pk: int) -> DeskItem | None:
    """What was handed in under this number, if it waits for ``viewer``: the only way to a revision for reviewers."""
    practice = Practice.objects.on_the_desk_of(viewer).select_related("organisation", "author", "circle").filter(pk=pk).first()
    if practice is None:
        return None
    submitted = practice.get_latest_revision_as_object()
    changes = comparing.changes(practice, submitted) if practice.live else []
    may_decide = policy.can_decide_review(viewer, practice, is_colleague=is_colleague(viewer, practice))
    return DeskItem(
        practice=practice,
        words=submitted,
        sections=telling.sections(submitted, frozenset(change.key for change in changes)),
        changes=changes,
        checks=checks(submitted),
        problems=rules.problems_in(rules.content_of(submitted), to_publish=True),
        number=practice.revisions.count(),
        may_decide=may_decide,
        why_not=""
        if may_decide
        else _("Everybody reads this practice. A safety reviewer from another organisation decides about its new words."),
    )


def safety_item(viewer: User, pk: int) -> DeskItem | None:
    """What is published under this number and shall go public, if it lies on the safety desk of ``viewer``."""
    practice = Practice.objects.on_the_safety_desk_of(viewer).select_related("organisation", "author", "circle").filter(pk=pk).first()
    if practice is None:
        return None
    may_decide = policy.can_decide_public(viewer, practice, is_colleague=is_colleague(viewer, practice))
    return DeskItem(
        practice=practice,
        words=practice,
        sections=telling.sections(practice),
        changes=(),
        checks=checks(practice),
        problems=rules.problems_with_public(practice),
        number=practice.revisions.count(),
        may_decide=may_decide,
        why_not=""
        if may_decide
        else _("You belong to the author’s organisation. Somebody of another organisation decides whether everybody may read this."),
    )


def may_have_decided(viewer: User, pk: int) -> Practice | None:
    """The practice that a sent decision is about: on a desk of ``viewer``, or decided by her before (a second sending)."""
    here = policy.practices_on_the_desk_of(viewer) | policy.practices_on_the_safety_desk_of(viewer)
    before = Q(pk__in=Review.objects.filter(reviewer=viewer).values("practice"))
    return Practice.objects.filter(here | before, pk=pk).first()


def checks(practice: Practice) -> list[Check]:
    """What the machine looked at; none of it replaces reading."""
    content = rules.content_of(practice)
    found = rules.blocking(rules.findings_in(content))
    ticked = set(practice.consent_declaration) == set(dict(template.fields()["consent_declaration"].options))
    return [
        Check(
            not found,
            _("No personal data found"),
            _("Read on for what a machine cannot see: a job, a village, a date that tells who it was."),
        ),
        Check(bool(practice.what_failed.strip()), _("“What did not work” is filled")),
        Check(ticked, _("All statements of the author are ticked")),
        Check(bool(practice.safeguarding.strip()), _("Risks and safeguards are described")),
        Check(
            practice.children_involved is not None, _("Says whether children are involved"), _("Yes") if practice.children_involved else ""
        ),
        *(
            [Check(False, _("Needs a second person"), _("To go public: a safety reviewer of another organisation"))]
            if practice.wants_public
            else []
        ),
    ]


def reads_at_the_desk(person: Any, practice: Practice) -> bool:
    """Whether ``practice`` waits for ``person`` to review it, as things are now."""
    return Practice.objects.on_the_desk_of(person).filter(pk=practice.pk).exists()


def decides_public(person: User, practice: Practice) -> bool:
    """Whether ``practice`` waits for ``person`` to say if everybody may read it."""
    on_the_desk = Practice.objects.on_the_safety_desk_of(person).filter(pk=practice.pk).exists()
    return on_the_desk and not is_colleague(person, practice)
