"""The lists as texts are read with them, of what may stand and of what is watched: read once, kept in memory for half a minute."""

import time
from dataclasses import dataclass

from .allowlist import NO_ALLOWANCES, Allowlist
from .matching import Matcher
from .models import Allowance, WatchedWord
from .watching import NOTHING_WATCHED, Watched

KEPT_FOR = 30.0  # seconds until another process's edit is seen here


@dataclass
class _Kept:
    read_at: float = 0.0
    listed: Allowlist = NO_ALLOWANCES
    words_read_at: float = 0.0
    watched: Watched = NOTHING_WATCHED


_kept = _Kept()


def forget() -> None:
    """Read anew next time: somebody changed the list."""
    _kept.read_at = 0.0


def forget_words() -> None:
    """The same for watched words."""
    _kept.words_read_at = 0.0


def watched() -> Watched:
    """The words that are watched for."""
    if not _kept.words_read_at or time.monotonic() - _kept.words_read_at > KEPT_FOR:
        active = list(WatchedWord.objects.filter(is_active=True).values_list("pk", "pattern", "action").order_by("pk"))
        patterns, before = [(pk, pattern) for pk, pattern, _action in active], _kept.watched
        matcher = before.matcher if patterns == before.patterns else Matcher(patterns)
        _kept.watched = Watched({pk: action for pk, _pattern, action in active}, matcher, patterns)
        _kept.words_read_at = time.monotonic()
    return _kept.watched


def allowlist() -> Allowlist:
    """Everything the secretariat has listed."""
    if not _kept.read_at or time.monotonic() - _kept.read_at > KEPT_FOR:
        by_kind: dict[str, set[str]] = {kind: set() for kind in Allowance.Kind.values}
        for kind, value in Allowance.objects.values_list("kind", "value"):
            by_kind[kind].add(value)
        _kept.listed = Allowlist(
            role_domains=frozenset(by_kind["domain"]),
            hotlines=frozenset(by_kind["number"]),
            links=frozenset(by_kind["link"]),
            addresses=frozenset(by_kind["address"]),
        )
        _kept.read_at = time.monotonic()
    return _kept.listed
