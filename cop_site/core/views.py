"""Addresses that belong to no section."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from . import readiness
from .context import THEMES

A_YEAR = 365 * 24 * 60 * 60


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the scheme a reader chose, and go back to where they were."""
    response = HttpResponseRedirect(safe_next(request))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def safe_next(request: HttpRequest) -> str:
    """The address to go on to, where it is a path of this site; else the home page."""
    wish = request.POST.get("next", "")
    is_path = wish.startswith("/") and url_has_allowed_host_and_scheme(wish, allowed_hosts=None, require_https=request.is_secure())
    return wish if is_path else "/"


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Each dependency by name with its state; 503 where the site cannot do its work."""
    states = readiness.states()
    is_ready = all(state.is_good for state in states.values())
    answer = {"ready": is_ready, "dependencies": {name: state.words for name, state in states.items()}}
    return JsonResponse(answer, status=200 if is_ready else 503)


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: pages carry noindex themselves unless they are public."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/en/accounts/", "/api/", "/search/", "/en/search/")),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
