"""“We have tried this”: reports, what reviewers make of them, and the level of evidence that follows."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.policy import can_review
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, evidence_policy, rules
from ..forms import AdaptationForm, EvidenceForm, VerdictForm, WithdrawReportForm
from ..models import AdaptationReport, Practice
from ..selectors import desk, judging, using
from .writing import reads_or_posts

TRIED, REPORT, EVIDENCE, WITHDRAW = "tried", "review-report", "evidence", "withdraw-report"


def _on_the_shelf(request: HttpRequest, slug: str) -> Practice:
    return get_object_or_404(Practice.objects.visible_to(request.user).published().for_lists(), slug=slug)


# --- reporting


@signed_in(form=TRIED)
@once_agreed(form=TRIED)
@reads_or_posts
def tried(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _on_the_shelf(request, slug)
    require(evidence_policy.can_report_adaptation(request.user, practice))
    if request.method == "POST":
        return _report(request, practice)
    kept = drafts.recall(request, TRIED, about=slug)
    return _show_report_form(request, practice, AdaptationForm(author=request.user, initial=kept.dict() if kept else {}))


def _report(request: HttpRequest, practice: Practice) -> HttpResponse:
    form = AdaptationForm(request.POST, author=request.user)
    if not form.is_valid():
        return _show_report_form(request, practice, form, status=422)
    try:
        actions.report_adaptation(practice, by=request.user, key=deed_key(request), **form.cleaned_data)
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return _show_report_form(request, practice, form, status=422)
    drafts.drop(request, TRIED)
    messages.success(request, _("Thank you. A reviewer of another organisation reads your report; then it stands beside the practice."))
    return redirect(practice)


def _show_report_form(request: HttpRequest, practice: Practice, form: AdaptationForm, *, status: int = 200) -> HttpResponse:
    return render(request, "library/tried.html", {"practice": practice, "form": form, "words": rules.REPORT_WORDS}, status=status)


# --- the desk


@signed_in(form=REPORT)
@once_agreed(form=REPORT)
@reads_or_posts
def report_item(request: HttpRequest, pk: int) -> HttpResponse:
    require(can_review(request.user))
    if request.method == "POST":
        return _decide(request, pk)
    kept = drafts.recall(request, REPORT, about=pk)
    return _show_item(request, pk, VerdictForm(initial=kept.dict() if kept else {}))


def _show_item(request: HttpRequest, pk: int, form: VerdictForm, *, status: int = 200) -> HttpResponse:
    item = using.report_item(request.user, pk)
    if item is None:
        raise Http404
    context = {"desk": desk.desk(request.user, desk.REPORTS), "item": item, "form": form}
    return render(request, "library/review_report.html", context, status=status)


def _decide(request: HttpRequest, pk: int) -> HttpResponse:
    report = using.sent_about(request.user, pk)
    if report is None:
        raise Http404
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _show_item(request, pk, form, status=422)
    deed = actions.accept_adaptation if form.verdict == VerdictForm.YES else actions.refuse_adaptation
    try:
        deed(report, by=request.user, key=deed_key(request), **form.judgement())
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return _show_item(request, pk, form, status=422)
    drafts.drop(request, REPORT)
    return _after_decision(request, report, is_yes=form.verdict == VerdictForm.YES)


def _after_decision(request: HttpRequest, report: AdaptationReport, *, is_yes: bool) -> HttpResponse:
    """Where a higher level has become possible, that is the next question."""
    messages.success(request, _("Accepted. It stands beside the practice.") if is_yes else _("Not accepted. Its author reads your note."))
    practice = report.practice
    may_set = evidence_policy.can_set_evidence(request.user, practice, is_colleague=desk.is_colleague(request.user, practice))
    if is_yes and may_set and judging.could_be_raised(request.user, practice):
        return redirect("practice-evidence", slug=practice.slug)
    return redirect(f"{reverse('review-desk')}?tab={desk.REPORTS}")


# --- the level


@signed_in(form=EVIDENCE)
@once_agreed(form=EVIDENCE)
@reads_or_posts
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    practice = _on_the_shelf(request, slug)
    require(evidence_policy.can_set_evidence(request.user, practice, is_colleague=desk.is_colleague(request.user, practice)))
    rungs = judging.rungs(request.user, practice)
    kept = drafts.recall(request, EVIDENCE, about=slug)
    first = {"evidence": practice.evidence} | (kept.dict() if kept else {})
    levels = [rung.slug for rung in rungs if rung.is_open]
    form = EvidenceForm(request.POST or None, levels=levels, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_evidence(practice, by=request.user, key=deed_key(request), **form.judgement())
        except rules.NotReady as refusal:
            form.refuse(refusal)
        else:
            drafts.drop(request, EVIDENCE)
            messages.success(request, _("The evidence level is set. The author reads your note."))
            return redirect(practice)
    context = {"practice": practice, "form": form, "closed": [rung for rung in rungs if not rung.is_open]}
    context["adaptations"] = using.adaptations(practice, request.user)
    return render(request, "library/evidence.html", context, status=422 if request.method == "POST" else 200)


# --- taking back


@signed_in(form=WITHDRAW)
@reads_or_posts
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    report = using.may_be_withdrawn(request.user, pk)
    if report is None:
        raise Http404
    require(evidence_policy.can_withdraw_adaptation(request.user, report) or request.method == "POST")  # the deed asks again
    kept = drafts.recall(request, WITHDRAW, about=pk)
    form = WithdrawReportForm(request.POST or None, initial=kept.dict() if kept else {})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_adaptation(report, by=request.user, key=deed_key(request), note=form.cleaned_data["text"])
        except rules.NotReady as refusal:
            form.add_error("text", refusal.messages[0])
        else:
            drafts.drop(request, WITHDRAW)
            messages.success(request, _("Withdrawn. It is evidence no longer."))
            return redirect(report.practice)
    status = 422 if request.method == "POST" else 200
    return render(request, "library/report_withdraw.html", {"report": report, "practice": report.practice, "form": form}, status=status)
