"""Rings that wake whoever waits in this process; a lost ring loses nothing, since all who wait also look from time to time."""

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

RIGHTS = "rights"  # somebody may do less than before, or is signed out: those who are told things are looked at again
INBOX = "inbox"  # with the numbers of people of whom more is unread than before, or less

_waiting: dict[str, threading.Event] = defaultdict(threading.Event)


def ring(name: str) -> None:
    """Wake those who wait for ``name``."""
    _waiting[name].set()


def wait_for(name: str, seconds: float) -> bool:
    """Wait until ``name`` rings, at most ``seconds``; says whether it rang."""
    rang = _waiting[name].wait(seconds)
    _waiting[name].clear()
    return rang


_hearing: dict[str, list[Callable[[Any], None]]] = defaultdict(list)
_passing_on: dict[str, list[Callable[[Any], None]]] = defaultdict(list)


def hear(name: str, told: Callable[[Any], None]) -> None:
    """Have ``told`` called whenever ``name`` is told in this process, in the thread that tells: it must be quick and never fail."""
    if told not in _hearing[name]:
        _hearing[name].append(told)


def pass_on(name: str, told: Callable[[Any], None]) -> None:
    """Have ``told`` called after all who hear ``name`` here: it carries what is told to other processes, and that may take a moment."""
    _passing_on[name].append(told)


def tell(name: str, what: Any) -> None:
    """Call those who hear ``name``."""
    for told in [*_hearing[name], *_passing_on[name]]:
        told(what)


def deafen(name: str, told: Callable[[Any], None]) -> None:
    """Call ``told`` no more."""
    _hearing[name].remove(told)
