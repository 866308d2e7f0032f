"""Gives a file out: as a download, to somebody who was found to be allowed, and to nobody's cache."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

from asgiref.sync import sync_to_async
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase

from . import keeping
from .models import StoredFile

PIECE = 256 * 1024
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
    "Accept-Ranges": "none",
}


class Download(StreamingHttpResponse):
    """The bytes of a file, piece by piece, for a server of either kind."""

    def __init__(self, place: Path, **options: object) -> None:
        super().__init__(_pieces(place), **options)
        self._place = place

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = _pieces(self._place)
        while piece := await sync_to_async(next, thread_sensitive=False)(pieces, b""):
            yield piece


def _pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def serve(file: StoredFile | None, request: HttpRequest, *, may: bool) -> HttpResponseBase:
    """The whole file, or 404 where ``may`` is false or there is none.

    Whoever lists the file has asked its policy. Nothing else in the request counts: not a range, not what a browser
    says it has already. No sign of the content (ETag, date) is given that somebody else could ask with.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    place = keeping.place_of(file.pk) if file else None
    if not may or file is None or place is None or not place.is_file():
        raise Http404
    response = Download(place, content_type=file.media_type, headers=HEADERS)
    response["Content-Length"] = str(place.stat().st_size)
    response["Content-Disposition"] = disposition(file.name)
    return response


def disposition(name: str) -> str:
    """To be saved under its name: in letters that every program reads, and as it is."""
    plain = "".join(sign if sign.isascii() and sign.isprintable() and sign not in '"\\%' else "_" for sign in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
