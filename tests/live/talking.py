"""Somebody with a socket, or the answer that they got instead."""

import json
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.events.factories import frame


def session_of(person: Any) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"} if session else {}


class Talker:
    """A socket that has been greeted."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.hello = self.next()

    def next(self, seconds: float = 5) -> dict[str, Any]:
        return json.loads(self.socket.recv(timeout=seconds))

    def until(self, kind: str, seconds: float = 5) -> dict[str, Any]:
        """The next frame of a type; what comes before it is passed over."""
        while (told := self.next(seconds))["type"] != kind:
            pass
        return told

    def act(self, action: str = "chat.post", client_id: str = "", **data: Any) -> dict[str, Any]:
        """Do something; the ack or error of it."""
        sent = frame(action, client_id, **data)
        self.socket.send(json.dumps(sent))
        while (told := self.next()).get("client_id") != sent["client_id"]:
            pass
        return told

    def closed_with(self, seconds: float = 5) -> tuple[int, list[dict[str, Any]]]:
        """The code it is closed with, and what came before."""
        heard = []
        try:
            while True:
                heard.append(self.next(seconds))
        except ConnectionClosed as closed:
            return closed.rcvd.code, heard


def door(url: str, room: Any, query: str = "") -> str:
    return f"{url.replace('http', 'ws')}/ws/rooms/{room}/{query}"


@contextmanager
def talker(url: str, room: Any, person: Any = None, *, since: int = 0, session: str = ""):
    session = session or session_of(person)
    with connect(door(url, room, f"?since={since}"), additional_headers=cookie(session), origin=url, compression=None) as socket:
        yield Talker(socket)


def refusal(address: str, headers: dict[str, str] | list[tuple[str, str]]) -> tuple[int, bytes]:
    """What a socket that is not let in is answered; (101, b"") where it is."""
    try:
        with connect(address, additional_headers=headers, compression=None):
            return 101, b""
    except InvalidStatus as refused:
        return refused.response.status_code, refused.response.body or b""
