"""Whether what Elasticsearch holds may be answered from: asked rarely, kept in this process for a few seconds."""

import threading
import time

from elasticsearch import Elasticsearch

from ... import outbox
from ...models import Entry
from . import schema, sending, server

GOOD_FOR = 10.0  # seconds
BAD_FOR = 2.0
NOT_YET = "nobody has looked at it yet"
MOST_LAG = 30.0  # seconds: what waits longer shall be found meanwhile


class Look:
    """The last look at the index, and how long it holds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until = 0.0
        self._reason = NOT_YET

    def reason(self) -> str:
        """Why not to answer from there; empty where there is no reason. While one reader looks the others go by the last look."""
        if time.monotonic() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._lock.release()
        return self._reason

    def _look(self) -> None:
        self._until = time.monotonic() + BAD_FOR  # also where the server does not even answer this
        self._reason = amiss(server.current().client)
        if not self._reason:
            self._until = time.monotonic() + GOOD_FOR

    def forget(self) -> None:
        """Look anew the next time."""
        self._until, self._reason = 0.0, NOT_YET


look = Look()


def amiss(client: Elasticsearch) -> str:
    """What is wrong with the index, in a few words: it is not there, not ours, of another version, not whole, or late."""
    return not_ours(client) or not_whole(client) or ("it is late" if outbox.lag() > MOST_LAG else "")


def not_ours(client: Elasticsearch) -> str:
    holder = sending.holder(client)
    if not holder:
        return "there is no index"
    if holder != outbox.mirror_name():
        return "the index is not ours"
    return "" if holder.startswith(f"{sending.family(schema.version())}-") else "the index is of another version"


def not_whole(client: Elasticsearch) -> str:
    """Compared by numbers: what waits may be missing or too many, nothing else."""
    held = client.count(index=sending.alias("read"))["count"]
    entries, waiting = Entry.objects.count(), outbox.waiting()
    return f"it holds {held} of {entries} rows" if abs(held - entries) > waiting else ""
