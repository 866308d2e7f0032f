"""The gates: of the editors' rooms, of the desks of office, and what the door says when somebody leaves or tries too often."""

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cop_site.core import drafts
from cop_site.core.errors import bare_page, error_page

from . import limits, policy, second_factor

ADMIN = "/admin/"
# Wagtail's screens carry inline styles and scripts of their own and show previews in a frame (docs/decisions/006).
ADMIN_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "require-trusted-types-for": None,  # Wagtail's scripts write HTML
}


class OnlyEditors:
    """Wagtail's admin is for people with the task of editor, signed in through the site's own door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), login_url=reverse("account_login"))
        response = self.get_response(request)
        if policy.can_edit_pages(request.user):
            response._csp_replace = ADMIN_CSP  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        # Here, and not above, so that the refusal is drawn as any other.
        if request.path.startswith(ADMIN) and not policy.can_edit_pages(request.user):
            raise PermissionDenied


# Where people with an office work; /accounts/ is ours, the others belong to the apps above.
DESKS = (
    ADMIN,
    "/accounts/applications/",
    "/accounts/invitations/",
    "/accounts/agreements/",
    "/accounts/people/",
    "/accounts/journal/",
    "/library/review/",
    "/library/safety/",
    "/library/sealed/",
    "/library/held/",
    "/library/import/",
    "/library/export/",
    "/directory/desk/",
    "/directory/claims/",
    "/directory/new/",
    "/directory/coverage/new/",
    "/directory/coverage/survey/",
    "/events/new/",
    "/events/attendance/",
    "/forums/sealed/",
    "/forums/new/",
    "/search/missed/",
    "/moderation/",
)
# What members do at the addresses of moderators: report, read what was decided, object.
NO_DESKS = tuple(f"/moderation/{page}/" for page in "report reports decisions objection account".split())
# Pages of one entry on which an office writes for others; their addresses begin with the entry's.
DESKS_OF_ENTRIES = tuple(
    f"/{page}/" for page in "edit contacts change level still-right stewards end renew list unlist merge verify".split()
)
DESKS_OF_TALKS = tuple(f"/{page}/" for page in "steer split merge archive unseal".split())
# These words end addresses of members too: of a post of their own, of a topic with such a title.
_DESK_OF_TALKS = re.compile(r"/forums/(t/\d+/restore|[^/]+/edit)/")
# What those who lead an event do: its making, its desk with the groups, and of its room what only they see.
_MAKING, _DESK, _LEADING = (
    "edit announce clone cancel discard",
    "desk invite attendance list report offices out",
    "backstage polls silence record",
)
DESKS_OF_EVENTS = tuple(f"/{page}/" for page in f"{_MAKING} {_DESK} groups change apart open close say {_LEADING}".split())


def is_desk(path: str) -> bool:
    """Whether people with an office work at this address."""
    path = path.removeprefix("/en")
    of_rows = {"/directory/": DESKS_OF_ENTRIES, "/events/": DESKS_OF_EVENTS, "/forums/": DESKS_OF_TALKS}
    if path.startswith(NO_DESKS):
        return path.startswith("/moderation/decisions/") and path.endswith("/undo/")
    if path.startswith(DESKS) or _DESK_OF_TALKS.fullmatch(path):
        return True
    return any(path.startswith(section) and path.endswith(ends) for section, ends in of_rows.items())


class Reader:
    """Whoever brings a session is looked up once and then asked directly: a page asks hundreds of times who reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Without its cookie there is no session to look into: what is the same for all stays so.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = _looked_up(request)
        return self.get_response(request)


def _looked_up(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """While the database is away everybody is a visitor, and pages that need none are drawn."""
    try:
        return get_user(request)
    except DatabaseError:
        return AnonymousUser()


# What costs next to nothing, is asked by machines that must not be turned away, or has a limit of its own.
UNCOUNTED = ("/healthz", "/readyz", "/reports/", "/media/", "/api/v1/suggest")


class Visits:
    """Whoever asks for pages without end and is not signed in waits; a form that she sent meanwhile can be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wait = limits.seconds_for_visitor(request) if self._counts(request) else 0
        return self._turned_away(request, wait) if wait else self.get_response(request)

    def _counts(self, request: HttpRequest) -> bool:
        if not settings.ACCOUNT_RATE_LIMITS or request.path_info.startswith(UNCOUNTED):
            return False
        # Without its cookie there is no session to look into: what is the same for all stays so.
        return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated

    def _turned_away(self, request: HttpRequest, wait: int) -> HttpResponse:
        if request.method == "POST":
            return error_page(request, 429, retry_after=wait)
        response: HttpResponse
        if request.path_info.startswith("/api/"):
            response = JsonResponse({"detail": _("That was too often. Wait %(seconds)d seconds.") % {"seconds": wait}}, status=429)
        else:
            response = bare_page(request, "errors/429_bare.html", {"retry_after": wait, "request": request}, status=429)
        response["Retry-After"] = str(wait)
        return response


class SecondFactorFirst:
    """A stolen password alone opens no desk: people with an office set up a second factor before they come to one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if not is_desk(request.path_info) or not second_factor.is_missing(request.user):
            return None
        messages.warning(request, _("Your office looks after other people. Please set up two-factor sign-in first; then its pages open."))
        return redirect("mfa_index")


class Muted:
    """Whoever is muted hears at every form until when, not only that it is not for her; what she typed stays hers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PermissionDenied) or not policy.is_muted(request.user) or is_desk(request.path_info):
            return None
        if request.method == "POST" and (form := drafts.form_behind(request)):
            drafts.keep(request, form)
        return render(request, "accounts/muted.html", {"words": drafts.texts(request)}, status=403)


class Door:
    """Whoever leaves leaves nothing in the browser; whoever tries too often hears it with status 429, their words kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "signs_out", False):
            # Not "cookies": the session's is gone already; the others keep the theme, and who is known here.
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and getattr(form, "is_bound", False) and limits.refused_too_often(form):
            response.status_code = 429
            response["Retry-After"] = str(getattr(request, "retry_after", limits.ROUND_ABOUT))
        return response
