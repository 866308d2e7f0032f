"""What browsers say the Content-Security-Policy stopped: which rule, and what kind of thing. Never on which page, or before whom."""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

logger = logging.getLogger(__name__)

KINDS_OF_REPORT = {"application/csp-report", "application/reports+json"}  # no form of any site can send these
MOST_BYTES = 16 * 1024
AN_HOUR = 60 * 60
WORDS = {"inline", "eval", "wasm-eval", "trusted-types-sink", "trusted-types-policy", "data", "blob", "self"}


class Unreadable(ValueError):
    """What came is no report of a browser."""


def take(request: HttpRequest) -> None:
    """Write what was stopped into the log: the same once an hour, so that nobody can fill the log with it."""
    for report in _reports_in(request.body):
        rule, kind = _rule_of(report), _kind_of(report, request.get_host())
        if cache.add(f"policy-report:{rule}:{kind}".replace(" ", "-"), 1, AN_HOUR):
            logger.warning("The Content-Security-Policy stopped something: %s, %s", rule, kind)


def _reports_in(body: bytes) -> list[dict[str, Any]]:
    """Both ways in which browsers write: one report by itself, or several in a list."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    found = [one.get("body") for one in told if isinstance(one, dict)] if isinstance(told, list) else [_inside(told)]
    return [report for report in found if isinstance(report, dict)]


def _inside(told: Any) -> Any:
    return told.get("csp-report") if isinstance(told, dict) else None


def _rule_of(report: dict[str, Any]) -> str:
    """The rule that was broken, where it is one of browsers; scripts and styles have rules of three kinds."""
    named = str(report.get("effective-directive") or report.get("effectiveDirective") or report.get("violated-directive") or "")
    rule = named.partition(" ")[0].removesuffix("-elem").removesuffix("-attr")
    return rule if rule in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] or rule in {"object-src", "frame-src", "media-src"} else "unknown"


def _kind_of(report: dict[str, Any], host: str) -> str:
    """An address may hold a secret, so its host alone is looked at, and only whether it is ours."""
    stopped = str(report.get("blocked-uri") or report.get("blockedURL") or "")
    if stopped in WORDS:
        return stopped
    try:
        return "an address of this site" if urlsplit(stopped).netloc == host else "something from elsewhere"
    except ValueError:
        return "something from elsewhere"
