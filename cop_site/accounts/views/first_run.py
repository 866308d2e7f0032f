"""The page of a site without a secretariat: code, first steward, two more, mail."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import first_run as site
from ..entry import actions
from ..entry.forms import FirstRunForm
from ..models import Role, User

TEST_MAIL = "test-mail"


@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    """Gone for good once there is a secretariat."""
    if not site.is_open():
        raise Http404
    if request.method != "POST":
        return _show(request, FirstRunForm())
    if request.POST.get("then") == TEST_MAIL:
        return _try_mail(request)
    form = FirstRunForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    _open(form, deed_key(request))
    messages.success(request, _("The site is yours. Sign in; the invitations are on their way."))
    return redirect("account_login")


def _try_mail(request: HttpRequest) -> HttpResponse:
    """Only with the code: nobody else shall make the site write to an address. What was typed stays."""
    form = FirstRunForm(request.POST)
    form.blame_only("code", "email")
    if form.errors:
        return _show(request, form, status=422)
    tried = site.try_mail(form.cleaned_data["email"], get_language() or "id")
    return _show(request, FirstRunForm(initial=request.POST.dict()), tried=tried)


@transaction.atomic
def _open(form: FirstRunForm, key: UUID | None) -> None:
    told, language = form.cleaned_data, get_language() or "id"
    steward = actions.open_site(
        by=User.objects.system(), key=key, email=told["email"], name=told["name"], password=told["password"], language=language
    )
    for place in ("second", "third"):
        if address := told[place]:
            own_key = uuid5(key, place) if key else None
            actions.invite_person(by=steward, key=own_key, email=address, role=Role.SECRETARIAT, language=language)


def _show(request: HttpRequest, form: FirstRunForm, *, status: int = 200, **more: object) -> HttpResponse:
    context = {"form": form, "checks": site.checks(), "has_code": site.has_code(), **more}
    return answer(request, "accounts/first_run.html", context, status=status)
