"""Saying that something does harm, and what came of it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cop_site.accounts import limits
from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key

from .. import actions, kinds, policy
from ..forms import ReportForm
from ..selectors import telling
from .parts import done, reads_or_posts

REPORT = "report"


@signed_in(form=REPORT)
@once_agreed(form=REPORT)
@reads_or_posts
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    sort = kinds.of(kind)
    row = sort.find(pk, request.user) if sort else None
    if sort is None or row is None:
        raise Http404
    require(policy.can_report(request.user) and not sort.is_hers(request.user, row))
    kept = drafts.recall(request, REPORT, about=f"{kind}-{pk}")
    form = ReportForm(request.POST or None, initial=kept.dict() if kept else None)
    if request.method == "POST" and form.is_valid() and limits.lets(request, form, REPORT):
        said = {name: form.cleaned_data[name] for name in ("reason", "note")}
        if done(form, partial(actions.report, row, by=request.user, key=deed_key(request), **said)):
            drafts.drop(request, REPORT)
            messages.success(request, _("Thank you. A moderator looks at it; here you read what came of it."))
            return redirect("my-reports")
    context = {"kind": sort, "pk": pk, "form": form, "earlier": telling.open_report(request.user, row), "place": sort.url(row)}
    status = 429 if limits.refused_too_often(form) else 422 if request.method == "POST" else 200
    return limits.say_when(request, render(request, "moderation/report.html", context, status=status))


@signed_in()
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/my_reports.html", {"rows": telling.reports_of(request.user)})
