"""Coming to an event, and one's own events."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from . import actions, event_page, guests, policy
from .forms import RsvpForm
from .making_views import seen
from .models import CalendarFeed, Event


@require_POST
@signed_in(form=event_page.RSVP)
@once_agreed(form=event_page.RSVP)
def event_rsvp(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a seat, or a place on the waiting list."""
    event = seen(request, slug)
    require(policy.can_come(request.user, event))
    form = RsvpForm(request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("language", "would_facilitate", "would_take_notes")}
        said["needs"] = form.cleaned_data["text"]
        if done(form, partial(actions.register, event, by=request.user, key=deed_key(request), **said)):
            drafts.drop(request, event_page.RSVP)
            messages.success(request, _("You are registered. What is kept of it stands here, and you can take it back."))
            return redirect(event)
    return event_page.show(request, event, form, status=422)


@require_POST
@signed_in()
def event_leave(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own registration is taken back also where one sees the event no more."""
    own = guests.registration_at(request.user, slug)
    event = own.event if own else seen(request, slug)
    actions.leave_event(event, by=request.user, key=deed_key(request))
    messages.success(request, _("Your registration is taken back, and nothing of it is kept."))
    is_seen = Event.objects.visible_to(request.user).filter(pk=event.pk).exists()
    return redirect(event if is_seen else "my-events")


@signed_in()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_events(request: HttpRequest) -> HttpResponse:
    """What one comes to, was asked to, makes; and the address for one's calendar, which is shown once."""
    require(policy.can_feed(request.user))
    word = ""
    if request.method == "POST":
        if request.POST.get("then") == "close":
            actions.close_feed(by=request.user, key=deed_key(request))
            messages.success(request, _("The address leads nowhere any more."))
            return redirect("my-events")
        word = actions.new_word()
        actions.open_feed(by=request.user, word=word)
    context = {
        "coming": guests.events_of(request.user),
        "left_behind": guests.left_behind(request.user),
        "invited": guests.invited_to(request.user),
        "made": guests.made_by(request.user),
        "can_make": policy.can_make_events(request.user),
        "feed": CalendarFeed.objects.filter(person=request.user).first(),
        "address": f"{request.build_absolute_uri(reverse('events-calendar'))}?token={word}" if word else "",
    }
    return render(request, "events/mine.html", context)
