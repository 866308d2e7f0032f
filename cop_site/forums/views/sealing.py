"""Pages on which two moderators open a name that hides who writes."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from cop_site.accounts.access import signed_in
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from .. import actions, policy
from ..forms.sealing import UnsealForm
from ..models import Unsealing
from ..selectors import sealing
from .parts import reads_or_posts, seen_post


@signed_in()
@require_GET
def unsealings(request: HttpRequest) -> HttpResponse:
    require(policy.can_moderate(request.user))
    context = {
        "wishes": sealing.open_ones(request.user)[: sealing.MOST_SHOWN],
        "opened": sealing.opened_for(request.user)[: sealing.MOST_SHOWN],
    }
    return render(request, "forums/unsealings.html", context)


@signed_in()
@reads_or_posts
def post_unseal(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why the name over a post has to be opened."""
    post = seen_post(request, pk)
    require(policy.can_moderate(request.user))
    if post.pseudonym is None:
        raise Http404
    require(policy.can_ask_to_unseal(request.user, post.pseudonym))
    form = UnsealForm(request.POST or None)
    made: list[Unsealing] = []
    if form.is_bound and form.is_valid():
        ask = partial(actions.ask_to_unseal, post.pseudonym, by=request.user, key=deed_key(request), reason=form.cleaned_data["reason"])
        if done(form, lambda: made.append(ask())):
            messages.success(request, _("A second moderator decides."))
            return redirect("unsealing", pk=made[0].pk)
    return render(request, "forums/unseal.html", {"post": post, "form": form}, status=422 if form.is_bound else 200)


@never_cache
@signed_in()
@reads_or_posts
def unsealing(request: HttpRequest, pk: int) -> HttpResponse:
    """One wish, the decision about it, and for the two who opened it the person behind the name."""
    require(policy.can_moderate(request.user))
    wish = get_object_or_404(sealing.wishes(request.user), pk=pk)
    if request.method == "POST":
        agrees = request.POST.get("then") == "agree"
        do = actions.agree_to_unseal if agrees else actions.refuse_to_unseal
        do(wish, by=request.user, key=deed_key(request))
        messages.success(
            request, _("Opened, for the two of you alone. Whoever stands behind it is told.") if agrees else _("The name stays closed.")
        )
        return redirect("unsealing", pk=pk)
    may_read = policy.can_read_unsealed(request.user, wish)
    context = {
        "wish": wish,
        "can_decide": policy.can_agree_to_unseal(request.user, wish),
        "may_read": may_read,
        "person": wish.pseudonym.person if may_read else None,
    }
    return render(request, "forums/unsealing.html", context)
