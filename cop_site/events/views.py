"""Events, as pages; their rooms are in ``room_views``."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import event_page, policy
from .models import Event


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    found = Event.objects.visible_to(request.user).newest_first()[:100]
    may = {"can_make": policy.can_make_events(request.user), "can_look_over": policy.can_look_over_events(request.user)}
    return render(request, "events/index.html", {"events": found, "is_public": not request.GET, **may})


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return event_page.show(request, event)
