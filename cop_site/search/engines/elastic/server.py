"""The Elasticsearch server: how long we wait for it, and how long we leave it alone when it failed."""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.exceptions import UnsupportedProductError

log = logging.getLogger(__name__)

PATIENCE = 0.7  # seconds: with the embedded index behind it a question is answered within one
PATIENCE_OF_WRITERS = 30.0
LEFT_ALONE = 5.0  # seconds after a failure in which nobody asks; then one reader tries

Answer = TypeVar("Answer")


class Unfit(Exception):
    """Elasticsearch answered, but not so that a reader should get it."""


FAILURES = (TransportError, ApiError, UnsupportedProductError, Unfit)


class Server:
    """One server, as this process knows it."""

    def __init__(self, url: str) -> None:
        # One attempt each: whoever reads goes to the embedded index instead, whoever writes comes again by itself.
        self.client = Elasticsearch(url, request_timeout=PATIENCE, max_retries=0, retry_on_timeout=False, **_node())
        self.patient: Elasticsearch = self.client.options(request_timeout=PATIENCE_OF_WRITERS)
        self._lock = threading.Lock()
        self._left_alone_until = 0.0
        self._was_away = False

    def asked(self, ask: Callable[[], Answer], instead: Callable[[], Answer]) -> Answer:
        """What ``ask`` brings from the server; what ``instead`` brings where the server fails or failed a moment ago."""
        if not self._may_be_asked():
            return instead()
        try:
            answer = ask()
        except FAILURES as error:
            self.failed(error)
            return instead()
        self.answered()
        return answer

    def _may_be_asked(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._left_alone_until:
                return False
            if self._was_away:
                self._left_alone_until = now + LEFT_ALONE  # one tries, the others wait for what it finds
            return True

    def failed(self, error: Exception) -> None:
        with self._lock:
            if not self._was_away:
                # The type alone: a message of the server may hold what a reader typed.
                log.warning("Elasticsearch does not answer as it should (%s); the embedded index does.", type(error).__name__)
            self._was_away = True
            self._left_alone_until = time.monotonic() + LEFT_ALONE

    def answered(self) -> None:
        with self._lock:
            if self._was_away:
                log.warning("Elasticsearch answers again.")
            self._was_away, self._left_alone_until = False, 0.0

    @property
    def is_away(self) -> bool:
        return self._was_away


def _node() -> dict[str, Any]:
    """Tests may put another way to talk in between: to count, to break, to speak with a relative of Elasticsearch."""
    node = getattr(settings, "ELASTICSEARCH_NODE", None)
    return {"node_class": node} if node else {}


@cache
def server_at(url: str) -> Server:
    return Server(url)


def current() -> Server:
    """The server of this site."""
    return server_at(settings.ELASTICSEARCH_URL)
