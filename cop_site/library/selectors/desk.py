"""What reviewers find on their desk: only what waits for them, since when, until when, and who has taken it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from cop_site.accounts.models import Level, User
from cop_site.accounts.policy import can_review, can_review_safety

from .. import policy
from ..models import AdaptationReport, Practice, Review

WAITING, MINE, SAFETY, REPORTS, DONE = "waiting", "mine", "safety", "reports", "done"
TABS = (WAITING, MINE, SAFETY, REPORTS, DONE)
FREE = "free"  # of a queue only what nobody has taken
MOST_SHOWN = 200


def is_colleague(user: User, practice: Practice) -> bool:
    """Whether a reviewer belongs to the practice's organisation, or to one of its author's."""
    return _shares_organisation(user, practice.organisation_id, practice.author)


def is_colleague_of_report(user: User, report: AdaptationReport) -> bool:
    """Whether a reviewer belongs to an organisation of the report, of the practice, or of one of their authors."""
    return is_colleague(user, report.practice) or _shares_organisation(user, report.organisation_id, report.author)


def _shares_organisation(user: User, organisation: int | None, author: User | None) -> bool:
    theirs = {organisation}
    if author:
        theirs |= set(author.memberships.current().values_list("organisation", flat=True))
    return bool(set(user.memberships.current().values_list("organisation", flat=True)) & theirs)


class Taken:
    """Who has taken what lies on the desk, as ``viewer`` sees it."""

    practice: Practice
    viewer: User

    @property
    def is_mine(self) -> bool:
        return policy.is_claimed(self.practice) and self.practice.claimed_by_id == self.viewer.pk

    @property
    def holder(self) -> User | None:
        """Who has taken it, where that is somebody else."""
        return self.practice.claimed_by if policy.is_held_by_another(self.viewer, self.practice) else None


@dataclass(frozen=True)
class Row(Taken):
    """A practice in a queue, since when it lies there, and until when it should be decided."""

    practice: Practice
    since: datetime | None
    viewer: User
    is_safety: bool = False

    @property
    def days(self) -> int:
        return (timezone.now() - self.since).days if self.since else 0

    @property
    def is_overdue(self) -> bool:
        return bool(self.practice.due_on and self.practice.due_on < timezone.localdate())

    @property
    def is_free(self) -> bool:
        return not policy.is_claimed(self.practice)


@dataclass(frozen=True)
class Decided:
    """A decision of the viewer's; the practice only where she may still see it."""

    review: Review
    practice: Practice | None


@dataclass(frozen=True)
class Desk:
    """The queues of ``viewer``; ``tab`` says which is in front, ``only`` whether it is narrowed to what is free."""

    viewer: User
    tab: str
    only: str = ""

    @property
    def reviews(self) -> bool:
        return can_review(self.viewer) or bool(self.waiting)

    @property
    def reviews_safety(self) -> bool:
        return can_review_safety(self.viewer)

    @property
    def reads_reports(self) -> bool:
        return can_review(self.viewer)

    @cached_property
    def waiting(self) -> list[Row]:
        found = Practice.objects.on_the_desk_of(self.viewer).order_by("submitted_at", "pk")
        return [Row(practice, practice.submitted_at, self.viewer) for practice in _for_queues(found)]

    @cached_property
    def safety(self) -> list[Row]:
        found = Practice.objects.on_the_safety_desk_of(self.viewer).order_by("public_asked_at", "pk")
        return [Row(practice, practice.public_asked_at, self.viewer, is_safety=True) for practice in _for_queues(found)]

    @property
    def mine(self) -> list[Row]:
        return [row for row in [*self.waiting, *self.safety] if row.is_mine]

    @cached_property
    def reports(self) -> list[AdaptationReport]:
        """Reports of having tried a practice, the oldest first."""
        found = AdaptationReport.objects.on_the_desk_of(self.viewer).select_related("practice", "organisation", "author")
        return list(found.order_by("created_at", "pk")[:MOST_SHOWN])

    @cached_property
    def done(self) -> list[Decided]:
        reviews = Review.objects.filter(reviewer=self.viewer)[:50]
        seen = Practice.objects.filter(policy.practices_visible_to(self.viewer) | policy.practices_on_the_desk_of(self.viewer))
        shown = seen.for_lists().in_bulk([review.practice_id for review in reviews])
        return [Decided(review, shown.get(review.practice_id)) for review in reviews]

    @property
    def queue(self) -> list[Row]:
        return {WAITING: self.waiting, MINE: self.mine, SAFETY: self.safety}.get(self.tab, [])

    @property
    def free(self) -> list[Row]:
        return [row for row in self.queue if row.is_free]

    @property
    def rows(self) -> list[Row]:
        return self.free if self.only == FREE else self.queue


def _for_queues(practices: Any) -> Any:
    return practices.for_lists().select_related("claimed_by")[:MOST_SHOWN]


def desk(viewer: User, tab: str = "", only: str = "") -> Desk:
    """The desk with ``tab`` in front; whoever reviews only for safety finds that queue first."""
    first = WAITING if can_review(viewer) else SAFETY
    return Desk(viewer, tab if tab in TABS else first, only if only == FREE else "")


def may_have_decided(viewer: User, pk: int) -> Practice | None:
    """The practice that a sent form is about: on a desk of ``viewer``, or decided by her before (a second sending)."""
    here = policy.practices_on_the_desk_of(viewer) | policy.practices_on_the_safety_desk_of(viewer)
    before = Q(pk__in=Review.objects.filter(reviewer=viewer).values("practice"))
    return Practice.objects.filter(here | before, pk=pk).first()


def reads_at_the_desk(person: Any, practice: Practice) -> bool:
    """Whether ``practice`` waits for ``person`` to review it, as things are now."""
    return Practice.objects.on_the_desk_of(person).filter(pk=practice.pk).exists()


def decides_public(person: User, practice: Practice) -> bool:
    """Whether ``practice`` waits for ``person`` to say if everybody may read it."""
    on_the_desk = Practice.objects.on_the_safety_desk_of(person).filter(pk=practice.pk).exists()
    return on_the_desk and not is_colleague(person, practice)


def could_decide(person: User, practice: Practice) -> bool:
    """Whether ``practice`` waits for ``person`` to decide about it, whoever has taken it."""
    if decides_public(person, practice):
        return True
    is_outsider = can_review_safety(person) and not is_colleague(person, practice)
    return reads_at_the_desk(person, practice) and (practice.visibility != Level.PUBLIC or is_outsider)


def decides_report(person: User, report: AdaptationReport) -> bool:
    """Whether ``report`` waits for ``person`` to weigh it."""
    return AdaptationReport.objects.on_the_desk_of(person).filter(pk=report.pk).exists() and not is_colleague_of_report(person, report)
