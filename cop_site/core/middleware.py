"""Headers on every answer that protect readers whatever a view forgot."""

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class SafeHeaders:
    """CORP, Permissions-Policy, a charset, and ``no-store`` on every page drawn for somebody who is signed in."""

    async_capable = True
    sync_capable = True

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest):
        if iscoroutinefunction(self):
            return self._later(request)
        return self.add_to(self.get_response(request), request)

    async def _later(self, request: HttpRequest) -> HttpResponse:
        return self.add_to(await self.get_response(request), request)

    def add_to(self, response: HttpResponse, request: HttpRequest) -> HttpResponse:
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        user = getattr(request, "user", None)
        # Only what was asked for already: a page for a visitor stays cacheable and costs no query here.
        if user is not None and request.COOKIES and user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
            patch_vary_headers(response, ["Cookie"])
        return response
