"""The pages on which those who lead prepare polls, change them and open them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import Guarded, done

from . import actions, cells, policy, selectors
from .making_views import reads_or_posts, seen
from .models import Poll, Room


class PollForm(Guarded):
    """What is asked, and between what one chooses."""

    TEXTS = ("question", "options")
    question = forms.CharField(label=gettext_lazy("What is asked"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("How one answers"), choices=Poll.Kind.choices, initial=Poll.Kind.SINGLE)
    options = forms.CharField(
        label=gettext_lazy("Answers, one a line"),
        help_text=gettext_lazy("Not needed where one answers from one to five or in words of one's own."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    counted_by = forms.MultipleChoiceField(
        label=gettext_lazy("Show the result also"), choices=list(cells.BY.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, hall: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hall.is_unattributed:
            del self.fields["counted_by"]
        else:
            self.fields["counted_by"].help_text = _help_on_cells(hall)


def _help_on_cells(hall: Room) -> str:
    """What it takes, and what of it is possible with those who are registered now."""
    possible = [str(named) for vocabulary, named in cells.BY.items() if cells.possible_for(hall.event, [vocabulary])]
    rule = _(
        "Only where at least five of every group, and of those who share several, are registered when the poll opens, and as many vote."
    )
    return f"{rule} " + (_("Possible now: %(what)s.") % {"what": ", ".join(possible)} if possible else _("Not possible now."))


@signed_in()
@once_agreed()
@reads_or_posts
def event_polls(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a poll down; open one of those that are ready in the hall."""
    hall = _hall(request, slug)
    form = PollForm(request.POST or None, hall=hall)
    if _is_done(form, partial(actions.draft_poll, hall, by=request.user, key=deed_key(request))):
        messages.success(request, _("The poll is ready. Nobody sees it until you open it."))
        return redirect("event-polls", slug)
    context = {"event": hall.event, "room": hall, "form": form, "drafts": _drafts(hall)}
    return render(request, "events/polls.html", context, status=422 if form.is_bound else 200)


@signed_in()
@once_agreed()
@reads_or_posts
def event_poll(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a poll that nobody has opened."""
    hall = _hall(request, slug)
    require(hall.is_live)
    poll = get_object_or_404(_drafts(hall), number=number)
    kept = {name: getattr(poll, name) for name in ("question", "kind", "counted_by")}
    form = PollForm(request.POST or None, hall=hall, initial={**kept, "options": "\n".join(poll.options)})
    if _is_done(form, partial(actions.change_poll, poll, by=request.user, key=deed_key(request))):
        messages.success(request, _("Saved."))
        return redirect("event-polls", slug)
    context = {"event": hall.event, "room": hall, "form": form, "poll": poll}
    return render(request, "events/poll.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in()
@once_agreed()
def event_poll_discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    poll = get_object_or_404(Poll, room=_hall(request, slug), number=number)
    actions.discard_poll(poll, by=request.user, key=deed_key(request))
    if Poll.objects.filter(pk=poll.pk).exists():
        messages.info(request, _("The poll was opened meanwhile. It can be closed in the room."))
    else:
        messages.success(request, _("The poll is gone."))
    return redirect("event-polls", slug)


def _hall(request: HttpRequest, slug: str) -> Room:
    """The hall of an event that the reader leads."""
    event = seen(request, slug)
    hall = selectors.rooms_of(event, request.user).get(Room.Kind.HALL)
    if hall is None or not policy.leads(request.user, event):
        raise PermissionDenied
    hall.event = event
    return hall


def _drafts(hall: Room) -> QuerySet[Poll]:
    return Poll.objects.filter(room=hall, status=Poll.Status.DRAFT).order_by("number")


def _is_done(form: PollForm, keep: Callable[..., Any]) -> bool:
    """Whether what was typed could be kept; what could not stands in the form."""
    if not form.is_bound or not form.is_valid():
        return False
    said = {**form.cleaned_data, "options": form.cleaned_data["options"].splitlines()}
    return done(form, partial(keep, **said))
