"""The door to writing: whoever has not agreed yet is led to their first steps, and what they typed is kept."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cop_site.core import drafts

from . import policy

View = Callable[..., HttpResponse]


def once_agreed(*, form: str = "") -> Callable[[View], View]:
    """Stands under ``signed_in``. ``form`` is the ``data-form`` name of what the view takes, as there."""

    def guard(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            if not policy.is_asked(request.user):
                return view(request, *args, **named)
            told = _("Before you write here, these steps are asked of everybody. What you typed is kept.")
            if request.method == "POST" and form and not drafts.keep(request, form):
                told = _(
                    "Before you vote or write here, these steps are asked of everybody. What you sent was not kept: send it after them."
                )
            messages.info(request, told)
            return redirect("onboarding")

        return enter

    return guard
