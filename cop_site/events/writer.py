"""Writes are grouped under load: one thread takes all that waits, of all rooms, into one transaction."""

import logging
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from django.db import close_old_connections, connections, transaction

from . import log
from .log import Outcome
from .schemas import Order

MOST_AT_ONCE = 200
PATIENCE = 30  # seconds, for those who wait for their number
logger = logging.getLogger(__name__)
_Waiting = tuple[Order, "Future[Outcome]"]


class Writer:
    """The one that writes in this process. Its thread begins with the first order and ends with ``stop``."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._lock = Lock()

    def submit(self, order: Order) -> "Future[Outcome]":
        """Line up; what comes back is certain."""
        outcome: Future[Outcome] = Future()
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="room-writer", daemon=True)
                self._thread.start()
            self._waiting.put((order, outcome))
        return outcome

    def stop(self) -> None:
        """Write what waits, then end."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread:
                self._waiting.put(None)
        if thread:
            thread.join(timeout=PATIENCE)

    def _run(self) -> None:
        try:
            while (first := self._waiting.get()) is not None:
                batch, is_last = self._with_all_that_waits(first)
                _write(batch)
                if is_last:
                    return
        finally:
            connections.close_all()

    def _with_all_that_waits(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        batch = [first]
        while len(batch) < MOST_AT_ONCE:
            try:
                another = self._waiting.get_nowait()
            except Empty:
                return batch, False
            if another is None:
                return batch, True
            batch.append(another)
        return batch, False


def _write(batch: list[_Waiting]) -> None:
    """Who gave up waiting before it began is left out; from here on the answer is taken, also by a socket that is gone."""
    batch = [one for one in batch if one[1].set_running_or_notify_cancel()]
    close_old_connections()
    try:
        outcomes = log.append([order for order, _outcome in batch])
    except Exception as error:
        logger.error("Nothing of %d orders was written: %s", len(batch), type(error).__name__)
        for _order, outcome in batch:
            outcome.set_exception(error)
        return
    for (_order, waiting), outcome in zip(batch, outcomes, strict=True):
        waiting.set_result(outcome)


writer = Writer()


def write(order: Order) -> Outcome:
    """Write one order and wait for it; inside somebody's transaction it becomes part of that."""
    if transaction.get_connection().in_atomic_block:
        return log.append([order])[0]
    return writer.submit(order).result(timeout=PATIENCE)
