"""How often something may be tried at the door, and how long one waits when it was too often."""

import time
from math import ceil
from typing import Any, NoReturn

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

APP = "allauth.account"
ROUND_ABOUT = 300  # seconds, for limits that allauth keeps to itself
TOO_OFTEN = "rate_limited"
REFUSALS = {"too_many_login_attempts", TOO_OFTEN}  # error codes of forms
STATUS = {"too-large": 413, TOO_OFTEN: 429, "busy": 503}  # what a form is answered with that was refused for one of these


def count(request: HttpRequest, action: str, *, key: str, refusal: str = TOO_OFTEN) -> Any:
    """Count one try of ``action``; one too many is an error of the form, which keeps what was typed."""
    usage = ratelimit.consume(request, app=APP, action=action, key=key)
    if not usage:
        request.retry_after = _seconds_left(request, action, key)  # type: ignore[attr-defined]
        refuse(refusal)
    return usage


def refuse(refusal: str) -> NoReturn:
    """Say that it was too often, as an error of the form."""
    raise get_adapter().validation_error(refusal)


def seconds_to_wait(request: HttpRequest, action: str) -> int:
    """Count one ``action`` of a reader, by account or else by address of the network; 0, or how long until the next may be."""
    key = f"person-{request.user.pk}" if request.user.is_authenticated else f"address-{ratelimit.get_ip(request)}"
    return 0 if ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True) else _seconds_left(request, action, key)


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
