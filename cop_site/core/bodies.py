"""How much of what is sent is taken: a file up to its measure, and never more of a request than the largest of them."""

import tempfile
from collections.abc import Awaitable, Callable
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_BODY = LARGEST_FILE + 4 * 1024 * 1024  # the fields beside a file, and what holds them apart
LISTENED_TO = 8 * LARGEST_BODY  # a browser hears the answer only once it has sent all; nobody listens for ever


class Measure(FileUploadHandler):
    """Leaves out a file that is too large. The other fields stay, so that the page can say so beside them."""

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        self._taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._taken += len(raw_data)
        if self._taken > LARGEST_FILE:
            self.request.left_out_a_file = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Others keep it."""


def left_out_a_file(request: HttpRequest) -> bool:
    """Whether a file came that was larger than any is taken."""
    return request.POST is not None and getattr(request, "left_out_a_file", False)  # known once the body was read


async def read(receive: Callable[[], Awaitable[dict[str, Any]]]) -> IO[bytes]:
    """The body of a request, up to ``LARGEST_BODY``; what comes after that is heard and forgotten."""
    body = tempfile.SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, mode="w+b")  # noqa: SIM115 - its reader closes it
    heard = 0
    while heard <= LISTENED_TO:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            raise RequestAborted
        piece = message.get("body", b"")
        body.write(piece[: max(0, LARGEST_BODY - heard)])
        heard += len(piece)
        if not message.get("more_body", False):
            break
    body.seek(0)
    return body
