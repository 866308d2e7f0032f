"""Processes that are killed with -9 and started again, and a link that loses, delays and tears what goes over it. Also used by tests."""

import asyncio
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
        return True
    return False


class Killable:
    """A process of our own that answers on a port; what it says goes into a file."""

    def __init__(
        self, command: Sequence[str], port: int, *, environment: dict[str, str], log: Path, is_ready: Callable[[int], bool] = listens
    ) -> None:
        self.command, self.port, self.environment, self.log, self.is_ready = command, port, environment, log, is_ready
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Killable":
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def kill(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    async def ready(self, seconds: float = 60) -> float:
        """How long it took from now until it answers."""
        began = time.monotonic()
        while not await asyncio.to_thread(self.is_ready, self.port):
            if self.process is None or self.process.poll() is not None or time.monotonic() - began > seconds:
                raise SystemExit(f"{self.command[0]} does not answer, see {self.log}:\n{self.log.read_text()[-2000:]}")
            await asyncio.sleep(0.05)
        return time.monotonic() - began


def redis_of_its_own(folder: Path) -> Killable:
    """A Redis on a free port that remembers nothing."""
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "no"]
    return Killable(command, port, environment={"PATH": "/usr/bin:/bin:/usr/local/bin"}, log=folder / "redis.log")


class LossyLink:
    """A port before another: it hands on in odd pieces, late, at times not at all for a while, and cuts lines off."""

    def __init__(self, beyond: int, *, life: float = 6.0) -> None:
        self.beyond, self.life, self.port, self.cuts = beyond, life, 0, 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> "LossyLink":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            out_reader, out_writer = await asyncio.open_connection("127.0.0.1", self.beyond)
            ways = [asyncio.create_task(_carry(*way)) for way in ((reader, out_writer), (out_reader, writer))]
            ended, _others = await asyncio.wait(ways, timeout=random.expovariate(1 / self.life), return_when=asyncio.FIRST_COMPLETED)
            self.cuts += not ended
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            out_writer.transport.abort()
        writer.transport.abort()  # not closed: what was on its way is lost


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(random.choice((1, 7, 100, 1500, 65536))):
        chance = random.random()
        if chance < 0.002:
            await asyncio.sleep(random.uniform(0.3, 1.0))
        elif chance < 0.1:
            await asyncio.sleep(random.uniform(0.001, 0.03))
        writer.write(piece)
        await writer.drain()
