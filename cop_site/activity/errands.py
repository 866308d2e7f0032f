"""Work of other apps that waits outside the journal, done beside the deliveries: each in a thread of its own, so that no mail waits for it."""

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection

from cop_site.core import ring

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0  # seconds

Round = Callable[[], float]

_rounds: dict[str, Round] = {}


def register(name: str, one_round: Round) -> None:
    """Call ``one_round`` again and again: it does what waits and returns after how many seconds it wants to look again.

    The ring called ``name`` wakes it before. One that fails is called again after a pause that grows, without end.
    """
    _rounds[name] = one_round


def threads(stopped: threading.Event) -> list[threading.Thread]:
    """A thread for each errand, not yet started; they end soon after ``stopped`` is set and their bell rang."""
    return [threading.Thread(target=_go_on, args=(name, stopped), name=name, daemon=True) for name in _rounds]


def wake_all() -> None:
    for name in _rounds:
        ring.ring(name)


def _go_on(name: str, stopped: threading.Event) -> None:
    failures = 0
    while not stopped.is_set():
        try:
            pause, failures = _rounds[name](), 0
        except Exception as error:
            # The type alone: an exception's words may hold what a member wrote.
            log.error("The errand %s stumbled (%s) and goes on.", name, type(error).__name__)
            failures += 1
            pause = min(2.0**failures, LONGEST_PAUSE)
        close_old_connections()
        ring.wait_for(name, pause)
    connection.close()
