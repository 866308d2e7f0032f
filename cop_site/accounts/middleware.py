"""The gate of the editors' rooms."""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from . import policy

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
