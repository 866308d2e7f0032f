"""The pages for what did not work: what happened, in words, and the next step."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from . import drafts


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page of one status; 413 and 503 need nothing more, 429 takes ``retry_after`` in seconds."""
    response = render(request, f"errors/{status}.html", context, status=status)
    if retry_after := context.get("retry_after"):
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """For limits that do not say how long they last (allauth's): five minutes is the longest of them."""
    response = error_page(request, 429)
    response["Retry-After"] = "300"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old: what was typed is kept, and offered to be sent once more."""
    fields = drafts.to_send_again(request)
    if fields and (form := drafts.form_behind(request)):
        drafts.keep(request, form)
    return render(request, "errors/403_csrf.html", {"fields": fields}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, of the session or of the person: one of them may be what failed."""
    words = {"site_name": settings.SITE_NAME, "quick_exit_url": settings.QUICK_EXIT_URL}
    return HttpResponse(loader.render_to_string("errors/500.html", words), status=500)
