"""Pages on which convenors and the secretariat make events."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from . import actions, policy, shows
from .forms import EventForm, ReasonForm, agenda_of, initial_of
from .models import Event

reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@once_agreed()
@reads_or_posts
def event_new(request: HttpRequest) -> HttpResponse:
    """A draft; with the agenda of a run of show, where one was chosen."""
    require(policy.can_make_events(request.user))
    initial = agenda_of(shows.steps_of(request.GET.get("show", "")))
    form = EventForm(request.POST or None, viewer=request.user, initial=initial)
    made: list[Event | None] = []
    if form.is_bound and form.is_valid():
        make = partial(actions.draft_event, by=request.user, key=deed_key(request), **form.cleaned_data)
        if done(form, lambda: made.append(make())):
            messages.success(request, _("The draft is kept. Nobody else sees it until you announce it."))
            return redirect(made[0] or "my-events")  # sent anew after it was thrown away
    return _show(request, form)


@signed_in()
@once_agreed()
@reads_or_posts
def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    event = seen(request, slug)
    require(policy.can_change_event(request.user, event))
    form = EventForm(request.POST or None, viewer=request.user, initial=initial_of(event))
    said = form.cleaned_data if form.is_bound and form.is_valid() else None
    if said and done(form, partial(actions.change_event, event, by=request.user, key=deed_key(request), **said)):
        messages.success(request, _("Saved."))
        return redirect(event)
    return _show(request, form, event)


def _show(request: HttpRequest, form: EventForm, event: Event | None = None) -> HttpResponse:
    context = {"form": form, "event": event, "shows": shows.choices()}
    return render(request, "events/event_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in()
def event_announce(request: HttpRequest, slug: str) -> HttpResponse:
    event = actions.announce_event(seen(request, slug), by=request.user, key=deed_key(request))
    messages.success(request, _("The event is announced: those whom it is for see it and can register."))
    return redirect(event)


@require_POST
@signed_in()
def event_clone(request: HttpRequest, slug: str) -> HttpResponse:
    made: Event | None = actions.clone_event(seen(request, slug), by=request.user, key=deed_key(request))
    if made is None:  # sent anew after it was thrown away
        return redirect("my-events")
    messages.success(request, _("This is a draft with the same agenda, some weeks later. Check the times."))
    return redirect("event-edit", made.slug)


@signed_in()
@once_agreed()
@reads_or_posts
def event_discard(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask once, then throw a draft away."""
    event = seen(request, slug)
    require(policy.can_discard(request.user, event))
    if request.method == "POST":
        actions.discard_event(event, by=request.user, key=deed_key(request))
        messages.success(request, _("The draft is gone."))
        return redirect("my-events")
    return render(request, "events/discard.html", {"event": event})


@signed_in()
@once_agreed()
@reads_or_posts
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why, then cancel."""
    event = seen(request, slug)
    require(policy.can_change_event(request.user, event) and not event.is_draft)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        cancel = partial(actions.cancel_event, event, by=request.user, key=deed_key(request), reason=form.cleaned_data["reason"])
        if done(form, cancel):
            messages.success(request, _("The event is cancelled. Those who wanted to come are told."))
            return redirect(event)
    return render(request, "events/cancel.html", {"form": form, "event": event}, status=422 if form.is_bound else 200)


def seen(request: HttpRequest, slug: str) -> Event:
    """The event at this address, where the reader may see it."""
    rows: Any = Event.objects.visible_to(request.user).select_related("circle", "organisation", "author")
    return get_object_or_404(rows, slug=slug)
