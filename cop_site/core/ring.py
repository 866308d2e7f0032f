"""Rings that wake whoever waits in this process; a lost ring loses nothing, since all who wait also look from time to time."""

import threading
from collections import defaultdict

_waiting: dict[str, threading.Event] = defaultdict(threading.Event)


def ring(name: str) -> None:
    """Wake those who wait for ``name``."""
    _waiting[name].set()


def wait_for(name: str, seconds: float) -> bool:
    """Wait until ``name`` rings, at most ``seconds``; says whether it rang."""
    rang = _waiting[name].wait(seconds)
    _waiting[name].clear()
    return rang
