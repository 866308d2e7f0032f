"""One address, two answers: the whole page, or the part of it that htmx asks for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def answer(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, part: str | None = None, status: int = 200
) -> HttpResponse:
    """Render ``template``, or its partial ``part`` where htmx swaps it into a page that stands already."""
    wants_part = part is not None and asks_for_part(request)
    response = render(request, f"{template}#{part}" if wants_part else template, context, status=status)
    if part is not None:
        patch_vary_headers(response, ["HX-Request"])
    return response


def asks_for_part(request: HttpRequest) -> bool:
    """htmx swaps a part; when it follows a whole link or restores history it needs the page."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request
