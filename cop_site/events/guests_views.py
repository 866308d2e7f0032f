"""At the desk, about those who come: who leads groups and takes notes, and who comes no more."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from . import actions, guests, policy
from .desk_views import handles_in, kept

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@once_agreed()
@never_cache
@reads_or_posts
def event_offices(request: HttpRequest, slug: str) -> HttpResponse:
    """Name who leads groups and who takes notes, among those who have a seat."""
    event = kept(request, slug)
    require(policy.can_name_offices(request.user, event))
    if request.method == "POST":
        named = {"facilitators": handles_in(request, "facilitator"), "note_takers": handles_in(request, "note_taker")}
        actions.name_offices(event, by=request.user, key=deed_key(request), **named)
        messages.success(request, _("Saved. The next groups are composed with those who are named."))
        return redirect("event-desk", slug)
    rows = guests.labels(guests.may_hold_office(event, request.user))
    return render(request, "events/offices.html", {"event": event, "coming": rows})


@signed_in()
@once_agreed()
@never_cache
@reads_or_posts
def event_out(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Say what it means, then take an invitation back or somebody off the list."""
    event = kept(request, slug)
    require(policy.can_take_out(request.user, event))
    guest = guests.guest_of(event, handle)
    if guest is None:
        if request.method == "POST":  # sent twice
            return redirect("event-desk", slug)
        raise Http404
    if request.method != "POST":
        return render(request, "events/out.html", {"event": event, "guest": guest})
    told = {"name": guest.person.name}
    if request.POST.get("then") == "list":
        actions.take_off_list(event, guest.person, by=request.user, key=deed_key(request))
        messages.success(request, _("%(name)s is off the list, and is told of it.") % told)
    else:
        actions.take_back_invitation(event, guest.person, by=request.user, key=deed_key(request))
        messages.success(request, _("The invitation of %(name)s is taken back.") % told)
    return redirect("event-desk", slug)
