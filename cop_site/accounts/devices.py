"""Browsers that somebody signed in with before: a signed cookie says so, and tells nobody else who it was."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext as _

SALT = "accounts.devices"
KEPT = 365 * 24 * 3600  # seconds
MOST_PEOPLE = 5  # who share one browser

BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux"}


def known_as(request: HttpRequest, email: str) -> str:
    """The id of this browser if ``email`` signed in with it before, else an empty string. Asks no database."""
    device = _read(request)
    return device["id"] if _sign_of(device["id"], email) in device["for"] else ""


def known(request: HttpRequest) -> str:
    """The id of this browser if anybody signed in with it before, else an empty string."""
    if settings.DEVICE_COOKIE_NAME not in request.COOKIES:
        return ""
    device = _read(request)
    return device["id"] if device["for"] else ""


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """From now on this browser is known to whoever has ``email``."""
    device = _read(request)
    sign = _sign_of(device["id"], email)
    device["for"] = [*[one for one in device["for"] if one != sign], sign][-MOST_PEOPLE:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(device, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> dict[str, Any]:
    try:
        return signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {"id": get_random_string(16), "for": []}


def _sign_of(device: str, email: str) -> str:
    """Differs from browser to browser, so that two cookies cannot be found to be one person's."""
    return salted_hmac(SALT, f"{device}:{email.lower()}", algorithm="sha256").hexdigest()[:32]


def browser_words(user_agent: str) -> str:
    """What a browser says of itself, in words its owner recognises."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system))) or _("Another browser")
