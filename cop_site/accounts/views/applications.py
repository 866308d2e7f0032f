"""An applicant's own page, and the secretariat's desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import actions, policy, selectors
from ..access import signed_in
from ..forms import AdmitForm, DeclineForm
from ..models import Application


@require_safe
@signed_in()
def my_application(request: HttpRequest) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.user), person=request.user)
    return answer(request, "accounts/my_application.html", {"application": application})


@require_safe
@signed_in()
def application_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_decide_applications(request.user))
    page = selectors.applications_page(request.user, request.GET.get("page", 1))
    return answer(request, "accounts/applications.html", {"page": page})


@require_safe
@signed_in()
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _application(request, pk))


@require_POST
@signed_in(form="admit")
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = _admit_form(selectors.application_desk(application, viewer=request.user), request.POST)
    if not form.is_valid():
        return _show(request, application, status=422, admit_form=form)
    actions.admit(application, by=request.user, key=deed_key(request), organisation=form.cleaned_data["organisation"])
    messages.success(request, _("%(name)s is admitted and hears of it by e-mail.") % {"name": application.person.name})
    return redirect("applications")


@require_POST
@signed_in(form="decline")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, application, status=422, decline_form=form)
    actions.decline(application, by=request.user, key=deed_key(request), answer=form.cleaned_data["answer"])
    drafts.drop(request, "decline")
    messages.success(request, _("The application is declined. The applicant finds your answer on their page."))
    return redirect("applications")


def _application(request: HttpRequest, pk: int) -> Application:
    """An application on the desk: unseen is 404; one's own is seen, but not here."""
    application = get_object_or_404(Application.objects.visible_to(request.user).select_related("person", "decided_by"), pk=pk)
    require(policy.can_decide_applications(request.user))
    return application


def _admit_form(desk: selectors.ApplicationDesk, posted: Any = None) -> AdmitForm:
    named = desk.application.organisation_name
    same = next((known for known in desk.similar if known.name.casefold() == named.casefold()), None)
    return AdmitForm(posted, organisations=desk.similar, named=named, initial={"organisation": same})


def _show(request: HttpRequest, application: Application, status: int = 200, **forms: Any) -> HttpResponse:
    desk = selectors.application_desk(application, viewer=request.user)
    unsent = drafts.recall(request, "decline", about=application.pk)
    shown = {"admit_form": _admit_form(desk), "decline_form": DeclineForm(initial=unsent.dict() if unsent else None), **forms}
    return answer(request, "accounts/application_detail.html", {"desk": desk, **shown}, status=status)
