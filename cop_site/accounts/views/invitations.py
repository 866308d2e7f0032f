"""The secretariat's list of invitations, and the page behind a link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from ..access import signed_in
from ..entry import actions, links, policy, selectors
from ..entry.forms import InviteForm, NewcomerForm
from ..models import Invitation, Role, User


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(form="invite")
def invitation_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_invite(request.user))
    if request.method != "POST":
        unsent = drafts.recall(request, "invite")
        return _show_list(request, InviteForm(initial=unsent.dict() if unsent else None))
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _show_list(request, form, status=422)
    actions.invite_person(by=request.user, key=deed_key(request), **form.cleaned_data)
    drafts.drop(request, "invite")
    messages.success(request, _("The invitation is on its way. Its link holds for seven days."))
    return redirect("invitations")


def _show_list(request: HttpRequest, form: InviteForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "page": selectors.invitations_page(request.user, request.GET.get("page", 1)),
        "organisations": selectors.known_organisations(request.user),
    }
    return answer(request, "accounts/invitations.html", context, status=status)


@require_POST
@signed_in()
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    require(policy.can_invite(request.user))
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    actions.withdraw_invitation(invitation, by=request.user, key=deed_key(request))
    messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
    return redirect("invitations")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Name and password of whoever was invited; whatever is wrong with a link, the answer is the same."""
    invitation = links.behind(token)
    if invitation and invitation.state == "accepted" and request.method == "POST":
        return _to_sign_in(request)  # the same form, sent twice
    if invitation is None or invitation.state != "waiting":
        return answer(request, "accounts/invitation_over.html", status=410)
    form = NewcomerForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(invitation, by=User.objects.system(), key=deed_key(request), **form.cleaned_data)
        return _to_sign_in(request)
    context = {"form": form, "comes_as": Role(invitation.role).label, "expires_at": invitation.expires_at}
    return answer(request, "accounts/invitation_accept.html", context, status=422 if form.errors else 200)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Your account is open. Sign in with the address to which the invitation came, and your password."))
    return redirect("account_login")
