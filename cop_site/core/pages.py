"""One address, two answers: the whole page, or the part of it that htmx asks for."""

import re
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

_TOKENS = re.compile(rb'name="(?:csrfmiddlewaretoken|deed_key)" value="[^"]*"')


def answer(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, part: str | None = None, status: int = 200
) -> HttpResponse:
    """Render ``template``, or its partial ``part`` where htmx swaps it into a page that stands already."""
    wants_part = part is not None and asks_for_part(request)
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response


def for_visitors(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``, or 304 where a visitor's browser has the same page already: on a bad connection that is most of the way.

    What names a page is the page itself, but for the tokens of its forms: these are other signs each time, and hold as
    long as the visitor's cookie, which is part of the name. Pages for those who are signed in are kept nowhere.
    """
    if response.status_code != 200 or request.user.is_authenticated:  # type: ignore[union-attr]
        return response
    said = _TOKENS.sub(b"", response.content) + request.META.get("CSRF_COOKIE", "").encode()
    etag = f'W/"{sha256(said).hexdigest()[:32]}"'
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def asks_for_part(request: HttpRequest) -> bool:
    """htmx swaps a part; when it follows a whole link or restores history it needs the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
