"""Pages on which the secretariat makes forums."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cop_site.accounts.access import signed_in
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.screening.forms import done

from .. import actions, policy
from ..forms.opening import ForumForm, initial_of
from ..models import Forum
from .parts import reads_or_posts


@signed_in()
@reads_or_posts
def forum_new(request: HttpRequest) -> HttpResponse:
    require(policy.can_make_forums(request.user))
    form = ForumForm(request.POST or None, viewer=request.user)
    made: list[Forum] = []
    if form.is_bound and form.is_valid():
        make = partial(actions.open_forum, by=request.user, key=deed_key(request), **form.cleaned_data)
        if done(form, lambda: made.append(make())):
            messages.success(request, _("The forum is open."))
            return _to(request, made[0])
    return render(request, "forums/forum_form.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in()
@reads_or_posts
def forum_edit(request: HttpRequest, slug: str) -> HttpResponse:
    forum = _own(request, slug)
    form = ForumForm(request.POST or None, viewer=request.user, initial=initial_of(forum))
    said = form.cleaned_data if form.is_bound and form.is_valid() else None
    if said and done(form, partial(actions.change_forum, forum, by=request.user, key=deed_key(request), **said)):
        messages.success(request, _("Saved."))
        return _to(request, forum)
    return render(request, "forums/forum_form.html", {"form": form, "forum": forum}, status=422 if form.is_bound else 200)


@require_POST
@signed_in()
def forum_archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a forum to be read and no more, or open it again."""
    forum = _own(request, slug)
    told: dict[str, Any] = {"by": request.user, "key": deed_key(request)}
    if request.POST.get("then") == "reopen":
        actions.reopen_forum(forum, **told)
        messages.success(request, _("People can write in it again."))
    else:
        actions.archive_forum(forum, **told)
        messages.success(request, _("It can be read, and nobody writes in it any more."))
    return redirect(forum)


def _own(request: HttpRequest, slug: str) -> Forum:
    """The forum at this address, where the reader may change it."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user).select_related("circle", "organisation"), slug=slug)
    require(policy.can_make_forums(request.user))
    return forum


def _to(request: HttpRequest, forum: Forum) -> HttpResponse:
    """The forum, where whoever made it is one of its readers."""
    return redirect(forum if Forum.objects.visible_to(request.user).filter(pk=forum.pk).exists() else "forums")
