"""The list of watched words: kept, tried, carried to other places and brought from there."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.files.serving import disposition
from cop_site.screening import actions, wordlists
from cop_site.screening.models import WatchedWord, WordScan

from .. import policy
from ..selectors import words as listed
from ..wording import ListForm, TryForm, WordForm
from .parts import reads_or_posts


@signed_in()
@once_agreed()
@reads_or_posts
def words(request: HttpRequest) -> HttpResponse:
    """The list; a sentence that is tried is sent, so that it stands in no address."""
    require(policy.can_change_words(request.user))
    form = TryForm(request.POST or None)
    is_tried = request.method == "POST" and form.is_valid()
    context = {
        "shown": listed.words_page(request.GET.get("only", ""), request.GET.get("page")),
        "form": form,
        "tried": listed.tried(form.cleaned_data["text"]) if is_tried else None,
        "actions": WatchedWord.Action.choices,
    }
    return render(request, "moderation/words.html", context, status=422 if request.method == "POST" and not is_tried else 200)


@signed_in()
@once_agreed()
@reads_or_posts
def word_new(request: HttpRequest) -> HttpResponse:
    require(policy.can_change_words(request.user))
    form = WordForm(request.POST or None, initial={"action": WatchedWord.Action.FLAG})
    if request.method == "POST" and form.is_valid():
        watch = partial(actions.watch_word, by=request.user, key=deed_key(request), **form.cleaned_data)
        if _done(form, watch):
            messages.success(request, _("Watched for from now on. What stands already is being looked through."))
            return redirect("words")
    return _form(request, form)


@signed_in()
@once_agreed()
@reads_or_posts
def word(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_change_words(request.user))
    changed = get_object_or_404(WatchedWord.objects.select_related("scan", "added_by"), pk=pk)
    form = WordForm(request.POST or None, instance=changed)
    if request.method == "POST" and form.is_valid():
        change = partial(actions.change_word, changed, by=request.user, key=deed_key(request), **form.cleaned_data)
        if _done(form, change):
            messages.success(request, _("Kept."))
            return redirect("words")
    return _form(request, form, changed)


def _form(request: HttpRequest, form: WordForm, changed: WatchedWord | None = None) -> HttpResponse:
    context = {"form": form, "word": changed}
    return render(request, "moderation/word.html", context, status=422 if request.method == "POST" else 200)


def _done(form: WordForm, do: Callable[[], object]) -> bool:
    try:
        do()
    except ValidationError as refusal:
        form.refuse(refusal)
        return False
    return True


@signed_in()
@once_agreed()
@reads_or_posts
def words_import(request: HttpRequest) -> HttpResponse:
    """First a file is only looked through; its lines come back with the second form."""
    require(policy.can_change_words(request.user))
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": ",".join(wordlists.COLUMNS)}
    if request.method != "POST":
        return render(request, "moderation/words_import.html", context)
    if not form.is_valid():
        return render(request, "moderation/words_import.html", context, status=422)
    lines = form.cleaned_data["lines"]
    if request.POST.get("then") == "take":
        return _taken(request, actions.import_words(lines, by=request.user, key=deed_key(request)))
    context |= {"outlook": listed.outlook(lines), "text": form.cleaned_data["text"]}
    return render(request, "moderation/words_import.html", context)


@signed_in()
@once_agreed()
@require_POST
def words_starter(request: HttpRequest) -> HttpResponse:
    """The list that comes along; what stands on the list already is not touched twice."""
    require(policy.can_change_words(request.user))
    return _taken(request, actions.import_words(wordlists.read(wordlists.starter_text()), by=request.user, key=deed_key(request)))


def _taken(request: HttpRequest, scan: WordScan | None) -> HttpResponse:
    if scan is None:
        messages.info(request, _("All of it stands on the list already."))
        return redirect("words")
    number = scan.words.count()
    told = ngettext("%(number)d pattern was added.", "%(number)d patterns were added.", number) % {"number": number}
    messages.success(request, told)
    return redirect("words")


@signed_in()
@once_agreed()
@require_safe
def words_csv(request: HttpRequest) -> HttpResponse:
    """What is watched for, as a file that can be brought in elsewhere."""
    require(policy.can_change_words(request.user))
    answer = HttpResponse(wordlists.write(WatchedWord.objects.filter(is_active=True)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = disposition("watched-words.csv")
    return answer
