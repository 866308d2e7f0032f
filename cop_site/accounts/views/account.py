"""One's own account: what protects it, where it is signed in, and its language."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.core import ring
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import actions, policy, second_factor, selectors
from ..access import signed_in
from ..forms import LanguageForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(form="language")
def my_account(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": request.user.language})
    if form.is_bound and form.is_valid():
        actions.choose_language(by=request.user, key=deed_key(request), **form.cleaned_data)
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Mails to you come in this language from now on."))
            return redirect("my-account")
    shown = {
        "form": form,
        "has_second_factor": second_factor.has_one(request.user),
        "sessions": selectors.sessions_of(request.user),
        "why_muted": selectors.why_muted(request.user),
        "can_keep_blocks": policy.can_keep_blocks(request.user),
    }
    return answer(request, "accounts/account.html", shown, status=422 if form.errors else 200)


@require_safe
@signed_in()
def session_list(request: HttpRequest) -> HttpResponse:
    return answer(request, "accounts/sessions.html", {"sessions": selectors.sessions_of(request.user, here=request.session.session_key)})


@require_POST
@signed_in()
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    if session.session_key == request.session.session_key:
        return _leave(request)
    actions.end_session(session, by=request.user, key=deed_key(request))
    messages.success(request, _("That browser is signed out."))
    return redirect("sessions")


@require_POST
@signed_in()
def end_sessions(request: HttpRequest) -> HttpResponse:
    actions.end_sessions(by=request.user, key=deed_key(request))
    return _leave(request)


def _leave(request: HttpRequest) -> HttpResponse:
    logout(request)
    ring.tell(ring.RIGHTS, None)
    request.signs_out = True  # type: ignore[attr-defined]  # middleware.Door empties the browser
    messages.success(request, _("You are signed out."))
    return redirect("account_login")
