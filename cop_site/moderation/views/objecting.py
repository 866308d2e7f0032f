"""How a suspended person objects: by the link in her mail, without signing in."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cop_site.core.deed_keys import deed_key

from .. import actions, objecting
from ..forms import AppealForm
from .parts import done, reads_or_posts


@reads_or_posts
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """The reason and a form, and nothing of what it was about: a mail may be read by others."""
    found = objecting.behind(token)
    if found is None:
        raise Http404
    decision, person = found
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        appeal = partial(actions.appeal, decision, by=person, key=deed_key(request), words=form.cleaned_data["words"])
        if done(form, appeal):
            messages.success(request, _("Sent. A moderator who did not decide looks at it again."))
            return redirect("objection", token=token)
    context = {"decision": decision, "appeal": getattr(decision, "appeal", None), "form": form}
    response = render(request, "moderation/objection.html", context, status=422 if request.method == "POST" else 200)
    response["Cache-Control"] = "no-store"
    return response
