"""What a reader chose for this browser: colours, time zone, whether Esc leaves. Each is one cookie, and works without scripts."""

from django.conf import settings
from django.http import HttpRequest

# Each cookie with what it may hold; anything else counts as not chosen.
THEME, ZONE, ESCAPE = "theme", "zone", "escape"
CHOICES: dict[str, dict[str, str]] = {
    THEME: {"light": "light", "dark": "dark"},
    ZONE: {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"},
    ESCAPE: {"off": "off"},
}


def cookie_of(name: str) -> str:
    """The name of its cookie; behind HTTPS it begins with words that bind it to this host."""
    return f"{settings.COOKIE_PREFIX}{name}"


def wish(request: HttpRequest | None, name: str) -> str:
    """What the reader chose, or nothing."""
    chosen = request.COOKIES.get(cookie_of(name), "") if request else ""
    return chosen if chosen in CHOICES[name] else ""


def all_of(request: HttpRequest) -> tuple[str, ...]:
    """Everything that a reader chose, and what her browser wishes of itself: on this a page drawn for nobody in particular depends."""
    return (*(wish(request, name) for name in CHOICES), request.headers.get("Save-Data", "").lower())


def zone_of(request: HttpRequest | None) -> str:
    """The name of the reader's zone; the site's own where none was chosen or nobody reads (mails).

    It is asked for only where a moment is drawn and never made the current zone: whether a term has ended or a
    membership begun must not depend on a cookie.
    """
    return wish(request, ZONE) or settings.TIME_ZONE


def zone_word(name: str) -> str:
    """What people call a zone: WIB, WITA or WIT."""
    return CHOICES[ZONE].get(name, name)
