"""Objections, looked at by somebody who did not decide."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..forms import AppealDecisionForm
from ..selectors import appealing
from ..selectors import desk as queue
from .parts import done, reads_or_posts

ANSWER = "appeal-answer"


@signed_in()
@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    context = {"desk": queue.desk(request.user, queue.Asked(tab="appeals")), "appeals": queue.appeals(request.user)}
    return render(request, "moderation/appeals.html", context)


@signed_in(form=ANSWER)
@once_agreed(form=ANSWER)
@reads_or_posts
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    looked = appealing.looked_again(request.user, pk)
    if looked is None:
        raise Http404
    kept = drafts.recall(request, ANSWER, about=pk)
    form = AppealDecisionForm(request.POST or None, initial=kept.dict() if kept else None)
    if request.method == "POST" and form.is_valid():
        said = {"is_granted": form.cleaned_data["grant"] == "yes", "answer": form.cleaned_data["answer"]}
        if done(form, partial(actions.decide_appeal, looked.appeal, by=request.user, key=deed_key(request), **said)):
            drafts.drop(request, ANSWER)
            messages.success(request, _("Decided. Whoever objected reads your answer."))
            return redirect("appeals")
    context = {"desk": queue.desk(request.user, queue.Asked(tab="appeals")), "looked": looked, "form": form}
    return render(request, "moderation/appeal.html", context, status=422 if request.method == "POST" else 200)
