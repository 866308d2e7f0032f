"""Reading lists: read, make, arrange, put a text in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, policy
from ..forms.listing import AddForm, ListForm
from ..models import Practice, ReadingList
from ..selectors import listing
from .writing import reads_or_posts

LIST, ADD = "reading-list", "add-to-list"


@require_GET
def reading_lists(request: HttpRequest) -> HttpResponse:
    found = listing.lists_page(request.user, request.GET.get("page", "1"))
    return render(request, "library/lists.html", {"lists": found, "page": found.page, "is_public": not request.GET})


@require_GET
def reading_list(request: HttpRequest, slug: str) -> HttpResponse:
    page = listing.list_page(_seen(request, slug), viewer=request.user)
    context = {"page": page, "list": page.reading_list, "is_public": page.reading_list.visibility == "publik"}
    return render(request, "library/list_detail.html", context)


@signed_in(form=LIST)
@once_agreed(form=LIST)
@reads_or_posts
def new_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_make_list(request.user))
    kept = drafts.recall(request, LIST, about="new")
    form = ListForm(request.POST or None, author=request.user, initial=kept.dict() if kept else None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_list(by=request.user, key=deed_key(request), **_words(form))
        drafts.drop(request, LIST)
        messages.success(request, _("The list is made. Open a text and put it in."))
        return redirect(made)
    return _show_form(request, form)


@signed_in(form=LIST)
@once_agreed(form=LIST)
@reads_or_posts
def edit_list(request: HttpRequest, slug: str) -> HttpResponse:
    changed = _seen(request, slug)
    require(policy.can_change_list(request.user, changed))
    entries = listing.entries_of(changed, viewer=request.user)
    kept = drafts.recall(request, LIST, about=slug)
    form = ListForm(request.POST or kept or None, author=request.user, reading_list=changed, entries=entries)
    if request.method == "POST" and form.is_valid():
        actions.change_list(changed, by=request.user, key=deed_key(request), entries=form.arranged, **_words(form))
        drafts.drop(request, LIST)
        if ":" in request.POST.get("then", ""):  # moved one place: the next may follow
            return redirect("reading-list-edit", slug=slug)
        messages.success(request, _("The list is saved."))
        return redirect(changed)
    return _show_form(request, form, changed)


@signed_in(form=ADD)
@once_agreed(form=ADD)
@reads_or_posts
def add_to_list(request: HttpRequest, slug: str) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.visible_to(request.user).published(), slug=slug)
    require(policy.can_make_list(request.user))
    lists = listing.own_lists(request.user)
    kept = drafts.recall(request, ADD, about=slug)
    form = AddForm(request.POST or None, lists=lists, initial={"note": kept.get("note", "")} if kept else None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["reading_list"]
        actions.add_to_list(chosen, practice, by=request.user, key=deed_key(request), note=form.cleaned_data["note"])
        drafts.drop(request, ADD)
        messages.success(request, _("It stands in your list."))
        return redirect(chosen)
    context = {"form": form, "practice": practice, "has_lists": lists.exists()}
    return render(request, "library/add_to_list.html", context, status=422 if request.method == "POST" else 200)


DEEDS = {
    "ask": (actions.ask_for_public_list, gettext_lazy("Asked. A safety reviewer or the secretariat decides.")),
    "open": (actions.make_list_public, gettext_lazy("Everybody may read the list from now on.")),
    "keep": (actions.keep_list_inside, gettext_lazy("The list stays inside the network.")),
}


@require_POST
@signed_in()
def list_for_everybody(request: HttpRequest, slug: str, wish: str) -> HttpResponse:
    """Ask that everybody may read a list, or answer such a wish."""
    chosen = _seen(request, slug)
    do, done = DEEDS[wish]
    do(chosen, by=request.user, key=deed_key(request))
    messages.success(request, done)
    return redirect(chosen)


@signed_in()
@reads_or_posts
def delete_list(request: HttpRequest, slug: str) -> HttpResponse:
    gone = _seen(request, slug)
    require(policy.can_delete_list(request.user, gone))
    if request.method == "POST":
        actions.delete_list(gone, by=request.user, key=deed_key(request))
        messages.success(request, _("The list is gone. The texts in it are where they were."))
        return redirect("reading-lists")
    return render(request, "library/list_delete.html", {"list": gone})


def _seen(request: HttpRequest, slug: str) -> ReadingList:
    return get_object_or_404(ReadingList.objects.visible_to(request.user), slug=slug)


def _words(form: ListForm) -> dict[str, Any]:
    return {name: form.cleaned_data.get(name) for name in ("title", "intro", "language", "visibility", "circle", "organisation")}


def _show_form(request: HttpRequest, form: ListForm, changed: ReadingList | None = None) -> HttpResponse:
    context = {"form": form, "list": changed}
    return render(request, "library/list_form.html", context, status=422 if request.method == "POST" else 200)
