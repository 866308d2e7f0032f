"""What the guard took from readers: moderators look, and give back with a reason what may stand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.accounts.policy import is_moderator
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, holding_policy, rules
from ..forms import OverrideForm, placing
from ..models import Practice
from ..selectors import guarding
from .writing import reads_or_posts

HELD = "held"


@signed_in()
@require_GET
def held_texts(request: HttpRequest) -> HttpResponse:
    require(is_moderator(request.user))
    return render(request, "library/held.html", {"held": guarding.held_for(request.user)})


@signed_in(form=HELD)
@once_agreed(form=HELD)
@reads_or_posts
def held_text(request: HttpRequest, pk: int) -> HttpResponse:
    require(is_moderator(request.user))
    held = guarding.held(request.user, pk)
    if request.method == "POST":
        return _decide(request, pk, held)
    if held is None:
        raise Http404
    kept = drafts.recall(request, HELD, about=pk)
    return _show(request, held, OverrideForm(initial={"text": kept.get("text", "")} if kept else None))


def _decide(request: HttpRequest, pk: int, held: guarding.Held | None) -> HttpResponse:
    form = OverrideForm(request.POST)
    if held is None:  # decided meanwhile, perhaps by this very form: the deed answers a second sending
        practice = (
            Practice.objects.unscoped("a form sent twice: the deed asks the policy").filter(pk=pk, guard_overrides__by=request.user).first()
        )
        if practice is None:
            raise Http404
        actions.override_finding(practice, by=request.user, key=deed_key(request), reason=form.data.get("text", ""))
        return redirect("held-texts")
    if not form.is_valid():
        return _show(request, held, form, status=422)
    try:
        actions.override_finding(held.practice, by=request.user, key=deed_key(request), reason=form.cleaned_data["text"])
    except rules.NotReady as refusal:
        for problem in refusal.problems:
            form.add_error("text" if problem.field == "text" else None, problem.sentence)
        return _show(request, held, form, status=422)
    drafts.drop(request, HELD)
    messages.success(request, _("Given back to its readers. Your reason is kept."))
    return redirect("held-texts")


def _show(request: HttpRequest, held: guarding.Held, form: OverrideForm, *, status: int = 200) -> HttpResponse:
    context = {
        "held": held,
        "practice": held.practice,
        "places": placing.places(held),
        "form": form,
        "may_override": holding_policy.can_override(request.user, held.practice) and not held.final,
    }
    return render(request, "library/held_item.html", context, status=status)
