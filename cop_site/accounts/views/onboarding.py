"""First steps: the checklist, the code of conduct, the safety briefing; and asking everybody again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import policy as people
from ..access import signed_in
from ..entry import actions, policy, selectors
from ..entry.forms import AgreeForm, AskAgainForm, SafetyForm
from ..models import Document, Edition

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@reads_or_posts
@signed_in()
def onboarding(request: HttpRequest) -> HttpResponse:
    """What is done and what is next; the code of conduct is accepted here."""
    require(policy.can_agree(request.user))
    if request.method != "POST":
        return _show(request, _fresh_agree_form())
    form = AgreeForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    key, version = deed_key(request), form.cleaned_data["version"]
    if actions.agree(Document.CONDUCT, by=request.user, key=key, version=version) is None:
        return _changed_meanwhile(request)
    actions.agree(Document.ADULT, by=request.user, version=Edition.objects.in_force(Document.ADULT))
    messages.success(request, _("Thank you. That is written down."))
    return redirect("onboarding")


def _fresh_agree_form() -> AgreeForm:
    return AgreeForm(initial={"version": Edition.objects.in_force(Document.CONDUCT)})


def _changed_meanwhile(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("The text was changed while you were reading. Please read it once more."))
    return _show(request, _fresh_agree_form(), status=422)


def _show(request: HttpRequest, form: AgreeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "steps": selectors.first_steps(request.user), "is_secretariat": people.is_secretariat(request.user)}
    return answer(request, "accounts/onboarding.html", context, status=status)


@reads_or_posts
@signed_in()
def safety_briefing(request: HttpRequest) -> HttpResponse:
    """What is never written here, how to leave quickly, and what the site cannot promise."""
    require(policy.can_agree(request.user))
    version = Edition.objects.in_force(Document.SAFETY)
    form = SafetyForm(request.POST or None, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        if actions.agree(Document.SAFETY, by=request.user, key=deed_key(request), version=form.cleaned_data["version"]):
            messages.success(request, _("Thank you. That is written down."))
            return redirect("onboarding")
        messages.warning(request, _("The text was changed while you were reading. Please read it once more."))
    is_briefed = selectors.first_steps(request.user).is_briefed
    context = {"form": SafetyForm(initial={"version": version}), "is_briefed": is_briefed}
    return answer(request, "accounts/safety_briefing.html", context, status=422 if request.method == "POST" else 200)


@reads_or_posts
@signed_in(form="ask-again")
def agreements(request: HttpRequest) -> HttpResponse:
    """Which editions are in force; the secretariat raises one when its text has changed."""
    require(policy.can_ask_again(request.user))
    unsent = drafts.recall(request, "ask-again")
    form = AskAgainForm(request.POST or None, initial=unsent.dict() if unsent else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_again(by=request.user, key=deed_key(request), **form.cleaned_data)
        drafts.drop(request, "ask-again")
        messages.success(request, _("Everybody is asked again, from now on."))
        return redirect("agreements")
    context = {"form": form, "documents": selectors.documents_in_force()}
    return answer(request, "accounts/agreements.html", context, status=422 if form.errors else 200)
