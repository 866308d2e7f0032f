"""Timed jobs of moderation."""

from datetime import datetime, timedelta

from django.db.models import Q

from cop_site.accounts.letters import write_to
from cop_site.core.clock import every
from cop_site.forums.models import Post

from . import actions
from .choices import KEPT_FOR
from .models import Case, Report, Snapshot
from .selectors import reminding

BROUGHT_AT_ONCE = 100


@every(timedelta(minutes=10), name="remind-of-cases")
def remind_of_cases(at: datetime) -> None:
    """One mail a person, however much waits; it names nothing of it."""
    told = {}
    for waiting, people in reminding.due(at):
        same = type(waiting).objects.filter(pk=waiting.pk, reminded_at=waiting.reminded_at)
        if same.update(reminded_at=at):
            told |= {person.pk: person for person in people}
    for person in told.values():
        write_to(person, "moderation/email/case_waits", path="/moderation/")


@every(timedelta(minutes=10), name="bring-what-waits")
def bring_what_waits(at: datetime) -> None:
    """Posts that waited before there were cases, or came in by no deed, are looked at too, a few at a time."""
    waiting = Post.objects.unscoped("what waits comes before moderators").filter(
        held_at__isnull=False, hidden_at=None, topic__hidden_at=None
    )
    cases = Case.objects.open().filter(kind="post")
    for post in waiting.exclude(pk__in=cases.values("subject_id")).order_by("held_at", "pk")[:BROUGHT_AT_ONCE]:
        actions.follow(post)


@every(timedelta(days=1), name="forget-what-was-judged")
def forget_what_was_judged(at: datetime) -> None:
    """What was reported and what reporters said of it is nobody's business for long; that it was, and what was decided, stays."""
    waits_for_an_answer = Q(decisions__appeal__isnull=False, decisions__appeal__decided_at=None)
    old = Case.objects.filter(closed_at__lt=at - KEPT_FOR).exclude(waits_for_an_answer)
    Snapshot.objects.filter(case__in=old.values("pk")).delete()
    Report.objects.filter(case__in=old.values("pk")).exclude(note="").update(note="")
