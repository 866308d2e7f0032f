"""The desk: what waits for reviewers, who takes it, and their decisions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.policy import can_review, can_review_safety
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, rules
from ..forms import DecisionForm, ReviewForm
from ..models import Practice
from ..selectors import desk, judging
from .writing import reads_or_posts

REVIEW = "review"

# What each verdict does, at each desk.
DEEDS: dict[str, dict[str, Callable[..., Any]]] = {
    desk.WAITING: {
        DecisionForm.YES: actions.publish_practice,
        DecisionForm.CHANGES: actions.ask_for_changes,
        DecisionForm.NO: actions.ask_for_changes,
    },
    desk.SAFETY: {
        DecisionForm.YES: actions.approve_public,
        DecisionForm.CHANGES: actions.ask_for_changes_before_public,
        DecisionForm.NO: actions.refuse_public,
    },
}
ITEMS = {desk.WAITING: judging.review_item, desk.SAFETY: judging.safety_item}


@signed_in()
@require_GET
def review_desk(request: HttpRequest) -> HttpResponse:
    _require_reviewer(request)
    context = {"desk": desk.desk(request.user, request.GET.get("tab", ""), request.GET.get("only", ""))}
    return render(request, "library/review_desk.html", context)


@signed_in(form=REVIEW)
@once_agreed(form=REVIEW)
@reads_or_posts
def review_item(request: HttpRequest, pk: int) -> HttpResponse:
    return _item(request, pk, desk.WAITING)


@signed_in(form=REVIEW)
@once_agreed(form=REVIEW)
@reads_or_posts
def safety_item(request: HttpRequest, pk: int) -> HttpResponse:
    return _item(request, pk, desk.SAFETY)


@signed_in()
@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _sent_about(request, pk)
    actions.claim_review(practice, by=request.user, key=deed_key(request))
    messages.success(request, _("It is yours to decide now. Others see that you have it."))
    return redirect(_place(practice), pk=pk)


@signed_in()
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    practice = _sent_about(request, pk)
    actions.release_review(practice, by=request.user, key=deed_key(request))
    messages.success(request, _("Put back. Somebody else can take it."))
    return redirect(_place(practice), pk=pk)


def _require_reviewer(request: HttpRequest) -> None:
    require(can_review(request.user) or can_review_safety(request.user))


def _sent_about(request: HttpRequest, pk: int) -> Practice:
    _require_reviewer(request)
    practice = desk.may_have_decided(request.user, pk)
    if practice is None:
        raise Http404
    return practice


def _place(practice: Practice) -> str:
    return "review-item" if practice.state == Practice.State.SUBMITTED else "safety-item"


def _item(request: HttpRequest, pk: int, tab: str) -> HttpResponse:
    _require_reviewer(request)
    if request.method == "POST":
        return _decide(request, pk, tab)
    item = _found(request, pk, tab)
    kept = drafts.recall(request, REVIEW, about=f"{tab}-{pk}")
    return _show(request, item, _form(item, tab, initial=kept.dict() if kept else {}), tab)


def _found(request: HttpRequest, pk: int, tab: str) -> judging.DeskItem:
    item = ITEMS[tab](request.user, pk, request.GET.dict())
    if item is None:
        raise Http404
    return item


def _form(item: judging.DeskItem, tab: str, data: Any = None, initial: dict[str, Any] | None = None) -> DecisionForm:
    if tab == desk.SAFETY:
        return DecisionForm(data, practice=item.words, initial=initial)
    rungs = judging.rungs(item.viewer, item.words)
    first = {"evidence": judging.first_offer(item.words, rungs)}
    form = ReviewForm(data, practice=item.words, initial=first | (initial or {}), levels=[rung.slug for rung in rungs if rung.is_open])
    form.closed = [rung for rung in rungs if not rung.is_open]
    return form


def _show(request: HttpRequest, item: judging.DeskItem, form: DecisionForm, tab: str, *, status: int = 200) -> HttpResponse:
    context = {"desk": desk.desk(request.user, tab), "item": item, "form": form}
    return render(request, "library/review_item.html", context, status=status)


def _decide(request: HttpRequest, pk: int, tab: str) -> HttpResponse:
    practice = _sent_about(request, pk)
    item = ITEMS[tab](request.user, pk)
    if item is None:  # it has left the desk: the deed answers a second sending, and refuses everything else
        verdict = request.POST.get("decision", "")
        require(verdict in DEEDS[tab])
        return _do(request, practice, tab, verdict, {"note": ""} if verdict != DecisionForm.YES else {})
    form = _form(item, tab, data=request.POST)
    if not form.is_valid():
        return _show(request, item, form, tab, status=422)
    try:
        return _do(request, practice, tab, form.verdict, form.judgement())
    except rules.NotReady as refusal:
        form.refuse(refusal)
        return _show(request, item, form, tab, status=422)


def _do(request: HttpRequest, practice: Practice, tab: str, verdict: str, judgement: dict[str, Any]) -> HttpResponse:
    DEEDS[tab][verdict](practice, by=request.user, key=deed_key(request), **judgement)
    drafts.drop(request, REVIEW)
    messages.success(request, _said(tab, verdict))
    return redirect(f"{reverse('review-desk')}?tab={tab}")


def _said(tab: str, verdict: str) -> str:
    if tab == desk.WAITING:
        is_yes = verdict == DecisionForm.YES
        return _("Approved. It stands in the library.") if is_yes else _("Given back. The author reads your note.")
    return {
        DecisionForm.YES: _("Approved. Everybody may read it from now on."),
        DecisionForm.CHANGES: _("It stays inside the network until it was changed. The author reads your note."),
        DecisionForm.NO: _("It stays inside the network. The author reads your note."),
    }[verdict]
