"""The way of a socket to its room, or to where rings are heard: from a page of ours, by its address, with its session. Refusals on that way all look alike."""

from typing import Any
from urllib.parse import urlsplit

from channels.routing import URLRouter
from channels.security.websocket import OriginValidator
from channels.sessions import CookieMiddleware, InstanceSessionWrapper, SessionMiddleware
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import path, re_path

ROOM, RINGS = "ws/rooms/<uuid:room>/", "ws/rings/"


async def refused(scope: Any, receive: Any, send: Any) -> None:
    """Before it was accepted: HTTP 403, and nothing that says why."""
    await receive()
    await send({"type": "websocket.close"})


class FromHere(OriginValidator):
    """Browsers say which site's page opens a socket: only ours may. Programs that are no browsers say nothing.

    Channels' own takes the last of two origins, lets any port pass, and fails where a port is no number.
    """

    def __init__(self, application: Any) -> None:
        super().__init__(application, settings.ALLOWED_HOSTS)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        said = {name: [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name] for name in (b"origin", b"host")}
        inner = self.application if self.lets(said[b"origin"], said[b"host"]) else refused
        await inner(scope, receive, send)

    def lets(self, origins: list[str], hosts: list[str]) -> bool:
        if len(origins) > 1 or len(hosts) != 1 or not validate_host(split_domain_port(hosts[0])[0], self.allowed_origins):
            return False
        try:
            return not origins or self._is_of(origins[0], hosts[0])
        except ValueError:  # a port that is none, half of an IPv6 address
            return False

    def _is_of(self, said: str, host: str) -> bool:
        origin = urlsplit(said)
        is_plain = origin.scheme in {"http", "https"} and said == f"{origin.scheme}://{origin.netloc}" and "@" not in origin.netloc
        return is_plain and self.match_allowed_origin(origin, f"{origin.scheme}://{host}")


class Sessions(SessionMiddleware):
    """Channels' sessions, without what they do at each frame that is sent: a socket keeps nothing in its session, and is sent much."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        found = InstanceSessionWrapper(scope, send)
        await found.resolve_session()
        await self.inner(found.scope, receive, send)


def with_session(application: Any) -> Any:
    return CookieMiddleware(Sessions(application))


def sockets(room_socket: Any, ring_socket: Any) -> Any:
    """The application for sockets: two addresses, and a last one for whatever else is asked for."""
    return FromHere(with_session(URLRouter([path(ROOM, room_socket), path(RINGS, ring_socket), re_path("", refused)])))
