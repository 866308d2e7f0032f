"""The list of what may stand, as the guard asks for it: read once, kept in memory for half a minute."""

import time
from dataclasses import dataclass

from .allowlist import NO_ALLOWANCES, Allowlist
from .models import Allowance

KEPT_FOR = 30.0  # seconds until another process's edit is seen here


@dataclass
class _Kept:
    read_at: float = 0.0
    listed: Allowlist = NO_ALLOWANCES


_kept = _Kept()


def forget() -> None:
    """Read anew next time: somebody changed the list."""
    _kept.read_at = 0.0


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
