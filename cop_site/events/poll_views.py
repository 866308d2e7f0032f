"""The page on which those who lead prepare polls and open them."""

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import Guarded, done

from . import actions, policy, selectors
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


@signed_in()
@once_agreed()
@reads_or_posts
def event_polls(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a poll down; open one of those that are ready in the hall."""
    event = seen(request, slug)
    hall = selectors.rooms_of(event, request.user).get(Room.Kind.HALL)
    require(hall is not None and policy.leads(request.user, event))
    form = PollForm(request.POST or None)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "options": form.cleaned_data["options"].splitlines()}
        if done(form, partial(actions.draft_poll, hall, by=request.user, key=deed_key(request), **said)):
            messages.success(request, _("The poll is ready. Nobody sees it until you open it."))
            return redirect("event-polls", slug)
    drafts = Poll.objects.filter(room=hall, status=Poll.Status.DRAFT).order_by("number")
    context = {"event": event, "room": hall, "form": form, "drafts": drafts}
    return render(request, "events/polls.html", context, status=422 if form.is_bound else 200)
