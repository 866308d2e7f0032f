"""What lies too long, and who should hear of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cop_site.accounts.models import Task, User

from .. import policy
from ..models import Practice
from . import desk

AGAIN_AFTER = timedelta(days=7)
DUE_WITHIN = timedelta(days=2)
UNREAD_AFTER = timedelta(days=7)
GIVEN_BACK_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Reminder:
    """One mail: it names no text."""

    person: User
    template: str
    path: str


def due(at: datetime) -> Iterator[tuple[Practice, list[Reminder]]]:
    """Every item that nobody was reminded of for a week, with those who may do something about it, as things are now."""
    quiet = Q(reminded_at=None) | Q(reminded_at__lte=at - AGAIN_AFTER)
    practices = Practice.objects.unscoped("its people are reminded").filter(quiet, held_at=None).select_related("author", "claimed_by")
    reviewers = _reviewers()
    for practice in practices.filter(_lies_at_a_desk()).order_by("pk"):
        yield practice, _of_reviewers(practice, reviewers, at)
    for practice in practices.filter(state=Practice.State.CHANGES_ASKED, changed_at__lte=at - GIVEN_BACK_AFTER).order_by("pk"):
        yield practice, _of_its_author(practice)


def _lies_at_a_desk() -> Q:
    return Q(state=Practice.State.SUBMITTED) | Q(state=Practice.State.PUBLISHED, live=True, public_asked_at__isnull=False)


def _reviewers() -> list[User]:
    """Candidates only: whether a task is in force, the desk asks."""
    tasks = Task.objects.filter(kind__in=(Task.Kind.REVIEWER, Task.Kind.SAFETY_REVIEWER), ended_at=None)
    return list(User.objects.filter(pk__in=tasks.values("person")).order_by("pk"))


def _of_reviewers(practice: Practice, reviewers: list[User], at: datetime) -> list[Reminder]:
    """Whoever took it when it is due; everybody who may decide when nobody took it for a week."""
    is_review = practice.state == Practice.State.SUBMITTED
    path = "/library/review/" if is_review else "/library/review/?tab=safety"
    if practice.claimed_by and practice.claimed_at and practice.claimed_at > at - policy.CLAIMS_LAST:
        is_due = practice.due_on and practice.due_on <= timezone.localdate(at + DUE_WITHIN)
        told = [practice.claimed_by] if is_due else []
        return [Reminder(person, "library/email/review_due", path) for person in told if desk.could_decide(person, practice)]
    since = practice.submitted_at if is_review else practice.public_asked_at
    if since is None or since > at - UNREAD_AFTER:
        return []
    return [Reminder(person, "library/email/review_waits", path) for person in reviewers if desk.could_decide(person, practice)]


def _of_its_author(practice: Practice) -> list[Reminder]:
    author = practice.author
    if author is None or not policy.owns(author, practice):
        return []
    return [Reminder(author, "library/email/given_back", "/library/mine/")]
