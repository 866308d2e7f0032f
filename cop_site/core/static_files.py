"""Serves bundles and other static files from the process itself, compressed where the browser allows it."""

from functools import lru_cache
from threading import Lock
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponse
from whitenoise.base import WhiteNoise

from . import assets

A_YEAR = 365 * 24 * 60 * 60
AN_HOUR = 60 * 60


class Shelf(WhiteNoise):
    """Every static file by its address. Bundles carry their content in their name and are kept for a year."""

    FOREVER = A_YEAR

    def __init__(self) -> None:
        super().__init__(None, max_age=AN_HOUR, allow_all_origins=False, mimetypes={".svg": "image/svg+xml; charset=utf-8"})
        for finder in get_finders():
            for path, storage in finder.list(None):
                self.stock(settings.STATIC_URL + path, storage.path(path))
        assets.build()
        self.add_files(settings.BUNDLE_ROOT, settings.STATIC_URL + assets.FOLDER)

    def stock(self, url: str, path: str) -> None:
        if url not in self.files:  # the first finder that has it wins, as in Django
            self.add_file_to_dictionary(url, path)

    def immutable_file_test(self, path: str, url: str) -> bool:
        return url.startswith(settings.STATIC_URL + assets.FOLDER)


_one_at_a_time = Lock()


def shelf() -> Shelf:
    """The shelf of this process, put up once however many threads ask first."""
    with _one_at_a_time:
        return _put_up()


@lru_cache(maxsize=1)
def _put_up() -> Shelf:
    return Shelf()


class StaticFiles:
    """Middleware. WhiteNoise's own would cost every request of the site a change of thread: it knows no async."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response
        self.files = shelf().files
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if self.is_async:
            return self.__acall__(request)
        return self.find(request) or self.get_response(request)

    async def __acall__(self, request: HttpRequest) -> HttpResponse:
        return self.find(request) or await self.get_response(request)

    def find(self, request: HttpRequest) -> HttpResponse | None:
        file = self.files.get(request.path_info)
        if file is None:
            return None
        found = file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file:
                content = found.file.read()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
