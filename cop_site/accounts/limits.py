"""How often something may be tried, and how long one waits when it was too often."""

import time
from collections.abc import Callable
from functools import lru_cache, wraps
from math import ceil
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cop_site.core import tally
from cop_site.core.errors import error_page

from . import devices

APP = "allauth.account"
ROUND_ABOUT = 300  # seconds, for limits that allauth keeps to itself
TOO_OFTEN = "rate_limited"
REFUSALS = {"too_many_login_attempts", TOO_OFTEN}  # error codes of forms
STATUS = {"too-large": 413, TOO_OFTEN: 429, "busy": 503}  # what a form is answered with that was refused for one of these
MINUTE, HOUR = 60, 3600


def count(request: HttpRequest, action: str, *, key: str, refusal: str = TOO_OFTEN) -> Any:
    """Count one try of ``action``; one too many is an error of the form, which keeps what was typed."""
    usage = ratelimit.consume(request, app=APP, action=action, key=key)
    if not usage:
        refuse(request, refusal, after=_seconds_left(request, action, key))
    return usage


def lets(request: HttpRequest, form: Any, action: str) -> bool:
    """Count one ``action`` of whoever is signed in; whether it may be, else the form says when to try again."""
    try:
        count(request, action, key=str(request.user.pk))
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def refuse(request: HttpRequest, refusal: str = TOO_OFTEN, *, after: int) -> NoReturn:
    """Say that it was too often, and when to try again, as an error of the form."""
    request.retry_after = after  # type: ignore[attr-defined]
    if refusal != TOO_OFTEN:
        raise get_adapter().validation_error(refusal)
    raise ValidationError(
        _("That was too often in a short time. Try again in %(time)s. What you wrote stays here.") % {"time": words_for(after)},
        code=TOO_OFTEN,
    )


def words_for(seconds: int) -> str:
    """How long to wait, as one would say it: never too short."""
    if seconds <= MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds <= HOUR:
        minutes = ceil(seconds / MINUTE)
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = ceil(seconds / HOUR)
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


def seconds_to_wait(request: HttpRequest, action: str) -> int:
    """Count one ``action`` of a reader, by account or else by address of the network; 0, or how long until the next may be."""
    key = f"person-{request.user.pk}" if request.user.is_authenticated else f"address-{ratelimit.get_ip(request)}"
    return 0 if ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True) else _seconds_left(request, action, key)


def seconds_for_visitor(request: HttpRequest) -> int:
    """Count one page of a visitor; 0, or how long until the next may be.

    By address of the network; a browser that somebody signed in with is counted apart, so that nobody behind the same
    address can keep its owner from the door.
    """
    rates = _visits((settings.ACCOUNT_RATE_LIMITS or {}).get("visit", ""))
    return tally.wait(f"visits:{devices.known(request) or _network_of(_address_of(request))}", rates) if rates else 0


def _address_of(request: HttpRequest) -> str:
    """What allauth says, by the shorter way where no proxy stands before us: this is asked of every page."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return get_adapter().get_client_ip(request)
    return request.META.get("REMOTE_ADDR", "")


_network_of = lru_cache(maxsize=4096)(ratelimit.truncate_ip)  # IPv6: a household has as many addresses as it likes


@lru_cache(maxsize=8)
def _visits(said: str) -> tuple[tally.Rate, ...]:
    return tuple((rate.amount, int(rate.duration)) for rate in ratelimit.parse_rates(said))


def searches(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lists that are asked with words: so many a minute, by account or else by address. Paging through a list without words is none."""

    @wraps(view)
    def enter(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
        is_asked = bool(request.GET.get("q", "").strip())
        if is_asked and (wait := seconds_to_wait(request, "search")):
            return error_page(request, 429, retry_after=wait)
        return view(request, *args, **named)

    return enter


def _seconds_left(request: HttpRequest, action: str, key: str) -> int:
    """Until every limit of ``action`` lets one more through."""
    now, waits = time.time(), [1.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        tries = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])  # newest first
        if len(tries) >= rate.amount:
            waits.append(tries[rate.amount - 1] + rate.duration - now)
    return ceil(max(waits))


def say_when(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response``; where it says that it was too often, also when to try again."""
    if response.status_code == STATUS[TOO_OFTEN]:
        response["Retry-After"] = str(getattr(request, "retry_after", ROUND_ABOUT))
    return response


def refused_too_often(form: Any) -> bool:
    """Whether a form was turned away because of a limit."""
    errors: list[ValidationError] = [one for field in form.errors.as_data().values() for one in field]
    return any(one.code in REFUSALS for one in errors)
