"""Many sockets that listen and a few that speak, as cheap as they can be made: their processor time is the server's too, on one machine."""

import asyncio
import json
import struct
import time
from array import array
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

TEXT, CLOSE, PING = 0x81, 0x88, 0x89
EVENT = b'{"type":"event","seq":'
MARK = b'"text":"'  # what is said begins with its number, six digits
SPEAKERS = 20
OPENING = 16  # at once
PATIENCE = 10.0  # seconds for what is still on its way


@dataclass
class Heard:
    """What came of one run."""

    expected: int = 0
    took: array = field(default_factory=lambda: array("d"))  # seconds from saying to hearing, of each delivery
    acked: array = field(default_factory=lambda: array("d"))
    refused: list[str] = field(default_factory=list)
    disorder: int = 0
    closed: int = 0
    size: int = 0  # bytes of an entry on the wire
    own: float = 0.0  # processor seconds of the crowd itself

    def milliseconds(self, share: float) -> float:
        took = sorted(self.took)
        return took[min(len(took) - 1, int(len(took) * share))] * 1000 if took else float("inf")


class Ear(asyncio.Protocol):
    """One socket: shakes hands, reads frames, counts."""

    def __init__(self, crowd: "Crowd", path: str, cookie: str) -> None:
        self.crowd, self.path, self.cookie = crowd, path, cookie
        self.rest, self.seq, self.is_open = b"", 0, False
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        host, port = transport.get_extra_info("peername")[:2]
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {host}:{port}", "Upgrade: websocket", "Connection: Upgrade", f"Cookie: {self.cookie}"]
        lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""]
        transport.write("\r\n".join(lines).encode())

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.heard.closed += self.is_open
        self.is_open = False

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        data = self.rest + data if self.rest else data
        if not self.is_open:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                self.rest = head
                return
            self._shaken(head)
        at, end = 0, len(data)
        while end - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                length, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            elif length == 127:
                length, start = int.from_bytes(data[start : start + 8], "big"), start + 8
            if start + length > end:
                break
            self.crowd.take(self, data[at], data[start : start + length], now)
            at = start + length
        self.rest = data[at:]

    def _shaken(self, head: bytes) -> None:
        self.is_open = head.startswith(b"HTTP/1.1 101")
        if self.is_open:
            self.opened.set_result(None)
        else:
            self.opened.set_exception(ConnectionError(head.partition(b"\r\n")[0].decode()))

    def say(self, words: bytes, opcode: int = TEXT) -> None:
        """A frame under a mask of zeros: the words as they are."""
        if not self.is_open:
            return
        size = len(words)
        length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0xFE, size)
        self.transport.write(bytes([opcode]) + length + b"\0\0\0\0" + words)


class Crowd:
    """All sockets of one room, and when each thing was said."""

    def __init__(self, speech: Callable[[int], bytes], *, is_log: bool) -> None:
        self.ears: list[Ear] = []
        self.heard, self.speech, self.is_log = Heard(), speech, is_log
        self._frames = 0
        self._said_at: list[float] = []
        self._rest = asyncio.Event()

    async def open(self, doors: list[tuple[int, str, str]]) -> float:
        """Open them all, a few at once, and wait until they have been greeted; how many seconds it took."""
        began, turn = time.perf_counter(), asyncio.Semaphore(OPENING)

        async def enter(port: int, path: str, cookie: str) -> None:
            async with turn:
                loop = asyncio.get_running_loop()
                _transport, ear = await loop.create_connection(lambda: Ear(self, path, cookie), "127.0.0.1", port)
                await asyncio.wait_for(ear.opened, 60)
                self.ears.append(ear)

        await asyncio.gather(*(enter(*door) for door in doors))
        return time.perf_counter() - began

    async def talk(self, rate: float, seconds: float) -> Heard:
        """So many entries a second, from several sockets in turn; what all sockets heard of them."""
        self.heard, self._said_at = Heard(closed=self.heard.closed), []
        self._rest.clear()
        speakers = [ear for ear in self.ears if ear.is_open][:: max(1, len(self.ears) // SPEAKERS)]
        spent, began, number = time.process_time(), time.perf_counter(), int(rate * seconds)
        self.heard.expected = number * len(self.ears)
        for at in range(number):
            if (early := began + at / rate - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            words = self.speech(at)
            self._said_at.append(time.perf_counter())
            speakers[at % len(speakers)].say(words)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rest.wait(), PATIENCE)
        self.heard.own = time.process_time() - spent
        return self.heard

    async def settle(self) -> None:
        """Until nothing more comes of what was said before."""
        for _second in range(60):
            before = self._frames
            await asyncio.sleep(1)
            if self._frames == before:
                return

    def take(self, ear: Ear, opcode: int, words: bytes, now: float) -> None:
        self._frames += 1
        if opcode == TEXT and words.startswith(EVENT):
            at = words.find(MARK) + len(MARK)
            number, seq = words[at : at + 6], int(words[22 : words.find(b",", 22)])
            self.heard.disorder += bool(self.is_log and ear.seq and seq != ear.seq + 1)
            ear.seq = seq
            if number.isdigit() and (place := int(number)) < len(self._said_at):
                self.heard.took.append(now - self._said_at[place])
                self.heard.size = len(words)
                if len(self.heard.took) == self.heard.expected:
                    self._rest.set()
        elif opcode == TEXT:
            self._take_answer(json.loads(words), now)
        elif opcode == PING:
            ear.say(words, 0x8A)
        elif opcode == CLOSE:
            self.heard.refused.append(f"closed {int.from_bytes(words[:2], 'big')}")

    def _take_answer(self, told: dict[str, Any], now: float) -> None:
        if told["type"] == "error":
            self.heard.refused.append(told["code"])
        elif told["type"] == "ack":
            self.heard.acked.append(now - self._said_at[int(told["client_id"][-12:])])

    def close(self) -> None:
        for ear in self.ears:
            ear.is_open = False
            ear.transport.abort()


def chat(words: list[str]) -> Callable[[int], bytes]:
    """What is said to a room: the number of it first, and in the client's own mark too."""

    def speech(at: int) -> bytes:
        mark = str(uuid4())[:24] + f"{at:012}"
        said = {"action": "chat.post", "client_id": mark, "data": {"text": f"{at:06} {words[at % len(words)]}"}}
        return json.dumps(said).encode()

    return speech


def entries(words: list[str]) -> Callable[[int], bytes]:
    """The same said ready for everybody, with the bytes that a room makes of it, for a server that only repeats."""

    seqs = count(1)

    def speech(at: int) -> bytes:
        text, seq = f"{at:06} {words[at % len(words)]}", next(seqs)
        data = {"id": seq, "text": text, "html": f"<p>{text}</p>\n"}
        actor = {"id": "load-00001", "name": "Anggota Muatan 00001"}
        told = {"type": "event", "seq": seq, "kind": "chat.post", "at": "2026-01-01T00:00:00.000+00:00", "actor": actor, "data": data}
        return json.dumps(told, separators=(",", ":")).encode()

    return speech
