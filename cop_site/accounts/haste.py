"""Whether a program fills in a form, found out without anybody's help: a field that people do not see, and how long the form stood open."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

TRAP, OPENED = "website", "opened"
OPEN_AT_MOST = timedelta(days=1)  # one stamp is not good for ever
_SIGNER = TimestampSigner(salt="cop_site.accounts.haste")


def opened_now() -> str:
    """When a form was drawn, as only this site can write it."""
    return _SIGNER.sign("form")


def is_in_haste(stamp: str) -> bool:
    """Whether a form comes back sooner than somebody has read it, or without having been drawn here."""
    if not settings.SIGN_UP_TAKES:
        return False
    try:
        _SIGNER.unsign(stamp, max_age=OPEN_AT_MOST)
    except BadSignature:
        return True
    return _is_younger(stamp, settings.SIGN_UP_TAKES)


def _is_younger(stamp: str, seconds: int) -> bool:
    try:
        _SIGNER.unsign(stamp, max_age=seconds)
    except BadSignature:
        return False
    return True
