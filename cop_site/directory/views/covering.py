"""What regions have in place, and who writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
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


@dataclass(frozen=True)
class Kind:
    """Something that is written down about a region: by which form and deed, and what its address may choose before."""

    name: str
    shape: type[StatementForm]
    deed: Callable[..., Any]
    chosen: tuple[str, ...]
    thanks: Any  # lazy text


KINDS = {
    COVERAGE: Kind(
        COVERAGE,
        CoverageForm,
        deeds.state_coverage,
        ("province", "regency", "instrument"),
        gettext_lazy("Written down. What was stated before stays below as its history."),
    ),
    SURVEY: Kind(
        SURVEY,
        SurveyForm,
        deeds.record_survey,
        ("province", "scale", "mandate_group"),
        gettext_lazy("Written down. For two years empty cells there say that nobody works on it."),
    ),
}
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
    return _write_down(request, KINDS[COVERAGE])


@signed_in(form=SURVEY)
@once_agreed(form=SURVEY)
@reads_or_posts
def survey_new(request: HttpRequest) -> HttpResponse:
    return _write_down(request, KINDS[SURVEY])


def _write_down(request: HttpRequest, kind: Kind) -> HttpResponse:
    require(policy.can_survey(request.user))
    form = _form(request, kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = kind.deed(by=request.user, key=deed_key(request), **form.cleaned_data)
        except rules.NotReady as refusal:
            form.refuse(refusal)
        else:
            drafts.drop(request, kind.name)
            messages.success(request, kind.thanks)
            return redirect(f"{reverse('coverage')}?province={made.province}" if made.province else reverse("coverage"))
    return render(request, f"directory/{kind.name}_form.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, kind: Kind) -> Any:
    """What was posted, what was kept at the door, or what the link that leads here has chosen."""
    if request.method == "POST":
        return kind.shape(request.POST, author=request.user)
    kept = drafts.recall(request, kind.name)
    chosen = kept.dict() if kept else {key: request.GET[key] for key in kind.chosen if key in request.GET}
    return kind.shape(author=request.user, initial=chosen)
