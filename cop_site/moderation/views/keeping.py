"""What makes the desk bearable and answerable: sentences at hand, whose turn it is, the public account."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import for_visitors

from .. import actions, policy
from ..forms import DutyForm, PhraseForm
from ..models import Duty, Phrase
from ..selectors import account as counted
from ..selectors import rota as turns
from .parts import done, reads_or_posts


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """How much was decided and how fast; everybody may read it."""
    context = {"account": counted.account(), "is_public": not request.GET}
    return for_visitors(request, render(request, "moderation/account.html", context))


@signed_in()
@once_agreed()
@reads_or_posts
def phrases(request: HttpRequest) -> HttpResponse:
    require(policy.can_keep_rota(request.user))
    number = request.GET.get("phrase", "")
    changed = get_object_or_404(Phrase, pk=number) if number.isdecimal() and len(number) < 18 else None
    initial = {name: getattr(changed, name) for name in PhraseForm.base_fields} if changed else None
    form = PhraseForm(request.POST or None, initial=initial)
    keep = partial(actions.keep_phrase, changed, by=request.user, key=deed_key(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: keep(**form.cleaned_data)):
        messages.success(request, _("Kept. Moderators find it in the decision form."))
        return redirect("phrases")
    context = {"phrases": Phrase.objects.order_by("-is_used", "name", "pk"), "changed": changed, "form": form}
    return render(request, "moderation/phrases.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
@once_agreed()
@reads_or_posts
def rota(request: HttpRequest) -> HttpResponse:
    require(policy.can_keep_rota(request.user))
    ends = request.POST.get("ends", "")
    if ends.isdecimal() and len(ends) < 18:
        actions.take_off_rota(get_object_or_404(Duty, pk=ends), by=request.user, key=deed_key(request))
        messages.success(request, _("Taken off the rota."))
        return redirect("rota")
    form = DutyForm(request.POST or None, people=turns.who_may())
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        if done(form, partial(actions.put_on_rota, said.pop("person"), by=request.user, key=deed_key(request), **said)):
            messages.success(request, _("It stands on the rota. Reminders go to whoever has the turn."))
            return redirect("rota")
    context = {"duties": turns.coming(), "form": form}
    return render(request, "moderation/rota.html", context, status=422 if request.method == "POST" else 200)
