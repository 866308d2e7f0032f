"""Deeds about objections: whoever a decision took something from says so once, and another moderator looks again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import kinds, policy, sanctions
from ..choices import LONGEST_APPEAL, LONGEST_REASON, Outcome
from ..models import Appeal, Case, Decision
from .deciding import mark_undone
from .parts import checked, journaled, locked_case, locked_with_row, refuse


@deed
def appeal(decision: Decision, *, by: User, words: str) -> Appeal:
    """Object to a decision about what one wrote, also under another name. Once said, it stays; nobody else is named."""
    case = locked_case(decision.case)
    decision = Decision.objects.select_related("case").get(pk=decision.pk)
    require(Case.objects.filter(policy.cases_about(by), pk=case.pk).exists() or policy.is_suspended_by(by, decision))
    if not policy.can_appeal(by, decision, now=timezone.now()):
        refuse("", _("There is nothing to object to here any more."))
    words = checked("words", words, most=LONGEST_APPEAL)
    made = Appeal.objects.create(decision=decision, words=words)
    record(Verb.APPEALED, by=journaled(case, by), subject=made, case=case.pk, decision=decision.pk)
    return made


@deed
def decide_appeal(appeal: Appeal, *, by: User, is_granted: bool, answer: str) -> Appeal:
    """Look again at what another moderator decided: it stands, or its author has back what was taken from her."""
    case, row = locked_with_row(appeal.decision.case)
    appeal = Appeal.objects.select_related("decision__case", "decision__by").get(pk=appeal.pk)
    at_her_desk = Case.objects.visible_to(by).filter(pk=case.pk).exists()
    require(at_her_desk and policy.can_judge_appeals(by) and appeal.decision.by_id != by.pk)
    if not policy.can_decide_appeal(by, appeal):
        refuse("", _("Another moderator has decided about this objection already."))
    appeal.answer = checked("answer", answer, most=LONGEST_REASON)
    appeal.decided_by, appeal.decided_at, appeal.is_granted = by, timezone.now(), is_granted
    appeal.save(update_fields=["answer", "decided_by", "decided_at", "is_granted"])
    if is_granted:
        _give_back(appeal.decision, case, row, judge=by, reason=appeal.answer)
    told = {"case": case.pk, "decision": appeal.decision_id, "granted": is_granted}
    record(Verb.DECIDED_APPEAL, by=by, subject=appeal, reason=appeal.answer, **told)
    return appeal


def _give_back(decision: Decision, case: Case, row: object, *, judge: User, reason: str) -> None:
    mark_undone(decision, judge)
    sanctions.lift(case.author, decision, judge=judge)
    if decision.carried.get("row") and row is not None:
        kind = kinds.KINDS[case.kind]
        kind.grant(row, Outcome(decision.outcome), by=judge, because=case.held_because, reason=reason, case=case.pk)
