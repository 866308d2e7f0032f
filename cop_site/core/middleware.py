"""What protects readers whatever a view forgot: headers on every answer, and forms that only this site may send."""

from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from csp.middleware import CSPMiddleware, PolicyParts
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from .errors import csrf_failure

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"


class Compress(GZipMiddleware):
    """Pages go out compressed, proxy or not; what is saved as a file goes as it is, with its length.

    Django adds bytes by chance, so that the length of an answer tells nothing of a token in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if response.has_header("Content-Disposition") else super().process_response(request, response)


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
        # In a thread: whether somebody is signed in may be a question to the database.
        return await sync_to_async(self.add_to)(await self.get_response(request), request)

    def add_to(self, response: HttpResponse, request: HttpRequest) -> HttpResponse:
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        _name_charset(response)
        user = getattr(request, "user", None)
        # Only what was asked for already: a page for a visitor stays cacheable and costs no query here.
        if user is not None and request.COOKIES and _is_signed_in(user):
            patch_cache_control(response, no_store=True, private=True)
            patch_vary_headers(response, ["Cookie"])
        return response


def _is_signed_in(user: Any) -> bool:
    """Where the database cannot say, somebody is: the page about what fails must not fail over this."""
    try:
        return user.is_authenticated
    except DatabaseError:
        return True


def _name_charset(response: HttpResponse) -> None:
    """Text says how it is written: a browser that has to guess can be led to guess wrong."""
    kind = response.headers.get("Content-Type", "")
    is_text = kind.startswith("text/") or kind.endswith(("json", "javascript", "xml"))
    if is_text and "charset" not in kind:
        response["Content-Type"] = f"{kind}; charset=utf-8"


class ContentPolicy(CSPMiddleware):
    """The site's Content-Security-Policy. Pages with htmx, which writes HTML, go without Trusted Types.

    Sockets of the host are named: to some browsers ``'self'`` means pages only.
    """

    def get_policy_parts(self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if getattr(request, "loads_htmx", False):
            parts.replace = {**(parts.replace or {}), "require-trusted-types-for": None}
        if getattr(request, "is_preview", False):  # drawn for an editor, in a frame of the editors' screens
            parts.replace = {**(parts.replace or {}), "frame-ancestors": ["'self'"]}
        if not (parts.replace or {}).get("connect-src"):  # editors' screens open none
            parts.update = {**(parts.update or {}), "connect-src": _sockets_of(request)}
        return parts


def _sockets_of(request: HttpRequest) -> list[str]:
    """Where pages open sockets: at the host that was asked, once it is known for ours."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return []
    return [f"wss://{host}"] if request.is_secure() else [f"wss://{host}", f"ws://{host}"]


class FormsFromHere(MiddlewareMixin):
    """Refuses what a browser itself says it sends for another site's page; Django's check of token and origin comes after."""

    def process_view(self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any) -> HttpResponse | None:
        is_safe = request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}
        if is_safe or request.headers.get("Sec-Fetch-Site") != "cross-site":
            return None
        return csrf_failure(request, "Sec-Fetch-Site: cross-site")
