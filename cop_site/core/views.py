"""Addresses that belong to no section."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from . import policy_reports, readiness, wishes
from .assets import asset_url, source_of
from .errors import bare_page

A_YEAR = 365 * 24 * 60 * 60
ICON = "img/favicon.svg"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the scheme a reader chose, and go back to where they were."""
    return _keep(request, wishes.THEME)


@require_POST
def set_zone(request: HttpRequest) -> HttpResponse:
    """Keep the time zone a reader chose."""
    return _keep(request, wishes.ZONE)


@require_POST
def set_escape(request: HttpRequest) -> HttpResponse:
    """Keep whether Esc leaves the site."""
    return _keep(request, wishes.ESCAPE)


def _keep(request: HttpRequest, wish: str) -> HttpResponse:
    """What was chosen, in a cookie of its own; any other word forgets the choice."""
    response = HttpResponseRedirect(safe_next(request))
    chosen = request.POST.get(wish)
    if chosen in wishes.CHOICES[wish]:
        response.set_cookie(
            wishes.cookie_of(wish), chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(wishes.cookie_of(wish), samesite="Lax")
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
    is_ready = readiness.can_work(states)
    degraded = [name for name, state in states.items() if not state.is_good]
    answer = {"ready": is_ready, "degraded": degraded, "dependencies": {name: state.words for name, state in states.items()}}
    return JsonResponse(answer, status=200 if is_ready else 503)


@csrf_exempt  # browsers send it by themselves; what it may say changes nothing
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """A browser tells what the Content-Security-Policy stopped."""
    if request.content_type not in policy_reports.KINDS_OF_REPORT:
        return HttpResponse(status=415)
    if len(request.body) > policy_reports.MOST_BYTES:
        return HttpResponse(status=413)
    try:
        policy_reports.take(request)
    except policy_reports.Unreadable:
        return HttpResponse(status=400)
    return HttpResponse(status=204)


@require_GET
def status(request: HttpRequest) -> HttpResponse:
    """What does not work at present, in words; drawn without the database, which may be what fails."""
    parts = readiness.told()
    return bare_page(request, "core/status.html", {"parts": parts, "ails": [part for part in parts if not part.is_good]})


@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs for a sign on its home screen: the site's name, and nothing of what is inside."""
    told = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f4f6f1",
        "theme_color": "#24316f",
        "icons": [{"src": asset_url(ICON), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(told, content_type="application/manifest+json; charset=utf-8")


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """For whoever asks at the usual address; pages carry their sign with them."""
    return HttpResponse(source_of(ICON), content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=604800"})


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read: pages carry noindex themselves unless they are public."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/en/accounts/", "/api/", "/search/", "/en/search/")),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
