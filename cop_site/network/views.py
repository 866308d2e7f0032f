"""What members make of what others said."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.deed_keys import deed_key
from cop_site.events.models import Card, Event
from cop_site.forums.models import Topic

from . import actions


@signed_in()
@once_agreed()
@require_POST
def draft_from_topic(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    practice = actions.draft_from_topic(topic, by=request.user, key=deed_key(request))
    messages.success(
        request, _("A draft that only you see. Tell in your own words what was done and what came of it; it says where it grew.")
    )
    return redirect("practice-edit", slug=practice.slug)


@signed_in()
@once_agreed()
@require_POST
def draft_from_card(request: HttpRequest, slug: str, seq: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    try:
        practice = actions.draft_from_card(event, seq, by=request.user, key=deed_key(request))
    except Card.DoesNotExist as absent:
        raise Http404 from absent
    messages.success(request, _("A draft that only you see. Write it with those who know; it says at which event it grew."))
    return redirect("practice-edit", slug=practice.slug)
