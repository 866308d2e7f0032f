"""Asking an organisation something through the platform, and answering."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..forms.stewarding import AnswerForm, QuestionForm
from ..models import Inquiry
from .parts import done, reads_or_posts, seen

ASK, ANSWER = "ask-organisation", "answer-organisation"


@signed_in(form=ASK)
@once_agreed(form=ASK)
@reads_or_posts
def organisation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    listing = seen(request, slug)
    require(listing.organisation.is_listed and policy.can_inquire(request.user, listing))
    kept = drafts.recall(request, ASK, about=slug)
    form = QuestionForm(request.POST or None, initial={"question": kept.get("question", "")} if kept else None)
    if request.method == "POST" and form.is_valid() and limits.lets(request, form, "inquiry"):
        ask = partial(actions.ask_organisation, listing, by=request.user, key=deed_key(request), question=form.cleaned_data["question"])
        if done(form, ask):
            drafts.drop(request, ASK)
            messages.success(request, _("Sent. Those who look after the entry read it; you get a mail when there is an answer."))
            return redirect("directory-mine")
    status = 429 if limits.refused_too_often(form) else 422 if request.method == "POST" else 200
    return limits.say_when(request, render(request, "directory/ask_form.html", {"listing": listing, "form": form}, status=status))


@signed_in(form=ANSWER)
@reads_or_posts
def organisation_inquiries(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions to an organisation, for its stewards; each has one answer."""
    listing = seen(request, slug)
    if not policy.is_steward(request.user, listing.organisation):
        raise Http404
    inquiries = Inquiry.objects.visible_to(request.user).filter(listing=listing).select_related("asker", "answered_by")
    form = AnswerForm(request.POST or None)
    asked = get_object_or_404(inquiries, pk=_number(request.POST.get("inquiry", ""))) if request.method == "POST" else None
    if asked and form.is_valid():
        answer = partial(actions.answer_inquiry, asked, by=request.user, key=deed_key(request), answer=form.cleaned_data["answer"])
        if done(form, answer):
            messages.success(request, _("Answered. The person gets a mail."))
            return redirect("organisation-inquiries", slug=slug)
    rows = [(one, form if one == asked else AnswerForm(auto_id=f"id_{one.pk}_%s")) for one in inquiries[:100]]
    context = {"listing": listing, "rows": rows, "form": form}
    return render(request, "directory/inquiries.html", context, status=422 if request.method == "POST" else 200)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else 0
