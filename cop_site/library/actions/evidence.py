"""Deeds about evidence: others say that they tried it, reviewers weigh that, and a level stands or falls with it (rule r6)."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import Organisation, User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.screening import watching
from cop_site.screening.guard import screen_fields
from cop_site.screening.version import RULES_VERSION

from .. import evidence_policy, rules
from ..models import AdaptationReport, Practice, Review
from ..selectors import desk
from .deciding import level_to_set
from .parts import is_seen_by, locked, note_review, refuse_personal_data, set_on_the_shelf

State = AdaptationReport.State


@deed
def report_adaptation(practice: Practice, *, by: User, organisation: Organisation, **told: Any) -> AdaptationReport:
    """Say that one’s organisation has tried a practice; it waits for a reviewer.

    ``told``: service_scale, province, year, outcome, language, text, warn_reason.
    """
    practice = locked(practice)
    require(evidence_policy.can_report_adaptation(by, practice) and is_seen_by(by, practice))
    require(Organisation.objects.joined_by(by).filter(pk=organisation.pk).exists())
    if problems := list(rules.problems_in_adaptation(told)):
        raise rules.NotReady(problems, [])
    _refuse_personal_data(told)
    words = text.normal(told["text"])
    report = AdaptationReport(
        practice=practice, author=by, organisation=organisation, screened_version=RULES_VERSION, **told | {"text": words}
    )
    report.html = text.render(words)
    report.save()
    record(Verb.REPORTED_ADAPTATION, by=by, subject=report, practice=practice.pk, **watching.flagged({"text": report.text}))
    return report


def _refuse_personal_data(told: dict[str, Any]) -> None:
    """Rule r8: what is blocked has to go, what is warned about needs a written reason."""
    found = list(screen_fields({name: told.get(name, "") for name in ("text", "warn_reason")}))
    if blocked := rules.blocking(found):
        raise rules.NotReady([], blocked)
    if found and not told.get("warn_reason", "").strip():
        raise rules.NotReady([rules.Problem("warn_reason", _("Say why the marked details may stay, or take them out."))], found)


@deed
def accept_adaptation(report: AdaptationReport, *, by: User, note: str = "") -> AdaptationReport:
    """Let a report stand beside the practice, as evidence."""
    return _decide(report, State.ACCEPTED, Verb.ACCEPTED_ADAPTATION, by=by, note=note)


@deed
def refuse_adaptation(report: AdaptationReport, *, by: User, note: str) -> AdaptationReport:
    """Keep a report from standing as evidence, and tell its author why."""
    require(bool(note.strip()))
    return _decide(report, State.REFUSED, Verb.REFUSED_ADAPTATION, by=by, note=note)


@deed
def withdraw_adaptation(report: AdaptationReport, *, by: User, note: str) -> AdaptationReport:
    """Take a report back; a level that rested on it falls with it."""
    report, practice = _locked(report)
    is_hers = report.author_id == by.pk
    require(evidence_policy.can_withdraw_adaptation(by, report) and (is_hers or is_seen_by(by, practice)) and bool(note.strip()))
    _close(report, State.WITHDRAWN, by=by, note=note)
    record(Verb.WITHDREW_ADAPTATION, by=by, subject=report, practice=practice.pk)
    lower_what_is_not_supported(practice, by=by)
    return report


@deed
def set_evidence(practice: Practice, *, by: User, evidence: str, confirms_evaluation: bool = False, note: str = "") -> Practice:
    """Set the evidence level of a practice on the shelf: the act of a reviewer of another organisation."""
    practice = locked(practice)
    allowed = evidence_policy.can_set_evidence(by, practice, is_colleague=desk.is_colleague(by, practice))
    require(allowed and bool(evidence) and is_seen_by(by, practice))
    level = level_to_set(practice, evidence, by=by, confirms_evaluation=confirms_evaluation)
    if level == practice.evidence_level_set:
        return practice
    decision = Review.Decision.EVIDENCE_SET
    note_review(practice, decision, by=by, note=note, revision=practice.live_revision, evidence_level_set=level)
    set_on_the_shelf(practice, evidence_level_set=level)
    record(Verb.SET_EVIDENCE, by=by, subject=practice, evidence=level)
    return practice


def _locked(report: AdaptationReport) -> tuple[AdaptationReport, Practice]:
    """The practice first: what counts for it may not change while a deed counts."""
    practice = locked(report.practice)
    report = AdaptationReport.objects.unscoped("the row a deed decides about").select_for_update(of=("self",)).get(pk=report.pk)
    report.practice = practice
    return report, practice


def _decide(report: AdaptationReport, state: str, verb: Verb, *, by: User, note: str) -> AdaptationReport:
    report, practice = _locked(report)
    is_on_her_desk = AdaptationReport.objects.on_the_desk_of(by).filter(pk=report.pk).exists()
    require(is_on_her_desk and evidence_policy.can_decide_adaptation(by, report, is_colleague=desk.is_colleague_of_report(by, report)))
    _close(report, state, by=by, note=note)
    record(verb, by=by, subject=report, practice=practice.pk)
    return report


def _close(report: AdaptationReport, state: str, *, by: User, note: str) -> None:
    refuse_personal_data(note)
    report.state, report.decided_by, report.decided_at, report.note = state, by, timezone.now(), text.normal(note)
    report.save(update_fields=["state", "decided_by", "decided_at", "note"])


def lower_what_is_not_supported(practice: Practice, *, by: User) -> None:
    """At once, to the strongest level that still stands."""
    level, reports = practice.evidence_level_set, list(AdaptationReport.objects.that_support(practice))
    supported = rules.strongest(level, practice, reports)
    if supported == level:
        return
    set_on_the_shelf(practice, evidence_level_set=supported)
    record(Verb.LOWERED_EVIDENCE, by=by, subject=practice, evidence=supported)
