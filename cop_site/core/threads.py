"""Django's ASGI handler on a pool of reused threads.

Django makes a new thread, and with it a new database connection, for every request; reusing a few of them answers
more than twice as many requests (docs/decisions/001-sqlite-and-postgresql.md).
"""

import itertools
from concurrent.futures import ThreadPoolExecutor

from asgiref.sync import ThreadSensitiveContext
from django.core.handlers.asgi import ASGIHandler
from django.db import connections

from . import bodies

THREADS = 8


class PooledHandler(ASGIHandler):
    """Gives each request one of ``THREADS`` threads, in turn."""

    def __init__(self) -> None:
        super().__init__()
        self._threads = [ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"web-{number}") for number in range(THREADS)]
        self._next = itertools.cycle(self._threads)

    async def __call__(self, scope, receive, send):
        async with ThreadSensitiveContext(executor=next(self._next)):
            await self.handle(scope, receive, send)

    async def read_body(self, receive):
        """Django would write a body of any length to the disk."""
        return await bodies.read(receive)

    def close(self) -> None:
        """End the threads and their database connections."""
        for thread in self._threads:
            thread.submit(connections.close_all)
            thread.shutdown(wait=True)
