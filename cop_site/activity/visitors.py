"""Pages that all visitors get alike are drawn once, until something happens."""

import time
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from cop_site.core import wishes
from cop_site.core.pages import Drawn, for_visitors

View = Callable[..., HttpResponse]

MOST_KEPT = 1000  # pages of about 25 kB
_LAST = "SELECT max(id), true FROM activity_activity"
# PostgreSQL gives out numbers before they are certain: while anybody writes, a lower one may still come.
_LAST_OF_MANY = (
    "SELECT (SELECT max(id) FROM activity_activity), pg_snapshot_xmin(now) = pg_snapshot_xmax(now) FROM pg_current_snapshot() AS now"
)


class Tide(NamedTuple):
    """How far the journal has come. Where it is not ``certain``, what is drawn now may be old a moment later."""

    last: int | None
    certain: bool


class _Kept(NamedTuple):
    tide: Tide
    until: float
    drawn: Drawn
    headers: dict[str, str]
    loads_htmx: bool


_kept: OrderedDict[tuple[Any, ...], _Kept] = OrderedDict()
_lock = Lock()


def forget() -> None:
    """Draw everything anew."""
    with _lock:
        _kept.clear()


def kept_for_visitors(view: View) -> View:
    """Keep what ``view`` draws for visitors in memory, for as long as nothing happens: no deed, in any part of the site.

    So it is never older than the journal: what was withdrawn, hidden or held is gone with the deed. What no deed changes
    (a count of thanks) may be ``VISITORS_PAGES_KEPT`` seconds old. Whoever brings a session gets a page of her own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if not _is_for_all(request):
            return for_visitors(request, view(request, *args, **named))
        tide, key = _tide(), _key(request)
        kept = _kept.get(key)
        if kept is not None and kept.tide == tide and kept.until > time.monotonic():
            return _handed_out(kept, request)
        response = view(request, *args, **named)
        if tide.certain and response.status_code == 200 and not response.cookies:
            _keep(key, _Kept(tide, time.monotonic() + settings.VISITORS_PAGES_KEPT, *_drawn(request, response)))
        return for_visitors(request, response)

    return answer


def _is_for_all(request: HttpRequest) -> bool:
    """Whether a page is asked for as every visitor may; addresses that somebody made up are not kept."""
    if not settings.VISITORS_PAGES_KEPT or request.method != "GET" or not set(request.GET) <= {"page"}:
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and not getattr(request, "htmx", False)


def _tide() -> Tide:
    with connection.cursor() as cursor:
        cursor.execute(_LAST if connection.vendor == "sqlite" else _LAST_OF_MANY)
        last, certain = cursor.fetchone()
    return Tide(last, bool(certain))


def _key(request: HttpRequest) -> tuple[Any, ...]:
    """Everything besides the rows that such a page is drawn from."""
    return (request.scheme, request.get_host(), request.get_full_path(), get_language(), *wishes.all_of(request))


def _drawn(request: HttpRequest, response: HttpResponse) -> tuple[Drawn, dict[str, str], bool]:
    return Drawn(response.content), dict(response.items()), getattr(request, "loads_htmx", False)


def _keep(key: tuple[Any, ...], kept: _Kept) -> None:
    with _lock:
        _kept[key] = kept
        _kept.move_to_end(key)
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _handed_out(kept: _Kept, request: HttpRequest) -> HttpResponse:
    request.loads_htmx = kept.loads_htmx  # type: ignore[attr-defined]
    response = kept.drawn.named(request, HttpResponse(headers=kept.headers))
    if response.status_code == 200:
        response.content = kept.drawn.filled(request)
    return response
