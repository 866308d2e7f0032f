"""Calendars for machines: one event, all that are public, one's own."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import guests
from .calendars import calendar_of
from .making_views import seen
from .models import Event

MOST = 500


@never_cache
@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """What is public; with the word of a feed, what its owner registered for and sees now."""
    if "token" in request.GET:
        owner = guests.owner_of(request.GET["token"])
        if owner is None:
            raise Http404
        return _answer(request, guests.events_of(owner)[:MOST], "acara-saya")
    found = Event.objects.visible_to(AnonymousUser()).filter(ends_at__gte=timezone.now() - guests.RECENT)
    return _answer(request, found.order_by("starts_at", "pk")[:MOST], "acara")


@never_cache
@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = seen(request, slug)
    if event.is_draft:
        raise Http404
    return _answer(request, [event], event.slug)


def _answer(request: HttpRequest, events: Iterable[Event], name: str) -> HttpResponse:
    answer = HttpResponse(calendar_of(events, host=request.get_host().partition(":")[0]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer
