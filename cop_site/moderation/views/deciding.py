"""One case: what it is, who has it, what becomes of it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.templatetags.page import path_in

from .. import actions, kinds, policy
from ..forms import DecisionForm
from ..models import Case
from ..selectors import desk as queue
from ..selectors.reading import sanctions_for
from .parts import done, done_or_told, reads_or_posts, with_phrase

DECISION = "moderation-decision"


@signed_in(form=DECISION)
@once_agreed(form=DECISION)
@reads_or_posts
def case(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    looked = queue.looked(request.user, pk)
    if looked is None:
        raise Http404
    asked = queue.Asked.of(request.GET)
    if request.method == "POST":
        return _decide(request, looked, asked)
    kept = drafts.recall(request, DECISION, about=pk)
    return _show(request, looked, asked, _form(request, looked, initial=kept.dict() if kept else {}))


def _form(request: HttpRequest, looked: queue.Looked, *args: Any, **options: Any) -> DecisionForm:
    outcomes, closed = kinds.outcomes_for(looked.case), ["release"] if looked.guard.is_closed else []
    sanctions = sanctions_for(looked.case, request.user)
    return DecisionForm(*args, outcomes=outcomes, closed=closed, sanctions=sanctions, **options)


def _show(request: HttpRequest, looked: queue.Looked, asked: queue.Asked, form: DecisionForm, status: int = 200) -> HttpResponse:
    context = {"desk": queue.desk(request.user, asked, request.GET.get("page", "")), "looked": looked, "form": form}
    context |= {"can_undo": looked.decision is not None and policy.can_undo(request.user, looked.decision, now=timezone.now())}
    return render(request, "moderation/case.html", context, status=status)


def _decide(request: HttpRequest, looked: queue.Looked, asked: queue.Asked) -> HttpResponse:
    if request.POST.get("then") == "phrase":
        return _show(request, looked, asked, _form(request, looked, initial=with_phrase(request, looked.case.language)))
    form = _form(request, looked, request.POST)
    if not form.is_valid():
        return _show(request, looked, asked, form, status=422)
    seen = request.POST.get("seen", "")
    said = form.said() | {"seen": int(seen) if seen.isdecimal() and len(seen) < 18 else None}
    if done(form, partial(actions.decide, looked.case, by=request.user, key=deed_key(request), **said)) is None:
        fresh = queue.looked(request.user, looked.case.pk) or looked
        return _show(request, fresh, asked, form, status=422)
    drafts.drop(request, DECISION)
    return _on_to_the_next(request, asked, looked.case)


def _on_to_the_next(request: HttpRequest, asked: queue.Asked, last: Case) -> HttpResponse:
    """What waits next opens by itself; where nothing does, the queue says so."""
    messages.success(request, _("Decided. Its author reads the reason. You can undo it for a day, under “Decided by you”."))
    following = queue.next_case(request.user, asked, after=last)
    place = reverse("case", args=[following.pk]) if following else reverse("moderation")
    return redirect(f"{place}?{asked.query}")


@signed_in()
@require_POST
def case_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case, put it back, hand it to somebody else, or put it back and rest."""
    require(policy.can_sit_at_desk(request.user))
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    asked, then = queue.Asked.of(request.GET), request.POST.get("then", "")
    key = deed_key(request)
    if then not in {"back", "rest"}:
        taken = _("It is yours for half an hour. Others see that you have it.")
        done_or_told(request, lambda: actions.claim(case, by=request.user, key=key), taken)
        return redirect(f"{reverse('case', args=[pk])}?{asked.query}")
    rest, back = _("Put back. The queue can wait; rest is part of the work."), _("Put back. Another moderator can take it.")
    done_or_told(request, lambda: actions.put_back(case, by=request.user, key=key), rest if then == "rest" else back)
    return redirect(path_in(get_language() or "id", "/") if then == "rest" else f"{reverse('moderation')}?{asked.query}")
