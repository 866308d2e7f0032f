"""The pages for what did not work: what happened, in words, and the next step."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from . import drafts, wishes

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
SENT_AGAIN = {429, 503}


def error_page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """The page of one status; 413 and 503 need nothing more, 429 takes ``retry_after`` in seconds.

    A form that met a limit or a rest is offered to be sent once more, with all that was typed.
    """
    if request.method == "POST" and status in SENT_AGAIN:
        context |= _to_send_again(request)
    response = render(request, f"errors/{status}.html", context, status=status)
    if retry_after := context.get("retry_after"):
        response["Retry-After"] = str(retry_after)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What is larger than we take has words of its own; it is known before anything of it was read."""
    return error_page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """For limits that allauth keeps before it reads a form: each lasts a minute. What was typed can be sent again."""
    return error_page(request, 429, retry_after=60)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old: what was typed is kept, and offered to be sent once more."""
    again = _to_send_again(request)
    if again["fields"] and (form := drafts.form_behind(request)):
        drafts.keep(request, form)
    return render(request, "errors/403_csrf.html", again, status=403)


def _to_send_again(request: HttpRequest) -> dict[str, Any]:
    return {"fields": drafts.to_send_again(request), "had_secret": drafts.had_secret(request)}


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, of the session or of the person: one of them may be what failed."""
    return bare_page(request, "errors/500.html", {}, status=500)


def bare_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page with nothing around it that could fail: no person, no session, no rows."""
    words = {
        "site_name": settings.SITE_NAME,
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "theme": wishes.wish(request, wishes.THEME),
        "escape_leaves": wishes.wish(request, wishes.ESCAPE) != "off",
    }
    return HttpResponse(loader.render_to_string(template, {**words, **context}), status=status)
