"""One address, two answers: the whole page, or the part of it that htmx asks for."""

import re
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

_TOKENS = re.compile(rb'name="(csrfmiddlewaretoken|deed_key)" value="[^"]*"')


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
    return Drawn(response.content).named(request, response)


class Drawn:
    """A page drawn for a visitor, apart from the tokens of its forms: what is the same for all of them."""

    def __init__(self, content: bytes) -> None:
        self.pieces = _TOKENS.split(content)  # what stands between tokens, and the name of each
        self.digest = sha256(b"".join(self.pieces)).digest()

    def named(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """``response`` with the name of this page for this visitor; 304 where her browser has it."""
        etag = f'W/"{sha256(self.digest + request.META.get("CSRF_COOKIE", "").encode()).hexdigest()[:32]}"'
        patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    def filled(self, request: HttpRequest) -> bytes:
        """The page again, with tokens of this visitor's own."""
        pieces = list(self.pieces)
        for place in range(1, len(pieces), 2):
            pieces[place] = b'name="%s" value="%s"' % (pieces[place], token_of(request, pieces[place].decode()).encode())
        return b"".join(pieces)


def token_of(request: HttpRequest, name: str) -> str:
    """What a hidden field of a form says to this reader alone."""
    return get_token(request) if name == "csrfmiddlewaretoken" else str(uuid4())


def asks_for_part(request: HttpRequest) -> bool:
    """htmx swaps a part; when it follows a whole link or restores history it needs the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
