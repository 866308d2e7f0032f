"""The queue, and decisions about several of its rows at once."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.forums.policy import can_make_forums
from cop_site.forums.selectors import sealing, waiting

from .. import actions, policy
from ..choices import MOST_AT_ONCE, Outcome
from ..forms import FilterForm, VerdictForm
from ..models import Case
from ..selectors import desk as queue
from ..selectors import telling
from .parts import done, reads_or_posts, with_phrase

MANY = "moderation-many"
OF_HELD, OF_SHOWN = (Outcome.RELEASE, Outcome.REFUSE), (Outcome.KEEP, Outcome.TAKE_AWAY)
OUTCOMES = {queue.HELD: OF_HELD, queue.REPORTS: OF_SHOWN, queue.FLAGGED: OF_SHOWN}


@signed_in(form=MANY)
@once_agreed(form=MANY)
@reads_or_posts
def moderation(request: HttpRequest) -> HttpResponse:
    require(policy.can_sit_at_desk(request.user))
    asked = queue.Asked.of(request.GET)
    if asked.tab == queue.DECIDED:
        return render(request, "moderation/decided.html", _around(request, asked) | {"decisions": telling.decided_by(request.user)})
    form, status, chosen = _form(asked), 200, set()
    if request.method == "POST":
        form, status, chosen = _many(request, asked)
        if status == 302:
            return redirect(f"{reverse('moderation')}?{asked.query}")
    context = _around(request, asked) | {"form": form, "chosen": chosen, "all_chosen": request.POST.get("all") == "1"}
    return render(request, "moderation/queue.html", context, status=status)


def _around(request: HttpRequest, asked: queue.Asked) -> dict[str, Any]:
    """The queue, and what else moderators look after."""
    return {
        "desk": queue.desk(request.user, asked, request.GET.get("page", "")),
        "filters": FilterForm(initial=asked.chosen, forums=queue.forums_in(request.user)),
        "deleted": waiting.deleted_topics(request.user)[: waiting.MOST_SHOWN],
        "wishes": sealing.open_ones(request.user).count(),
        "can_make_forums": can_make_forums(request.user),
        "can_keep": policy.can_keep_rota(request.user),
    }


def _form(asked: queue.Asked, *args: Any, **options: Any) -> VerdictForm:
    """What can become of the rows of this part of the queue."""
    return VerdictForm(*args, outcomes=OUTCOMES.get(asked.tab, Outcome), auto_id="many-%s", **options)


def _many(request: HttpRequest, asked: queue.Asked) -> tuple[VerdictForm, int, set[int]]:
    """Decide about what was ticked, or about all that stood on the page."""
    ticked = request.POST.getlist("shown" if request.POST.get("all") == "1" else "cases")
    chosen = {int(pk) for pk in ticked[:MOST_AT_ONCE] if pk.isdecimal() and len(pk) < 18}
    if request.POST.get("then") == "phrase":
        return _form(asked, initial=with_phrase(request)), 200, chosen
    form = _form(asked, request.POST)
    if form.is_valid() and not chosen:
        form.add_error(None, _("Tick at least one row of the queue."))
    if not form.is_valid():
        return form, 422, chosen
    cases = list(Case.objects.visible_to(request.user).open().filter(pk__in=chosen).gravest_first())
    said = {name: form.cleaned_data[name] for name in ("outcome", "reason")}
    made = done(form, partial(actions.decide_many, cases, by=request.user, key=deed_key(request), **said))
    if made is None:
        return form, 422, chosen
    _tell(request, made)
    return form, 302, set()


def _tell(request: HttpRequest, made: Any) -> None:
    number = len(made.decisions)
    if number:
        told = ngettext("%(n)d decided. Their authors read the reason.", "%(n)d decided. Their authors read the reason.", number)
        messages.success(request, told % {"n": number})
    for sentence in dict.fromkeys(str(why) for _case, why in made.left):
        left = sum(str(why) == sentence for _case, why in made.left)
        said = ngettext("%(n)d stays in the queue: %(why)s", "%(n)d stay in the queue: %(why)s", left)
        messages.warning(request, said % {"n": left, "why": sentence})
