"""What waits until a moderator has looked."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.refusing import NotReady

from .. import actions, policy
from ..forms.steering import ReasonForm
from ..selectors import sealing, waiting
from .parts import done, reads_or_posts


@signed_in()
@require_GET
def waiting_posts(request: HttpRequest) -> HttpResponse:
    require(policy.can_moderate(request.user))
    context = {
        "posts": waiting.posts(request.user).defer("source", "html")[: waiting.MOST_SHOWN],
        "deleted": waiting.deleted_topics(request.user)[: waiting.MOST_SHOWN],
        "wishes": sealing.open_ones(request.user).count(),
        "can_make_forums": policy.can_make_forums(request.user),
    }
    return render(request, "forums/waiting.html", context)


@signed_in()
@once_agreed()
@reads_or_posts
def waiting_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One post that waits: let it through, or refuse it with a reason."""
    item = waiting.item(request.user, pk)
    if item is None:
        raise Http404
    refuses = request.POST.get("then") == "refuse"
    form = ReasonForm(request.POST if refuses else None)
    if request.POST.get("then") == "release" and _released(request, item):
        return redirect("waiting")
    if refuses and form.is_valid():
        refuse = partial(actions.refuse_post, item.post, by=request.user, key=deed_key(request), reason=form.cleaned_data["reason"])
        if done(form, refuse):
            messages.success(request, _("Refused. Its author is told why."))
            return redirect("waiting")
    return render(request, "forums/waiting_item.html", {"item": item, "form": form}, status=422 if request.method == "POST" else 200)


def _released(request: HttpRequest, item: waiting.Item) -> bool:
    try:
        actions.release_post(item.post, by=request.user, key=deed_key(request))
    except NotReady as refusal:
        messages.error(request, refusal.messages[0])
        return False
    messages.success(request, _("Readers see it now."))
    return True
