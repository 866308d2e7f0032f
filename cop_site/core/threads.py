"""Django behind uvicorn, each request answered in one go on one of a few reused threads.

Django's own handler makes a new thread and a new database connection for every request, and goes back and forth between
the loop and that thread for each middleware. All of ours is synchronous: one way there and one back costs a fraction
(docs/decisions/001-sqlite-and-postgresql.md, docs/measurements.md).
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections, connections
from django.urls import set_script_prefix

from . import bodies
from .afterwards import is_followed

# With SQLite threads compute and seldom wait: more of them only get in each other's way (with eight a search takes a quarter
# more processor time). Where a database server is asked, some wait for it.
THREADS = 4 if settings.IS_SQLITE else 8


class PooledHandler(ASGIHandler):
    """Gives each request whichever of ``THREADS`` threads is free."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="web")

    async def __call__(self, scope, receive, send):
        try:
            body = await bodies.read(receive)  # Django would write one of any length to the disk
        except RequestAborted:
            return
        response = await self._in_thread(self._answer, scope, body)
        try:
            await (self._stream(response, send) if response.streaming else self.send_response(response, send))
        finally:
            if not response.closed:
                await self._in_thread(self._close, response)

    async def _in_thread(self, do: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, copy_context().run, do, *given)

    def _answer(self, scope: dict[str, Any], body: IO[bytes]) -> Any:
        """The whole answer; where nothing is left to do once it was sent, this thread has done with it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        with body:
            request, refusal = self.create_request(scope, body)
            response: Any = self.get_response(request) if request else refusal
        if response.streaming or is_followed(response):
            close_old_connections()
        else:
            self._close(response)
        return response

    def _close(self, response: Any) -> None:
        response._handler_class = self.__class__  # Django names it to those who listen for the end
        response.close()

    async def _stream(self, response: Any, send: Any) -> None:
        """What is written while it is sent has a thread of its own: it may take long."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="stream") as thread:
            async with ThreadSensitiveContext(executor=thread):
                try:
                    await self.send_response(response, send)
                finally:
                    thread.submit(connections.close_all)

    def close(self) -> None:
        """End the threads and their database connections."""
        for _thread in range(THREADS):
            self._threads.submit(connections.close_all)
        self._threads.shutdown(wait=True)
