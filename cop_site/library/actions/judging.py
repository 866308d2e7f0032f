"""Deeds about one row that moderators judge, whoever reads it. Who may judge which case, ``moderation`` says; it alone calls these."""

from typing import Any, TypeVar

from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import holding_policy
from ..holding_policy import TAKEN
from ..models import AdaptationReport, Practice, ReadingList
from .evidence import lower_what_is_not_supported
from .parts import set_on_the_shelf

Said = TypeVar("Said", AdaptationReport, ReadingList)


@deed
def take_practice(practice: Practice, *, by: User, case: int) -> Practice:
    """Take a reported text from readers; its author may mend it, and reviewers put it back on the shelf."""
    practice = locked_row(practice)
    require(holding_policy.can_judge(by, practice))
    if practice.live and not practice.held_at and not practice.is_withdrawn:
        set_on_the_shelf(practice, held_at=timezone.now(), screened_version=TAKEN)
        record(Verb.HELD_PRACTICE, by=by, subject=practice, case=case)
    return practice


@deed
def hold_practice_again(practice: Practice, *, by: User, case: int) -> Practice:
    """Take a text from readers again that was let pass, until somebody has looked anew: that word of hers is gone."""
    practice = locked_row(practice)
    require(holding_policy.can_judge(by, practice))
    if practice.live and not practice.held_at and not practice.is_withdrawn:
        if passed := practice.guard_overrides.filter(by=by, revision=practice.live_revision).order_by("-pk").first():
            passed.delete()
        set_on_the_shelf(practice, held_at=timezone.now())
        record(Verb.HELD_PRACTICE, by=by, subject=practice, case=case)
    return practice


@deed
def take_list(reading_list: ReadingList, *, by: User, case: int) -> ReadingList:
    """Take a reported reading list from readers; only its author still reads it."""
    return _take(locked_row(reading_list), Verb.HELD_LIST, by=by, case=case)


@deed
def take_adaptation(report: AdaptationReport, *, by: User, case: int) -> AdaptationReport:
    """Take what somebody said of having tried a practice from readers; only she still reads it, and a level that rested on it falls."""
    practice = locked_row(report.practice)
    taken = _take(locked_row(report), Verb.HELD_ADAPTATION, by=by, case=case)
    lower_what_is_not_supported(practice, by=by)
    return taken


@deed
def give_back(row: Practice | AdaptationReport | ReadingList, *, by: User, case: int) -> Practice | AdaptationReport | ReadingList:
    """Give readers back what a moderator took; what today's rules refuse is found by the next round of the guard."""
    given = locked_row(row)
    require(holding_policy.can_judge(by, given))
    if given.held_at is None:
        return given
    if isinstance(given, Practice):
        set_on_the_shelf(given, held_at=None, screened_version="")
    else:
        given.held_at, given.screened_version = None, ""
        given.save(update_fields=["held_at", "screened_version"])
    record(Verb.GAVE_BACK, by=by, subject=given, case=case)
    return given


def locked_row(row: Any) -> Any:
    """The row as it is now, for this deed alone."""
    return type(row).objects.unscoped("the row a deed decides about").select_for_update(of=("self",)).get(pk=row.pk)


def _take(row: Said, verb: Verb, *, by: User, case: int) -> Said:
    require(holding_policy.can_judge(by, row))
    if row.held_at is None:
        row.held_at, row.screened_version = timezone.now(), TAKEN
        row.save(update_fields=["held_at", "screened_version"])
        record(verb, by=by, subject=row, case=case)
    return row
