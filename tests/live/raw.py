"""A socket without a library: every byte of it is written by hand, the wrong ones too."""

import os
import socket
import struct
from contextlib import contextmanager
from typing import Any

from tests.live.talking import cookie, session_of

TEXT, BINARY, CLOSE, PING, CONTINUED = 1, 2, 8, 9, 0
DROPPED = 0  # no code: the line was cut


def packet(
    opcode: int, said: bytes = b"", *, is_last: bool = True, reserved: int = 0, masked: bool = True, length: int | None = None
) -> bytes:
    size = len(said) if length is None else length
    bit = 0x80 if masked else 0
    short = (
        struct.pack("!B", bit | size)
        if size < 126
        else struct.pack("!BH", bit | 126, size)
        if size < 65536
        else struct.pack("!BQ", bit | 127, size)
    )
    mask = os.urandom(4) if masked else b""
    words = bytes(letter ^ mask[at % 4] for at, letter in enumerate(said)) if masked else said
    return bytes([(0x80 if is_last else 0) | reserved << 4 | opcode]) + short + mask + words


class Raw:
    """What comes back, packet by packet."""

    def __init__(self, line: socket.socket) -> None:
        self.line, self.rest = line, b""

    def send(self, *packets: bytes) -> None:
        self.line.sendall(b"".join(packets))

    def _take(self, size: int) -> bytes:
        while len(self.rest) < size:
            more = self.line.recv(65536)
            if not more:
                raise EOFError
            self.rest += more
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken

    def next(self) -> tuple[int, bytes]:
        first, size = self._take(2)
        if size == 126:
            size = struct.unpack("!H", self._take(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._take(8))[0]
        return first & 15, self._take(size)

    def until(self, word: bytes) -> bytes:
        """The next packet that holds a word."""
        while word not in (said := self.next()[1]):
            pass
        return said

    def closed_with(self) -> int:
        try:
            while True:
                opcode, said = self.next()
                if opcode == CLOSE:
                    return struct.unpack("!H", said[:2])[0] if said else 1005
        except (EOFError, ConnectionResetError):
            return DROPPED


@contextmanager
def raw(url: str, room: Any, person: Any, *, session: str = ""):
    host, port = url.removeprefix("http://").split(":")
    said = cookie(session or session_of(person)) | {
        "Host": f"{host}:{port}",
        "Origin": url,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(
            "\r\n".join([f"GET /ws/rooms/{room}/ HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""]).encode()
        )
        one = Raw(line)
        while not one.rest.endswith(b"\r\n\r\n") and b"\r\n\r\n" not in one.rest:
            one.rest += line.recv(65536)
        one.rest = one.rest.split(b"\r\n\r\n", 1)[1]
        yield one
