"""Deeds about what the guard takes from readers, and what a moderator gives back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.screening.guard import NEVER_OVERRIDDEN, FieldFinding, refused_today
from cop_site.screening.version import RULES_VERSION

from .. import holding_policy, rules
from ..holding_policy import TAKEN
from ..models import AdaptationReport, GuardOverride, Practice, ReadingList
from ..selectors import guarding
from .parts import locked, refuse_personal_data, set_on_the_shelf

Said = TypeVar("Said", AdaptationReport, ReadingList)


@deed
def rescreen_practice(practice: Practice, *, by: User) -> Practice:
    """Read a published practice under the rules of now; what would be refused today is taken from readers at once."""
    practice = locked(practice)
    if practice.screened_version in {RULES_VERSION, TAKEN} or not practice.live or practice.is_withdrawn:
        return practice
    types = refused_today(guarding.blocking_on_the_shelf(practice))
    if not types or practice.held_at:
        Practice.objects.filter(pk=practice.pk).update(screened_version=RULES_VERSION)
        return practice
    set_on_the_shelf(practice, held_at=timezone.now(), screened_version=RULES_VERSION)
    record(Verb.HELD_PRACTICE, by=by, subject=practice, types=types, rules=RULES_VERSION)
    return practice


@deed
def rescreen_report(report: AdaptationReport, *, by: User) -> AdaptationReport:
    """Read a report under the rules of now; what would be refused today is its author's alone until she withdraws it.

    Where it was tried and what came of it still supports the practice: nothing of that is anybody's personal data.
    """
    report = AdaptationReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    return _rescreen(report, guarding.findings_in_report, Verb.HELD_ADAPTATION, by=by)


@deed
def rescreen_list(reading_list: ReadingList, *, by: User) -> ReadingList:
    """Read a reading list under the rules of now; what would be refused today is its author's alone until she changes it."""
    reading_list = ReadingList.objects.select_for_update(of=("self",)).get(pk=reading_list.pk)
    return _rescreen(reading_list, guarding.findings_in_list, Verb.HELD_LIST, by=by)


def _rescreen(row: Said, findings_in: Callable[[Said], list[FieldFinding]], verb: Verb, *, by: User) -> Said:
    if row.screened_version in {RULES_VERSION, TAKEN}:
        return row
    types = refused_today(findings_in(row))
    is_new = bool(types) and row.held_at is None
    row.held_at = (row.held_at or timezone.now()) if types else None
    row.screened_version = RULES_VERSION
    row.save(update_fields=["held_at", "screened_version"])
    if is_new:
        record(verb, by=by, subject=row, types=types, rules=RULES_VERSION)
    return row


@deed
def override_finding(practice: Practice, *, by: User, reason: str, case: int | None = None) -> Practice:
    """Give a held practice back to its readers, with a written reason that stays in the journal's reach.

    What stands there now may stand in later revisions too; anything else is found again. Refused for what nobody overrides.
    """
    practice = locked(practice)
    require(holding_policy.can_override(by, practice))
    reason = text.normal(reason).strip()
    if not reason:
        raise rules.NotReady([rules.Problem("text", _("Say why this may stay, without repeating it."))], [])
    refuse_personal_data(reason)
    found = guarding.blocking_on_the_shelf(practice)
    if final := [finding for finding in found if finding.type in NEVER_OVERRIDDEN]:
        raise rules.NotReady([rules.Problem("", _("Part of this is never let pass, by nobody: its author has to take it out."))], final)
    types = sorted({finding.type for finding in found})
    _keep(practice, types, by=by, reason=reason)
    set_on_the_shelf(practice, held_at=None, screened_version=RULES_VERSION)
    record(Verb.OVERRODE_FINDING, by=by, subject=practice, types=types, **of(case))
    return practice


def of(case: int | None) -> dict[str, Any]:
    """What the journal says of the moderators' case that was decided by a deed; nothing where there was none."""
    return {"case": case} if case else {}


def _keep(practice: Practice, types: list[str], **told: Any) -> None:
    """Without findings there is nothing to override: rules have changed since, and it is only given back."""
    if types:
        GuardOverride.objects.create(practice=practice, revision=practice.live_revision, types=types, **told)
