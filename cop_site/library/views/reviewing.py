"""The desk: what waits for reviewers, and their decisions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.policy import can_review, can_review_safety
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, rules
from ..forms import DecisionForm
from ..selectors import desk
from .writing import reads_or_posts

REVIEW = "review"


@signed_in()
@require_GET
def review_desk(request: HttpRequest) -> HttpResponse:
    require(can_review(request.user) or can_review_safety(request.user))
    context = {"desk": desk.desk(request.user, request.GET.get("tab", ""))}
    return render(request, "library/review_desk.html", context)


@signed_in(form=REVIEW)
@once_agreed(form=REVIEW)
@reads_or_posts
def review_item(request: HttpRequest, pk: int) -> HttpResponse:
    require(can_review(request.user) or can_review_safety(request.user))
    if request.method == "POST":
        return _decide(request, pk, yes=actions.publish_practice, no=actions.ask_for_changes, tab=desk.WAITING)
    return _show_item(request, pk, _kept_form(request, f"{desk.WAITING}-{pk}"), tab=desk.WAITING)


@signed_in(form=REVIEW)
@once_agreed(form=REVIEW)
@reads_or_posts
def safety_item(request: HttpRequest, pk: int) -> HttpResponse:
    require(can_review(request.user) or can_review_safety(request.user))
    if request.method == "POST":
        return _decide(request, pk, yes=actions.approve_public, no=actions.refuse_public, tab=desk.SAFETY)
    return _show_item(request, pk, _kept_form(request, f"{desk.SAFETY}-{pk}"), tab=desk.SAFETY)


def _kept_form(request: HttpRequest, about: str) -> DecisionForm:
    """The note that a lost session kept, where it was about this text."""
    kept = drafts.recall(request, REVIEW, about=about)
    return DecisionForm(initial={"text": kept.get("text", "")} if kept else None)


def _show_item(request: HttpRequest, pk: int, form: DecisionForm, *, tab: str, problems: Any = (), status: int = 200) -> HttpResponse:
    item = (desk.review_item if tab == desk.WAITING else desk.safety_item)(request.user, pk)
    if item is None:
        raise Http404
    context = {"desk": desk.desk(request.user, tab), "item": item, "form": form, "problems": problems}
    return render(request, "library/review_item.html", context, status=status)


def _decide(request: HttpRequest, pk: int, *, yes: Any, no: Any, tab: str) -> HttpResponse:
    practice = desk.may_have_decided(request.user, pk)
    if practice is None:
        raise Http404
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show_item(request, pk, form, tab=tab, status=422)
    try:
        (yes if form.is_yes else no)(practice, by=request.user, key=deed_key(request), note=form.cleaned_data["text"])
    except rules.NotReady as refusal:
        return _show_item(request, pk, form, tab=tab, problems=refusal.messages, status=422)
    drafts.drop(request, REVIEW)
    messages.success(request, _said(tab, is_yes=form.is_yes))
    return redirect(f"{reverse('review-desk')}?tab={tab}")


def _said(tab: str, *, is_yes: bool) -> str:
    if tab == desk.SAFETY:
        return (
            _("Approved. Everybody may read it from now on.") if is_yes else _("It stays inside the network. The author reads your note.")
        )
    return _("Approved. It stands in the library.") if is_yes else _("Given back. The author reads your note.")
