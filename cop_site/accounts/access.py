"""The door: pages for those who are signed in, and what a person typed waits there with them."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from cop_site.core import drafts
from cop_site.core.addresses import parts_of

View = Callable[..., HttpResponse]


def signed_in(*, form: str = "") -> Callable[[View], View]:
    """Ask visitors to sign in first. ``form`` is the ``data-form`` name of what the view takes.

    What is posted after a session ended is kept under that name, and the visitor comes back to the page the form
    stood on: its view shows ``drafts.recall(request, form)`` and calls ``drafts.drop`` once the deed is done.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def enter(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
            if request.user.is_authenticated:
                return view(request, *args, **named)
            return _to_the_door(request, form)

        drafts.mark(enter, form)
        return enter

    return guard


def _to_the_door(request: HttpRequest, form: str) -> HttpResponse:
    if request.method == "POST" and form:
        kept = _("Please sign in again. What you typed is kept and waits in its form.")
        lost = _("Please sign in again. What you sent was not kept, as votes never are: vote or send it once more.")
        messages.info(request, kept if drafts.keep(request, form) else lost)
    way = redirect_to_login(_page_of(request), resolve_url(settings.LOGIN_URL))
    return HttpResponseClientRedirect(way.url) if getattr(request, "htmx", False) else way


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: for a sent form the one it stood on, since some addresses only take forms."""
    if request.method == "GET" and not getattr(request, "htmx", False):
        return request.get_full_path()
    came_from = parts_of(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host() or not came_from.path.startswith("/"):
        return request.get_full_path()
    return came_from._replace(scheme="", netloc="", fragment="").geturl()
