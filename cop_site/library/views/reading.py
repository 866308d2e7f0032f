"""The shelf: list, practice, tombstone; and the sealed door for office-holders."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.forms import ReasonForm
from cop_site.accounts.policy import can_open_sealed
from cop_site.core import drafts
from cop_site.core.pages import answer

from .. import actions
from ..citing.formats import FORMATS
from ..models import Practice
from ..selectors import reading, showing
from .citing import export

SEALED = "sealed"


@require_GET
@limits.searches
def practice_list(request: HttpRequest) -> HttpResponseBase:
    asked = reading.asked_of_the_shelf(request.GET)
    if (ending := request.GET.get("export")) in FORMATS:
        return export(request, asked, ending)
    found = reading.practice_list(request.user, asked)
    context = {"list": found, "asked": asked, "is_public": not request.GET}
    return answer(request, "library/practice_list.html", context, part="results")


@require_GET
def practice_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Practice.objects.visible_to(request.user).select_related("organisation", "author", "circle", "translation_of")
    practice = rows.filter(slug=slug).first()
    if practice is None or practice.is_withdrawn:
        return _tombstone(request, slug)
    return _show(request, practice)


def _show(request: HttpRequest, practice: Practice) -> HttpResponse:
    page = showing.practice_page(practice, viewer=request.user)
    return render(request, "library/practice_detail.html", {"page": page, "practice": practice, "is_public": page.is_public})


def _tombstone(request: HttpRequest, slug: str) -> HttpResponse:
    """That something was withdrawn, when and why, is told to those who could read it; to others it never was."""
    gone = Practice.objects.withdrawn_and_told_to(request.user).filter(slug=slug).first()
    if gone is None:
        raise Http404
    return render(request, "library/practice_withdrawn.html", {"practice": gone}, status=410)


@signed_in(form=SEALED)
@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a practice outside one's audience, for a reason that is journaled and told to the author."""
    if not can_open_sealed(request.user):
        raise PermissionDenied
    kept = drafts.recall(request, SEALED, about=pk)
    form = ReasonForm(request.POST or None, initial={"reason": kept.get("reason", "")} if kept else None)
    if request.method == "POST" and form.is_valid():
        practice = Practice.objects.unscoped("opened by office with a reason: open_sealed_practice").filter(pk=pk).first()
        if practice is None:
            raise Http404
        # Without its key: each time the words are shown is an entry of its own, a reload too.
        actions.open_sealed_practice(practice, by=request.user, reason=form.cleaned_data["reason"])
        drafts.drop(request, SEALED)
        return _show(request, practice)
    return render(request, "library/practice_sealed.html", {"form": form, "pk": pk}, status=422 if form.errors else 200)
