"""The way to the set-up page of a site that nobody looks after yet."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .. import first_run

# What answers as ever: machines, what pages are drawn with, and the link of a first steward.
OPEN_AT_FIRST = {
    "first-run",
    "invited",
    "healthz",
    "readyz",
    "robots",
    "manifest",
    "favicon",
    "policy-report",
    "set-theme",
    "set-escape",
    "set-zone",
}


class FirstRun:
    """While a real site has no secretariat every page leads to its set-up page.

    Once there is a secretariat there will always be one (nobody takes the role from oneself): then it asks no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_over = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        if self.is_over or settings.IS_DEMO:
            return None
        self.is_over = not first_run.is_open()
        name = request.resolver_match.url_name if request.resolver_match else ""
        return None if self.is_over or name in OPEN_AT_FIRST else redirect("first-run")
