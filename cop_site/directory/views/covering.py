"""What regions have in place, and who writes it down."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cop_site.accounts.access import signed_in
from cop_site.accounts.entry.door import once_agreed
from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.vocabulary import selectors as words

from .. import policy, rules
from ..actions import covering as deeds
from ..forms.covering import CoverageForm, StatementForm, SurveyForm
from ..selectors import covering, tiles

COVERAGE, SURVEY = "coverage", "survey"
reads_or_posts = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    province = words.provinces().get(request.GET.get("province", ""))
    context = {
        "page": covering.coverage_page(request.user, province),
        "islands": tiles.islands(),
        "instruments": list(words.terms(covering.INSTRUMENTS).values()),
        "signs": covering.legend(),
        "is_public": not request.GET,
    }
    return render(request, "directory/coverage.html", context)


@signed_in(form=COVERAGE)
@once_agreed(form=COVERAGE)
@reads_or_posts
def coverage_new(request: HttpRequest) -> HttpResponse:
    require(policy.can_survey(request.user))
    form = _form(CoverageForm, COVERAGE, request, ("province", "regency", "instrument"))
    if request.method == "POST" and form.is_valid():
        try:
            stated = deeds.state_coverage(by=request.user, key=deed_key(request), **form.cleaned_data)
        except rules.NotReady as refusal:
            form.refuse(refusal)
        else:
            drafts.drop(request, COVERAGE)
            messages.success(request, _("Written down. What was stated before stays below as its history."))
            return redirect(f"{reverse('coverage')}?province={stated.province}")
    return _show(request, "directory/coverage_form.html", form)


@signed_in(form=SURVEY)
@once_agreed(form=SURVEY)
@reads_or_posts
def survey_new(request: HttpRequest) -> HttpResponse:
    require(policy.can_survey(request.user))
    form = _form(SurveyForm, SURVEY, request, ("province", "scale", "mandate_group"))
    if request.method == "POST" and form.is_valid():
        try:
            made = deeds.record_survey(by=request.user, key=deed_key(request), **form.cleaned_data)
        except rules.NotReady as refusal:
            form.refuse(refusal)
        else:
            drafts.drop(request, SURVEY)
            messages.success(request, _("Written down. For two years empty cells there say that nobody works on it."))
            return redirect(f"{reverse('coverage')}?province={made.province}" if made.province else reverse("coverage"))
    return _show(request, "directory/survey_form.html", form)


def _form(shape: type[StatementForm], name: str, request: HttpRequest, from_address: tuple[str, ...]) -> Any:
    """What was posted, what was kept at the door, or what the link that leads here has chosen."""
    if request.method == "POST":
        return shape(request.POST, author=request.user)
    kept = drafts.recall(request, name)
    chosen = kept.dict() if kept else {key: request.GET[key] for key in from_address if key in request.GET}
    return shape(author=request.user, initial=chosen)


def _show(request: HttpRequest, template: str, form: StatementForm) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if request.method == "POST" else 200)
