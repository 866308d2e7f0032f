"""What was decided about what one wrote, and what one can say to it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cop_site.accounts.access import signed_in
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..forms import AppealForm
from ..models import Decision
from ..selectors import telling
from .parts import done, done_or_told, reads_or_posts

APPEAL = "appeal"


@signed_in()
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/decisions.html", {"decisions": telling.decisions_about(request.user)})


@signed_in(form=APPEAL)
@reads_or_posts
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    told = telling.told(request.user, pk)
    if told is None:
        raise Http404
    kept = drafts.recall(request, APPEAL, about=pk)
    form = AppealForm(request.POST or None, initial=kept.dict() if kept else None)
    if request.method == "POST":
        require(told.is_about_me)
        appeal = partial(actions.appeal, told.decision, by=request.user, key=deed_key(request))
        if form.is_valid() and done(form, lambda: appeal(words=form.cleaned_data["words"])):
            drafts.drop(request, APPEAL)
            messages.success(request, _("Sent. A moderator who did not decide looks at it again; you are told what they find."))
            return redirect("decision", pk=pk)
    return render(request, "moderation/decision.html", {"told": told, "form": form}, status=422 if request.method == "POST" else 200)


@signed_in()
@require_POST
def decision_undo(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    decision = get_object_or_404(Decision.objects.visible_to(request.user), pk=pk)
    undone = _("Undone. All is as before, its author is told, and the case waits again.")
    done_or_told(request, lambda: actions.undo(decision, by=request.user, key=deed_key(request)), undone)
    return redirect("case", pk=decision.case_id)
