"""What rings cost: memory of each socket, and the processor milliseconds of the server for one ring to all of them.

    .venv/bin/python bench/rings.py                    # 500 sockets of 500 accounts, all in one topic; 20 rings
    .venv/bin/python bench/rings.py --clients 120 --rings 5

The site's own application over a folder that is thrown away (demo network, SQLite, one process). A ring is told to it as a deed would, over its
standard input: what an answer costs that is written and indexed is not counted. Before it is handed out the server asks who may still hear it, and it
does the same for all sockets every two seconds while nothing happens ("at rest"). The baseline in the same run is a bare ``websockets`` broadcast of
the same bytes, which asks nobody anything. Limits are off.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import uvloop

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from hearing import CLOSE, TEXT, Crowd  # noqa: E402
from killing import free_port  # noqa: E402
from rooms import Server, _at_rest, _environment, _fill, _process, _wait_for  # noqa: E402

RING, GONE = b'{"ring": "topic"}', (1001).to_bytes(2)
APART, PATIENCE = 1.3, 10.0  # seconds: a socket hears one ring of a name a second
LINE = "{:<8}{:>12}{:>13}{:>12}{:>15}{:>8}{:>8}{:>22}"
HEAD = ("server", "heard", "KB a socket", "ms to open", "ms for a ring", "p50 ms", "p95", "at rest, ms a second")


class Listening(Crowd):
    """Sockets that hear nothing but rings."""

    rang_at = 0.0

    def __init__(self) -> None:
        super().__init__(lambda _at: RING, is_log=False)

    def take(self, ear: Any, opcode: int, words: bytes, now: float) -> None:
        if opcode == TEXT:
            self.heard.took.append(now - self.rang_at)
        else:
            super().take(ear, opcode, words, now)

    async def hear(self, ring: Callable[[], None], times: int) -> None:
        """So many rings, each when all have heard the one before."""
        for turn in range(1, times + 1):
            self.rang_at = time.perf_counter()
            ring()
            while len(self.heard.took) < turn * len(self.ears) and time.perf_counter() - self.rang_at < PATIENCE:
                await asyncio.sleep(0.02)
            await asyncio.sleep(max(0.0, self.rang_at + APART - time.perf_counter()))


def main() -> None:
    if sys.argv[1:] == ["--serve"]:
        return _serve()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--rings", type=int, default=20)
    options = parser.parse_args(namespace=argparse.Namespace(database="sqlite", redis=False, processes=1, var=""))
    with ExitStack() as stack:
        environment = _environment(options, stack)
        cookies = _fill(options, environment)["cookies"]
        print(LINE.format(*HEAD))
        for serving in (_bare, _site):
            with serving(environment) as (server, path, line):
                uvloop.run(_measure(server, [(server.ports[0], path, cookie) for cookie in cookies], line, options.rings))
    return None


def _serve() -> None:
    """The site, and a ring for each line that comes in. The first line that goes out is the topic."""
    sys.path.insert(0, str(ROOT / "script"))
    import django
    import serve
    import uvicorn

    django.setup(set_prefix=False)
    from django.db import connections

    from cop_site.core import ring
    from cop_site.forums.models import Topic
    from cop_site.live.listeners import TOPIC

    topic = Topic.objects.shown().filter(forum__visibility="jaringan").order_by("pk").values_list("pk", flat=True)[0]
    connections.close_all()
    print(topic, flush=True)
    threading.Thread(target=_tell, args=(ring.tell, TOPIC, topic), daemon=True).start()
    config = serve.config()
    config.port = int(os.environ["PORT"])
    serve.leave_what_stays()
    uvicorn.Server(config).run()


def _tell(tell: Callable[[str, Any], None], name: str, what: Any) -> None:
    for _line in sys.stdin:
        tell(name, what)


@contextmanager
def _bare(environment: dict[str, str]) -> Iterator[tuple[Server, str, None]]:
    with _process(["bench/shouting.py", "bare"], environment) as (port, pid):
        yield Server("bare", (port,), (pid,)), "/", None


@contextmanager
def _site(environment: dict[str, str]) -> Iterator[tuple[Server, str, Any]]:
    own = environment | {"PORT": str(free_port())}
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, env=own, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            topic = int(process.stdout.readline())
            _wait_for(int(own["PORT"]), process)
            yield Server("rings", (int(own["PORT"]),), (process.pid,)), f"/ws/rings/?topic={topic}", process.stdin
        finally:
            process.terminate()


async def _measure(server: Server, doors: list[tuple[int, str, str]], line: Any, times: int) -> None:
    crowd = Listening()
    await crowd.open(doors[:1])  # what is made once
    await asyncio.sleep(3)
    empty, before = server.memory(), server.spent()
    await crowd.open(doors[1:])
    opening = (server.spent() - before) / (len(doors) - 1)
    await asyncio.sleep(3)
    each = (server.memory() - empty) * 1024 / (len(doors) - 1)
    rest = await _at_rest(server)
    before, began = server.spent(), time.perf_counter()
    await crowd.hear(lambda: _ring(crowd, line), times)
    spent = server.spent() - before - rest * (time.perf_counter() - began)
    heard = f"{len(crowd.heard.took)}/{times * len(doors)}"
    p50, p95 = (f"{crowd.heard.milliseconds(share):.1f}" for share in (0.5, 0.95))
    costs = (f"{each:.1f}", f"{opening:.1f}", f"{spent / times:.1f}")
    print(LINE.format(server.name, heard, *costs, p50, p95, f"{rest:.1f}"), flush=True)
    for ear in crowd.ears:
        ear.say(GONE, CLOSE)
    await asyncio.sleep(1)
    crowd.close()


def _ring(crowd: Listening, line: Any) -> None:
    if line is None:
        crowd.ears[0].say(RING)
    else:
        line.write("\n")
        line.flush()


if __name__ == "__main__":
    main()
