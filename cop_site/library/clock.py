"""Timed jobs of the library."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cop_site.accounts.letters import write_to
from cop_site.accounts.models import User
from cop_site.core.clock import every
from cop_site.screening.version import RULES_VERSION

from . import actions
from .holding_policy import TAKEN
from .models import AdaptationReport, ImportRun, Practice, ReadingList, WorkingText
from .selectors import reminding

RESCREENED_AT_ONCE = 50
WORKING_TEXTS_KEPT = timedelta(days=30)
FILES_OF_RECORDS_KEPT = timedelta(days=1)


@every(timedelta(days=1), name="ask-whether-texts-still-hold")
def ask_whether_texts_still_hold(at: datetime) -> None:
    """Authors of what nobody has looked at for two years are asked, once, without a word of what it is about."""
    due = Practice.objects.unscoped("its author is asked").published().filter(state=Practice.State.PUBLISHED, stale_told_at=None)
    for practice in due.filter(review_date__lte=timezone.localdate(at)).select_related("author").order_by("pk"):
        if Practice.objects.filter(pk=practice.pk, stale_told_at=None).update(stale_told_at=at) and practice.author:
            write_to(practice.author, "library/email/still_right", path="/library/mine/")


@every(timedelta(days=1), name="forget-working-texts")
def forget_working_texts(at: datetime) -> None:
    """What was typed and never saved is nobody's business for long, its author's included."""
    WorkingText.objects.filter(saved_at__lt=at - WORKING_TEXTS_KEPT).delete()


@every(timedelta(minutes=10), name="rescreen-texts")
def rescreen_texts(at: datetime) -> None:
    """What readers find is read again once the guard's rules have changed, a few texts at a time; the job goes on the next time."""
    shelf = Practice.objects.unscoped("what readers find is screened again").filter(live=True)
    waiting = shelf.exclude(state=Practice.State.WITHDRAWN).exclude(screened_version__in=[RULES_VERSION, TAKEN])
    for practice in waiting.order_by("pk")[:RESCREENED_AT_ONCE]:
        actions.rescreen_practice(practice, by=User.objects.system())
    standing = AdaptationReport.objects.unscoped("what readers find is screened again").exclude(state=AdaptationReport.State.WITHDRAWN)
    for report in _of_older_rules(standing):
        actions.rescreen_report(report, by=User.objects.system())
    for reading_list in _of_older_rules(ReadingList.objects.unscoped("what readers find is screened again")):
        actions.rescreen_list(reading_list, by=User.objects.system())


def _of_older_rules(rows: QuerySet) -> QuerySet:
    return rows.exclude(screened_version__in=[RULES_VERSION, TAKEN]).order_by("pk")[:RESCREENED_AT_ONCE]


@every(timedelta(days=1), name="remind-of-reviews")
def remind_of_reviews(at: datetime) -> None:
    """Reviewers of what is due or lies unread, authors of what was given back: a mail each, about an item once a week at most."""
    letters: dict[tuple[int, str], reminding.Reminder] = {}
    for practice, reminders in reminding.due(at):
        still = Practice.objects.unscoped("its people are reminded").filter(pk=practice.pk, reminded_at=practice.reminded_at)
        if reminders and still.update(reminded_at=at):
            letters |= {(one.person.pk, one.template): one for one in reminders}
    for one in letters.values():
        write_to(one.person, one.template, path=one.path)


@every(timedelta(hours=1), name="forget-words-of-imports")
def forget_words_of_imports(at: datetime) -> None:
    """A file that nobody ran within a day is let go: its words are deleted, what it came to stays."""
    for run in ImportRun.objects.filter(ended_at=None, received_at__lt=at - FILES_OF_RECORDS_KEPT):
        actions.end_run(run, ImportRun.State.STOPPED)
