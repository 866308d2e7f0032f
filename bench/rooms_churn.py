"""Whether sockets that come and go leave anything behind: a third says goodbye, a third breaks off, a third talks nonsense.

    .venv/bin/python bench/rooms_churn.py                               # SQLite, 5,000 sockets, fifty at a time
    .venv/bin/python bench/rooms_churn.py --database postgresql --redis
    .venv/bin/python bench/rooms_churn.py --cycles 600

Starts the site's own server over a folder (or scratch database) that is thrown away. One member sits in the hall all the time and hears who
is there. Printed are memory, tasks, threads, open files and database connections before and after, how many answers were what they had to
be, and how long after the last death the member has heard the truth. What does not hold is said, and the exit status is 1.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench"), str(ROOT / "script")]

import rooms as bench  # noqa: E402
from websockets.asyncio.client import ClientConnection, connect  # noqa: E402
from websockets.exceptions import ConnectionClosed, WebSocketException  # noqa: E402

AT_ONCE, WARM_UP = 50, 300
MEMORY, TRUE_AGAIN = 30, 60  # megabytes, seconds
COUNTS = "/counts-of-this-process"
NONSENSE: list[str | bytes] = [
    "{",
    "[]",
    "null",
    b"\x00\xff",
    '{"action": NaN}',
    "[" * 8000,
    '{"type": "event", "seq": 1}',
    "9" * 6000,
    "a" * 17_000,
]
# A reserved kind of frame, a frame without a mask, text that is none, a length that is too much.
BROKEN = [b"\x83\x80abcd", b"\x81\x02{}", b"\x81\x82abcd\x9e\x9c", b"\x81\xff\x00\x00\x00\x00\x7f\xff\xff\xff"]


def main() -> int:
    if "--serve" in sys.argv:
        return _serve()
    options = _options()
    with ExitStack() as stack:
        environment = bench._environment(options, stack)
        told = bench._fill(options, environment)
        port, pid = stack.enter_context(bench._process(["bench/rooms_churn.py", "--serve"], environment))
        database = environment["DATABASE_URL"].rpartition("/")[2]
        return asyncio.run(_Churn(told, port, pid, database).run(options.cycles))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--redis", action="store_true")
    parser.add_argument("--var", default="", help="SQLite in a folder that stays: the next run prepares nothing")
    parser.add_argument("--cycles", type=int, default=5000)
    parser.set_defaults(processes=1, clients=100)
    return parser.parse_args()


def _serve() -> int:
    """The site's own server, which also tells how much it holds."""
    import serve
    import uvicorn

    config = serve.config()
    from cop_site.asgi import application

    async def counting(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != COUNTS:
            await application(scope, receive, send)
            return
        told = json.dumps({"tasks": len(asyncio.all_tasks())}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(told)).encode())]})
        await send({"type": "http.response.body", "body": told})

    config.app = counting
    uvicorn.Server(config).run(sockets=serve.listening.sockets())
    return 0


class _Churn:
    """Sockets that come and go, and what the server holds meanwhile."""

    def __init__(self, told: dict[str, Any], port: int, pid: int, database: str) -> None:
        self.cookies, self.port, self.pid, self.database = told["cookies"], port, pid, database
        self.address = f"ws://127.0.0.1:{port}/ws/rooms/{told['room']}/?since=999999999"
        self.as_it_should, self.wrong = 0, {}
        self.present = 0

    async def run(self, cycles: int) -> int:
        async with self._link(0) as watching:
            listening = asyncio.create_task(self._hear(watching))
            await self._some(WARM_UP)
            await asyncio.sleep(3)
            before = self._counts()
            began = time.monotonic()
            await self._some(cycles)
            took, ended = time.monotonic() - began, time.monotonic()
            while self.present != 1 and time.monotonic() - ended < TRUE_AGAIN + 10:
                await asyncio.sleep(0.1)
            true_after = time.monotonic() - ended
            await asyncio.sleep(12)  # lines of those who broke off are given up
            after = self._counts()
            listening.cancel()
        print(f"{cycles} sockets in {took:.0f} s; as it should be {self.as_it_should}; otherwise {self.wrong or 0}")
        print(f"true about who is there {true_after:.1f} s after the last death")
        return self._judge(before, after, true_after)

    def _judge(self, before: dict[str, float], after: dict[str, float], true_after: float) -> int:
        print(f"{'':16}{'before':>10}{'after':>10}")
        for name, count in before.items():
            print(f"{name:16}{count:>10.0f}{after[name]:>10.0f}")
        grown = [name for name in before if after[name] - before[name] > (MEMORY if name == "memory MB" else 2)]
        if true_after > TRUE_AGAIN:
            grown.append("presence")
        print(f"Not as before: {', '.join(grown)}" if grown else "Nothing is left behind.")
        return 1 if grown or self.wrong else 0

    def _counts(self) -> dict[str, float]:
        with urlopen(f"http://127.0.0.1:{self.port}{COUNTS}", timeout=10) as told:
            tasks = json.load(told)["tasks"]
        files = [os.readlink(one) for one in _files_of(self.pid)]
        ways = len(bench._backends(self.database)) if self.database else sum(name.endswith("db.sqlite3") for name in files)
        threads = len(list(Path(f"/proc/{self.pid}/task").iterdir()))
        return {"memory MB": bench._resident(self.pid), "tasks": tasks, "threads": threads, "open files": len(files), "connections": ways}

    async def _hear(self, watching: ClientConnection) -> None:
        async for said in watching:
            frame = json.loads(said)
            if frame["type"] == "presence":
                self.present = frame["count"]

    async def _some(self, cycles: int) -> None:
        """So many sockets, ``AT_ONCE`` of them beside each other."""
        numbers = iter(range(cycles))

        async def one_after_the_other() -> None:
            for number in numbers:
                try:
                    await (self._polite, self._abrupt, self._malformed)[number % 3](number)
                    self.as_it_should += 1
                except (OSError, WebSocketException, TimeoutError, AssertionError) as error:
                    name = f"{('polite', 'abrupt', 'malformed')[number % 3]}: {type(error).__name__} {error}"[:80]
                    self.wrong[name] = self.wrong.get(name, 0) + 1

        await asyncio.gather(*(one_after_the_other() for _one in range(AT_ONCE)))

    def _link(self, number: int) -> connect:
        cookie = self.cookies[number % len(self.cookies)]
        return connect(self.address, additional_headers={"Cookie": cookie}, compression=None, open_timeout=30)

    async def _polite(self, number: int) -> None:
        async with self._link(number) as link:
            await _until(link, "hello")
            await link.send(json.dumps({"action": "hand.raise", "client_id": str(uuid4()), "data": {}}))
            await _until(link, "ack")

    async def _abrupt(self, number: int) -> None:
        link = await self._link(number)
        if number % 2:
            await _until(link, "hello")
        link.transport.abort()
        await link.wait_closed()

    async def _malformed(self, number: int) -> None:
        """Words that cannot be read are answered; what is no frame closes the socket, with a code that says so."""
        async with self._link(number) as link:
            await _until(link, "hello")
            if number % 2:
                await link.send(random.choice(NONSENSE))  # noqa: S311 - any of them
                await _until(link, "error")
                return
            link.transport.write(random.choice(BROKEN))  # noqa: S311
            with suppress(ConnectionClosed):
                while True:
                    await asyncio.wait_for(link.recv(), 20)
            assert link.close_code in {1002, 1007, 1009}, f"closed with {link.close_code}"


async def _until(link: ClientConnection, kind: str) -> None:
    while json.loads(await asyncio.wait_for(link.recv(), 20))["type"] != kind:
        pass


def _files_of(pid: int) -> list[Path]:
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            os.readlink(one)
            found.append(one)
    return found


if __name__ == "__main__":
    sys.exit(main())
