"""Pages on which moderators steer a topic: pin, lock, rename, move, delete, split, merge, give back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cop_site.accounts.access import signed_in
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done
from cop_site.screening.refusing import NotReady

from .. import actions, policy
from ..forms.steering import MergeForm, MoveForm, ReasonForm, SplitForm, TitleForm
from ..models import Topic
from ..selectors import steering, waiting
from .parts import reads_or_posts, seen_topic


@dataclass(frozen=True)
class Step:
    """What one button of the page does."""

    deed: Callable[..., Topic]
    said: Any
    asks: str = ""  # the form that comes with it


STEPS = {
    "pin": Step(actions.pin_topic, gettext_lazy("It stands above the others now.")),
    "unpin": Step(actions.unpin_topic, gettext_lazy("It stands where its last post puts it.")),
    "lock": Step(actions.lock_topic, gettext_lazy("Nobody can answer any more. Whoever began it is told why."), "lock"),
    "unlock": Step(actions.unlock_topic, gettext_lazy("Members can answer again.")),
    "retitle": Step(actions.retitle_topic, gettext_lazy("It has another title. The old address goes on working."), "retitle"),
    "move": Step(actions.move_topic, gettext_lazy("Moved."), "move"),
    "delete": Step(actions.delete_topic, gettext_lazy("Deleted. It can be given back under “Moderation”."), "delete"),
}


def _steered(request: HttpRequest, pk: int) -> Topic:
    """The topic with this number, where the reader may steer it."""
    topic = seen_topic(request, pk)
    require(policy.can_moderate(request.user) and topic.is_shown)
    return topic


@signed_in()
@reads_or_posts
def topic_steer(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _steered(request, pk)
    step = STEPS.get(request.POST.get("then", ""))
    forms = _forms(request, topic, step.asks if step else "")
    if step and _is_done(request, topic, step, forms.get(step.asks)):
        messages.success(request, step.said)
        return redirect(topic.forum if step.asks == "delete" else Topic.objects.visible_to(request.user).get(pk=pk))
    context = {"topic": topic, "forms": forms}
    return render(request, "forums/steer.html", context, status=422 if request.method == "POST" else 200)


def _forms(request: HttpRequest, topic: Topic, asked: str) -> dict[str, Any]:
    """All that the page asks; only what was sent is read."""
    made: dict[str, Callable[..., Any]] = {
        "lock": ReasonForm,
        "retitle": partial(TitleForm, initial={"title": topic.title}),
        "move": partial(MoveForm, viewer=request.user, topic=topic),
        "delete": ReasonForm,
    }
    return {name: form(request.POST if name == asked else None, auto_id=f"{name}-%s") for name, form in made.items()}


def _is_done(request: HttpRequest, topic: Topic, step: Step, form: Any) -> bool:
    do = partial(step.deed, topic, by=request.user, key=deed_key(request))
    if form is None:
        do()
        return True
    if not form.is_valid():
        return False
    said = {"into" if name == "forum" else name: value for name, value in form.cleaned_data.items()}
    return done(form, partial(do, **said))


@signed_in()
@reads_or_posts
def topic_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick posts, page by page, and give them a topic of their own."""
    topic = _steered(request, pk)
    leafs = "page" in request.POST
    typed = {name: request.POST.get(name, "") for name in ("title", "forum")}
    form = SplitForm(None if leafs else request.POST or None, initial=typed, viewer=request.user, topic=topic)
    if form.is_bound and form.is_valid():
        made: list[Topic] = []
        split = partial(actions.split_topic, topic, by=request.user, key=deed_key(request), **form.cleaned_data)
        if done(form, lambda: made.append(split())):
            messages.success(request, _("The posts have a topic of their own now."))
            return redirect(made[0])
    chosen = {pk for pk in (request.POST or request.GET).getlist("posts") if pk.isdecimal()}
    page = steering.rows(request.user, topic, request.POST.get("page") or request.POST.get("here") or "1")
    rows = [(post, str(post.pk) in chosen) for post in page]
    elsewhere = sorted(chosen - {str(post.pk) for post in page})
    context = {"topic": topic, "form": form, "page": page, "rows": rows, "elsewhere": elsewhere, "number": len(chosen)}
    return render(request, "forums/split.html", context, status=422 if form.is_bound else 200)


@signed_in()
@reads_or_posts
def topic_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Which other topic is about the same; then what comes of it, to be confirmed."""
    topic = _steered(request, pk)
    form = MergeForm(request.POST or None, viewer=request.user, topic=topic)
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if into and request.POST.get("then") == "merge":
        if done(form, partial(actions.merge_topics, topic, into, by=request.user, key=deed_key(request))):
            messages.success(request, _("The two are one now. Whoever opens the old one comes here."))
            return redirect(into)
        into = None
    context = {"topic": topic, "form": form, "into": into}
    return render(request, "forums/merge.html", context, status=422 if form.is_bound and into is None else 200)


@signed_in()
@reads_or_posts
def topic_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what was deleted, by its title, and give it back."""
    require(policy.can_moderate(request.user))
    topic = get_object_or_404(waiting.deleted_topics(request.user), pk=pk)
    if request.method == "POST":
        try:
            actions.restore_topic(topic, by=request.user, key=deed_key(request))
        except NotReady:  # it waited for a first post that is gone, and so has a title that nobody has let through
            messages.error(request, _("Its title holds details that nobody may let through."))
            return render(request, "forums/restore.html", {"topic": topic}, status=422)
        messages.success(request, _("Readers find it again."))
        return redirect(topic)
    return render(request, "forums/restore.html", {"topic": topic})
