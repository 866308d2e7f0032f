"""The errand that keeps Elasticsearch as the embedded index is: sends what waits, notices what is missing, builds anew."""

import logging
import time
from collections.abc import Callable

from cop_site.core.readiness import State

from . import outbox
from .engines.elastic import sending, server
from .engines.elastic.looking import amiss, look, not_ours, not_whole
from .engines.elastic.sending import Ahead

FAILURES = server.FAILURES

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds; the bell rings only in the process that changed something
CHECK_EVERY = 5.0
TIDY_EVERY = 600.0
TIDY_AFTER = 120.0  # until then the server keeps what was removed for its other nodes
LONGEST_PAUSE = 10.0  # seconds between attempts while the server is away


class Errand:
    """What one runner knows between its rounds."""

    def __init__(self) -> None:
        self.failures = 0
        self.check_at = 0.0
        self.suspected = False
        self.is_untidy = True  # perhaps: whoever ran before may have ended first
        self.tidy_at = 0.0

    def round(self) -> float:
        """Send and check; returns the seconds to the next round. A server that fails is asked less and less often, without end."""
        try:
            self._round()
        except Ahead:
            self._rebuild("it is ahead of the database")
        except server.FAILURES as error:
            server.current().failed(error)
            self.failures += 1
            return min(2.0**self.failures / 2, LONGEST_PAUSE)
        self.failures = 0
        return LOOK_EVERY

    def _round(self) -> None:
        client = server.current().patient
        if time.monotonic() >= self.check_at:
            self._check()
            self.check_at = time.monotonic() + CHECK_EVERY
        if outbox.kept_back() != []:
            self.is_untidy, self.tidy_at = True, max(self.tidy_at, time.monotonic() + TIDY_AFTER)
        while sending.send_batch(client) == sending.BATCH:
            pass
        if self.is_untidy and time.monotonic() >= self.tidy_at:
            sending.tidy(client)
            self.is_untidy, self.tidy_at = False, time.monotonic() + TIDY_EVERY

    def _check(self) -> None:
        """An index that is not there is built at once; one that seems not whole when it still does so at the next look."""
        client = server.current().patient
        if reason := not_ours(client):
            self._rebuild(reason)
        elif reason := not_whole(client):
            if self.suspected:
                self._rebuild(reason)
            self.suspected = not self.suspected
        else:
            self.suspected = False
            server.current().answered()

    def _rebuild(self, reason: str) -> None:
        log.warning("The index in Elasticsearch is built anew: %s.", reason)
        rebuild()


def state_of_mirror() -> State:
    """Which of the two answers at present, and how much the server has yet to hear of."""
    waits = f"{outbox.waiting()} rows wait, the oldest for {outbox.lag():.0f} s"
    try:
        reason = amiss(server.current().client)
    except server.FAILURES as error:
        reason = type(error).__name__
    return State(not reason, f"the embedded index answers ({reason}); {waits}" if reason else f"answers; {waits}")


def rebuild(told: Callable[[int, int], None] = lambda done, total: None) -> None:
    """All of it anew, out of the embedded index."""
    sending.rebuild(server.current().patient, told)
    look.forget()
    server.current().answered()
    log.warning("The index in Elasticsearch is built.")
