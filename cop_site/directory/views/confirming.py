"""The question in a mail, whether an entry is still right; and how fresh the directory is as a whole."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cop_site.core.deed_keys import deed_key

from .. import actions, confirming
from ..selectors import freshness
from .parts import reads_or_posts


@reads_or_posts
def organisation_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """One button, and nobody needs to sign in. Programs that look at links in mails press no button, so reading changes nothing."""
    asked = confirming.asked_by(token)
    if asked is None:
        raise Http404
    if request.method == "POST":
        if asked.is_open:
            actions.confirm_listing(asked.listing, by=asked.person, key=deed_key(request))
        messages.success(request, _("Confirmed. Thank you."))
        return redirect("organisation-confirm", token=token)
    response = render(request, "directory/confirm.html", {"asked": asked, "listing": asked.listing})
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def directory_freshness(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/freshness.html", {"freshness": freshness.state(request.user), "is_public": not request.GET})
