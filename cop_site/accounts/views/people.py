"""The secretariat's pages about people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
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
from ..forms import JoinForm, MuteForm, ReasonForm, RoleForm, SuspendForm, TaskForm
from ..models import Organisation, Role, User


@require_safe
@signed_in()
def people_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_see_people(request.user))
    words, role = request.GET.get("q", "")[:100], request.GET.get("role", "")
    page = selectors.people_page(request.user, words=words, role=role, number=request.GET.get("page", 1))
    return answer(request, "accounts/people.html", {"page": page, "words": words, "role": role, "roles": Role.choices})


@require_safe
@signed_in()
def person_detail(request: HttpRequest, handle: str) -> HttpResponse:
    return _show(request, _person(request, handle))


@require_POST
@signed_in(form="role")
def change_role(request: HttpRequest, handle: str) -> HttpResponse:
    person, form = _person(request, handle), RoleForm(request.POST, prefix="role")
    if not form.is_valid():
        return _show(request, person, status=422, role_form=form)
    told = form.cleaned_data
    actions.change_role(person, told["role"], by=request.user, key=deed_key(request), until=told["until"])
    return _done(request, person, "role", _("The role is changed, from this moment on."))


@require_POST
@signed_in(form="task")
def grant_task(request: HttpRequest, handle: str) -> HttpResponse:
    return _by(request, handle, TaskForm(request.POST, viewer=request.user, prefix="task"), actions.grant_task, _("The task is granted."))


@require_POST
@signed_in()
def end_task(request: HttpRequest, handle: str, pk: int) -> HttpResponse:
    person = _person(request, handle)
    task = get_object_or_404(person.tasks.all(), pk=pk)
    actions.end_task(task, by=request.user, key=deed_key(request))
    return _done(request, person, "", _("The task has ended."))


@require_POST
@signed_in(form="join")
def join_organisation(request: HttpRequest, handle: str) -> HttpResponse:
    # All of them, not only those the person has not joined: a form sent twice must find what it found before.
    known = Organisation.objects.visible_to(request.user)
    person, form = _person(request, handle), JoinForm(request.POST, organisations=known, prefix="join")
    if not form.is_valid():
        return _show(request, person, status=422, join_form=form)
    actions.join_organisation(person, form.cleaned_data["organisation"], by=request.user, key=deed_key(request))
    return _done(request, person, "join", _("The membership begins today."))


@require_POST
@signed_in()
def leave_organisation(request: HttpRequest, handle: str, pk: int) -> HttpResponse:
    person = _person(request, handle)
    membership = get_object_or_404(person.memberships.all(), pk=pk)
    actions.leave_organisation(membership, by=request.user, key=deed_key(request))
    return _done(request, person, "", _("The membership has ended."))


@require_POST
@signed_in(form="suspend")
def suspend(request: HttpRequest, handle: str) -> HttpResponse:
    return _by(
        request,
        handle,
        SuspendForm(request.POST, prefix="suspend"),
        actions.suspend,
        _("The account is suspended. Its sessions have ended."),
    )


@require_POST
@signed_in(form="suspend")
def lift_suspension(request: HttpRequest, handle: str) -> HttpResponse:
    return _by(request, handle, ReasonForm(request.POST, prefix="suspend"), actions.lift_suspension, _("The suspension is lifted."))


@require_POST
@signed_in(form="mute")
def mute(request: HttpRequest, handle: str) -> HttpResponse:
    return _by(
        request, handle, MuteForm(request.POST, prefix="mute"), actions.mute, _("The person reads and does not write until that day.")
    )


@require_POST
@signed_in(form="mute")
def unmute(request: HttpRequest, handle: str) -> HttpResponse:
    return _by(request, handle, ReasonForm(request.POST, prefix="mute"), actions.unmute, _("The person may write again."))


def _by(request: HttpRequest, handle: str, form: Form, do: Callable[..., Any], sentence: str) -> HttpResponse:
    """Do to a person what a form of her page says; what cannot be taken stands in the form, whose name is its prefix."""
    person, name = _person(request, handle), str(form.prefix)
    if not form.is_valid():
        return _show(request, person, status=422, **{f"{name}_form": form})
    do(person, by=request.user, key=deed_key(request), **form.cleaned_data)
    return _done(request, person, name, sentence)


def _person(request: HttpRequest, handle: str) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), handle=handle)


def _done(request: HttpRequest, person: User, form: str, sentence: str) -> HttpResponse:
    drafts.drop(request, form)
    messages.success(request, sentence)
    return redirect("person", person.handle)


def _show(request: HttpRequest, person: User, status: int = 200, **bound: Form) -> HttpResponse:
    page = selectors.person_page(person, viewer=request.user)
    forms: dict[str, Any] = {
        "role_form": RoleForm(prefix="role", initial=_unsent(request, "role", person) or {"role": person.role, "until": person.role_until}),
        "task_form": TaskForm(viewer=request.user, prefix="task", initial=_unsent(request, "task", person)),
        "join_form": JoinForm(prefix="join", organisations=page.organisations, initial=_unsent(request, "join", person)),
        "mute_form": (ReasonForm if page.is_muted else MuteForm)(prefix="mute", initial=_unsent(request, "mute", person)),
        "suspend_form": (ReasonForm if person.suspended_at else SuspendForm)(prefix="suspend", initial=_unsent(request, "suspend", person)),
    }
    return answer(request, "accounts/person_detail.html", {"page": page, **forms, **bound}, status=status)


def _unsent(request: HttpRequest, form: str, person: User) -> dict[str, str]:
    """What was kept of a form of this person's page, by the names of its fields."""
    kept = drafts.recall(request, form, about=person.handle)
    return {name.removeprefix(f"{form}-"): value for name, value in kept.items()} if kept else {}
