"""Circles: one's own, and who is in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cop_site.core import drafts
from cop_site.core.access import require
from cop_site.core.deed_keys import deed_key
from cop_site.core.pages import answer

from .. import actions, policy, selectors
from ..access import signed_in
from ..forms import CircleForm, LetInForm
from ..models import Circle, CircleMembership


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(form="circle")
def circle_list(request: HttpRequest) -> HttpResponse:
    require(policy.can_see_circles(request.user))
    if request.method != "POST":
        unsent = drafts.recall(request, "circle")
        return _show_list(request, CircleForm(initial=unsent.dict() if unsent else None))
    require(policy.can_make_circle(request.user))
    form = CircleForm(request.POST)
    if not form.is_valid():
        return _show_list(request, form, status=422)
    circle = actions.make_circle(by=request.user, key=deed_key(request), **form.cleaned_data)
    drafts.drop(request, "circle")
    messages.success(request, _("The circle is made. Now let people in."))
    return redirect("circle", circle.pk)


def _show_list(request: HttpRequest, form: CircleForm, status: int = 200) -> HttpResponse:
    context = {
        "circles": selectors.circles_of_viewer(request.user),
        "form": form if policy.can_make_circle(request.user) else None,
    }
    return answer(request, "accounts/circles.html", context, status=status)


@require_safe
@signed_in()
def circle_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _circle(request, pk))


@require_POST
@signed_in(form="let-in")
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    circle = _circle(request, pk)
    require(policy.can_change_circle(request.user, circle))
    form = LetInForm(request.POST, people=selectors.people_for_circles())
    if not form.is_valid():
        return _show(request, circle, form, status=422)
    actions.join_circle(circle, form.cleaned_data["person"], by=request.user, key=deed_key(request))
    drafts.drop(request, "let-in")
    messages.success(request, _("%(name)s is in the circle now.") % {"name": form.cleaned_data["person"].name})
    return redirect("circle", circle.pk)


@require_POST
@signed_in()
def take_out(request: HttpRequest, pk: int, handle: str) -> HttpResponse:
    circle = _circle(request, pk)
    rows = CircleMembership.objects.filter(circle=circle, person__handle=handle)
    found = rows.visible_to(request.user).select_related("person").first()
    if found is None:  # taken out already: a form sent twice
        return redirect("circle", circle.pk)
    person = found.person
    actions.leave_circle(circle, person, by=request.user, key=deed_key(request))
    if person == request.user:
        messages.success(request, _("You have left the circle."))
        return redirect("circles")
    messages.success(request, _("%(name)s is no longer in the circle.") % {"name": person.name})
    return redirect("circle", circle.pk)


def _circle(request: HttpRequest, pk: int) -> Circle:
    return get_object_or_404(Circle.objects.visible_to(request.user).select_related("owner"), pk=pk)


def _show(request: HttpRequest, circle: Circle, form: Any = None, status: int = 200) -> HttpResponse:
    page = selectors.circle_page(circle, viewer=request.user)
    unsent = drafts.recall(request, "let-in", about=circle.pk)
    form = form or LetInForm(initial=unsent.dict() if unsent else None, people=selectors.people_for_circles())
    return answer(request, "accounts/circle_detail.html", {"page": page, "form": form if page.can_change else None}, status=status)
