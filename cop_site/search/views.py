"""One search over all kinds; searches that people keep; what was not found."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.afterwards import afterwards, impatient
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from . import actions, listing, missed, policy, registry, saved
from .asked import Asked
from .forms import NameForm, SaveForm
from .models import SavedSearch

SAVE, RENAME = "save-search", "rename-search"
reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@limits.searches
def search(request: HttpRequest) -> HttpResponseBase:
    asked = Asked.read(request.GET, registry.kinds())
    is_asked = bool(asked.text or asked.is_narrowed)
    found = listing.answers(request.user, asked, registry.kinds()) if is_asked else listing.Answers(asked)
    context = {
        "list": found,
        "asked": asked,
        "is_asked": is_asked,
        "unnarrowed": f"?{asked.unnarrowed}",
        "can_save": policy.can_save_searches(request.user) or not request.user.is_authenticated,
    }
    response = answer(request, "search/results.html", context, part="results")
    is_counted = asked.text and not asked.is_narrowed and asked.page == 1 and _was_sent_from_here(request)
    return afterwards(response, partial(_note_if_missed, request.user, found, get_language() or "")) if is_counted else response


def _was_sent_from_here(request: HttpRequest) -> bool:
    """Typed into a box of ours in a browser: links from elsewhere, bookmarks and robots do not say so."""
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _note_if_missed(viewer: Any, found: listing.Answers, language: str) -> None:
    """Count a question without an answer. Where that cannot be written just now it is left."""
    try:
        words = missed.words_to_keep(found.asked.text)
        if words and not missed.is_answered(viewer, found.asked.text, found.page.object_list):
            with impatient():
                actions.note_miss(words, language)
    except DatabaseError:
        return


@signed_in()
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    require(policy.can_save_searches(request.user))
    found = saved.saved_page(request.user, request.GET.get("page", "1"))
    return render(request, "search/saved.html", {"saved": found, "page": found.page})


@signed_in(form=SAVE)
@once_agreed(form=SAVE)
@reads_or_posts
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep the search that the address asks."""
    require(policy.can_save_searches(request.user))
    asked = Asked.read(request.GET, registry.kinds())
    if not (asked.text or asked.is_narrowed):
        return redirect("search")
    query = asked.query()
    kept = drafts.recall(request, SAVE, about=query)
    initial = {"name": kept.get("name", "") if kept else asked.text[:80]}
    form = SaveForm(request.POST or None, asked=asked, has_room=saved.has_room(request.user), initial=initial)
    if request.method == "POST" and form.is_valid() and limits.lets(request, form, "save_search"):
        actions.save_search(by=request.user, key=deed_key(request), name=form.cleaned_data["name"], asked=asked)
        drafts.drop(request, SAVE)
        messages.success(request, _("The search is saved. Look here for what is new in it."))
        return redirect("saved-searches")
    context = {"form": form, "asked": asked, "query": query} | saved.told(asked)
    status = 429 if limits.refused_too_often(form) else 422 if form.errors else 200
    return limits.say_when(request, render(request, "search/save.html", context, status=status))


@signed_in(form=RENAME)
@once_agreed(form=RENAME)
@reads_or_posts
def rename_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    renamed = _own(request, pk)
    kept = drafts.recall(request, RENAME, about=pk)
    form = NameForm(request.POST or None, initial={"name": kept.get("name", "") if kept else renamed.name})
    if request.method == "POST" and form.is_valid():
        actions.rename_saved_search(renamed, by=request.user, key=deed_key(request), name=form.cleaned_data["name"])
        drafts.drop(request, RENAME)
        messages.success(request, _("The search has its new name."))
        return redirect("saved-searches")
    return render(request, "search/rename.html", {"form": form, "saved": renamed}, status=422 if form.errors else 200)


@signed_in()
@reads_or_posts
def delete_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    gone = _own(request, pk)
    if request.method == "POST":
        actions.delete_saved_search(gone, by=request.user, key=deed_key(request))
        messages.success(request, _("The saved search is deleted."))
        return redirect("saved-searches")
    return render(request, "search/delete.html", {"saved": gone})


@require_POST
@signed_in()
def open_saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at its answers; ``newest`` puts on top what came since the last look."""
    opened = _own(request, pk)
    actions.look_at_saved_search(opened, by=request.user, key=deed_key(request))
    order = "sort" if "newest" in request.POST else ""
    query = opened.asked.query(order) + ("&sort=newest" if order else "")
    return redirect(f"{reverse('search')}?{query}")


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


@signed_in()
@require_safe
def missed_questions(request: HttpRequest) -> HttpResponse:
    """What was not found, for those who look after gaps; ``?export=csv`` takes it along."""
    require(policy.can_see_misses(request.user))
    if request.GET.get("export") != "csv":
        page = missed.missed_page(request.GET.get("page", "1"))
        told = {"page": page, "fewest": missed.FEWEST_DAYS, "kept": missed.KEPT_FOR.days}
        return render(request, "search/missed.html", told)
    sheet = missed.missed_sheet([_("Words"), _("Language"), _("Days"), _("Times"), _("Last missed")])
    headers = {"Content-Disposition": 'attachment; filename="not-found.csv"', "X-Robots-Tag": "noindex"}
    return HttpResponse(sheet, content_type="text/csv; charset=utf-8", headers=headers)
