"""The list of organisations, what one takes along of it, and the sheet for referrals."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cop_site.accounts import limits
from cop_site.core.pages import answer
from cop_site.files.serving import disposition

from .. import outgoing, policy
from ..selectors import finding, sheet


@require_safe
@limits.searches
def directory(request: HttpRequest) -> HttpResponseBase:
    if (wished := request.GET.get("export")) in outgoing.EXPORTS:
        return _export(request, wished)
    listed = finding.organisation_list(request.user, finding.asked_of_the_directory(request.GET))
    context = {
        "list": listed.answers,
        "listed": listed,
        "asked": listed.answers.asked,
        "most_exported": finding.MOST_EXPORTED,
        "sheet_query": _sheet_query(listed.answers.asked.filters),
        "can_suggest": policy.can_suggest(request.user),
        "is_public": not request.GET,
    }
    return answer(request, "directory/list.html", context, part="results")


def _sheet_query(filters: dict[str, tuple[str, ...]]) -> str:
    """The sheet takes one province and one mandate."""
    return urlencode({name: filters[name][0] for name in ("province", "mandate") if len(filters.get(name, ())) == 1})


def _export(request: HttpRequest, wished: str) -> HttpResponse:
    """What the list shows, or how fresh the directory is, as a file with the rights of whoever asks."""
    export = outgoing.EXPORTS[wished]
    said = export.told(request.user, finding.asked_of_the_directory(request.GET))
    headers = {"Content-Disposition": disposition(export.name), "X-Robots-Tag": "noindex"}
    return HttpResponse(said, content_type=f"{export.media_type}; charset=utf-8", headers=headers)


@require_safe
def referral_sheet(request: HttpRequest) -> HttpResponse:
    """Whom to turn to in a province, for printing."""
    found = sheet.referral_sheet(request.user, request.GET.get("province", ""), request.GET.get("mandate", ""))
    return render(request, "directory/referral.html", {"sheet": found})
