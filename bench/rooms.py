"""What a room costs: how long an entry takes to everybody, and the processor microseconds of all server processes for each delivery.

    .venv/bin/python bench/rooms.py                                       # SQLite: 500 sockets, 20 entries a second, 30 seconds, then the ramp
    .venv/bin/python bench/rooms.py --database postgresql                 # the one of DATABASE_URL, else of script/services start
    .venv/bin/python bench/rooms.py --database postgresql --redis --processes 2
    .venv/bin/python bench/rooms.py --clients 120 --rate 5 --seconds 10 --no-ramp --only room

Starts the site's own server in demo mode over a folder (or scratch database) that is thrown away and fills the hall of ``ruang-demo`` with
sockets, each with a session of an account of its own; some of them talk in turn. Two baselines follow in the same run, heard by the same
crowd, of the same bytes (bench/shouting.py): a bare ``websockets`` broadcast is the limit, ``group_send`` of Channels what is usual.
Neither stores anything or asks who anybody is. The ramp raises the rate by half until p95 is above 200 ms; where it is already, it lowers it
until it is not. The crowd runs on the same machine in one process that shares the processor with the servers: what it takes itself is told,
and counted to nobody. Limits are off.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from browsing import Browser, spent_by  # noqa: E402
from hearing import Crowd, Heard, chat, entries  # noqa: E402
from search import _database as scratch_database  # noqa: E402
from search import _known as known_services  # noqa: E402

EVENT = "ruang-demo"
THINGS_TO_SAY = 3_000
WARM_UP, REST = 3.0, 5.0  # seconds
RAMP = 1.5
STEP = 6.0  # seconds of each step of the ramp
TOO_LATE = 200.0  # ms
LINE = "{:<10}{:>8}{:>17}{:>8}{:>8}{:>8}{:>9}{:>13}{:>8}{:>12}{:>12}"
HEAD = ("server", "a second", "delivered", "p50 ms", "p95", "p99", "ack p95", "µs a delivery", "ratio", "memory MB", "crowd's µs")


@dataclass(frozen=True)
class Server:
    """What is measured: where it listens, and the processes that are paid for."""

    name: str
    ports: tuple[int, ...]
    processes: tuple[int, ...]
    database: str = ""

    def spent(self) -> float:
        return spent_by(*self.processes, *_backends(self.database))

    def memory(self) -> float:
        return sum(_resident(pid) for pid in self.processes)


def main() -> None:
    if "--prepare" in sys.argv:
        return _prepare(int(sys.argv[-1]))
    options = _options()
    with ExitStack() as stack:
        environment = _environment(options, stack)
        told = _fill(options, environment)
        print(LINE.format(*HEAD))
        bare = None
        for name in ("bare", "channels", "room") if options.only == "all" else (options.only,):
            bare = uvloop.run(_measure(name, told, environment, options, bare)) or bare
    return None


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--redis", action="store_true", help="rings between processes, and the layer of Channels")
    parser.add_argument("--processes", type=int, default=1, help="of the site's server; more than one needs --redis")
    parser.add_argument("--var", default="", help="SQLite in a folder that stays: the next run prepares nothing")
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--rate", type=float, default=20, help="entries a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--no-ramp", dest="ramp", action="store_false")
    parser.add_argument("--only", choices=("all", "bare", "channels", "room"), default="all")
    return parser.parse_args()


# --- servers


def _environment(options: argparse.Namespace, stack: ExitStack) -> dict[str, str]:
    folder, url, known = options.var or stack.enter_context(tempfile.TemporaryDirectory(prefix="cop-bench-")), "", known_services()
    if options.database == "postgresql":
        if not (url := known.get("DATABASE_URL", "")).startswith("postgres"):
            sys.exit("No PostgreSQL: script/services start brings it, or set DATABASE_URL.")
        url = stack.enter_context(scratch_database(url))
    redis = known.get("REDIS_URL", "") if options.redis else ""
    if bool(redis) != options.redis or (options.processes > 1 and not redis):
        sys.exit("Several processes need --redis, and --redis a Redis: script/services start brings it, or set REDIS_URL.")
    told = {"COP_VAR": folder, "DATABASE_URL": url, "REDIS_URL": redis, "COP_MODE": "demo", "RATE_LIMITS": "off", "HOST": "127.0.0.1"}
    own = {"ELASTICSEARCH_URL": "", "ELASTICSEARCH_INDEX": f"bench-{os.getpid()}", "DJANGO_SETTINGS_MODULE": "cop_site.settings"}
    return os.environ | told | own


def _fill(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """The demo network, and the sessions of as many members as there will be sockets."""
    subprocess.run([sys.executable, ROOT / "script" / "prepare.py"], env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [sys.executable, __file__, "--prepare", str(options.clients)]
    made = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    shape = f"{options.database}{' and Redis' if options.redis else ''}, {options.processes} process{'es' * (options.processes > 1)}"
    print(f"{shape}; {options.clients} sockets; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    return json.loads(made.stdout)


def _prepare(number: int) -> None:
    """Runs as a process of its own: sessions (the form would take minutes of argon2; what it leaves behind is the same), and what is said."""
    import django

    django.setup(set_prefix=False)
    from django.conf import settings
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    from cop_site.demo import crowd, mumbling
    from cop_site.events.models import Room
    from cop_site.screening.guard import screen

    keys = []
    for person in crowd.members(number):
        request = HttpRequest()
        request.session = SessionStore()
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session.save()
        keys.append(f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}")
    hall = Room.objects.get(event__slug=EVENT, kind=Room.Kind.HALL)
    dice = random.Random(9)  # noqa: S311 - the same words in each run
    words = [mumbling.passage(dice, 1) for _one in range(THINGS_TO_SAY)]
    allowed = [one for one in words if not any(hit.action == "block" for hit in screen(f"{0:06} {one}"))]
    print(json.dumps({"room": str(hall.pk), "cookies": keys, "words": allowed}))


@contextmanager
def _serving(name: str, environment: dict[str, str], processes: int) -> Iterator[Server]:
    """A server on ports of its own until we are done."""
    command = ["script/serve.py", "--only-serve"] if name == "room" else ["bench/shouting.py", name]
    with ExitStack() as stack:
        started = [stack.enter_context(_process(command, environment)) for _one in range(processes)]
        ports, pids = (tuple(part) for part in zip(*started, strict=True))
        database = environment["DATABASE_URL"].rpartition("/")[2] if name == "room" else ""
        yield Server(name, ports, pids, database)


@contextmanager
def _process(command: list[str], environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = environment | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen([sys.executable, ROOT / command[0], *command[1:]], env=own, stdout=subprocess.DEVNULL, cwd=ROOT) as server:
        try:
            _wait_for(port, server)
            yield port, server.pid
        finally:
            server.send_signal(signal.SIGTERM)


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _try in range(600):
        if server.poll() is not None:
            sys.exit(f"The server ended with {server.returncode}.")
        try:
            if Browser(port).get("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server does not answer.")


def _backends(database: str) -> tuple[int, ...]:
    """PostgreSQL's processes that work for this database, where it runs here."""
    return tuple(pid for pid, said in _commands() if database and said.startswith("postgres:") and f" {database} " in said)


def _commands() -> Iterator[tuple[int, str]]:
    for one in Path("/proc").iterdir():
        if one.name.isdecimal() and (command := one / "cmdline").exists():
            try:
                yield int(one.name), command.read_text(errors="replace").replace("\0", " ")
            except OSError:
                continue  # it has ended


def _resident(pid: int) -> float:
    """Megabytes in memory."""
    told = dict(line.split(":", 1) for line in (Path("/proc") / str(pid) / "status").read_text().splitlines())
    return int(told["VmRSS"].split()[0]) / 1024


# --- measuring


async def _measure(
    name: str, told: dict[str, Any], environment: dict[str, str], options: argparse.Namespace, bare: float | None
) -> float | None:
    """The run as asked for, then the ramp; what a bare delivery costs, where it was this one that was measured."""
    with _serving(name, environment, options.processes if name == "room" else 1) as server:
        crowd = Crowd((chat if name == "room" else entries)(told["words"]), is_log=name == "room")
        path = f"/ws/rooms/{told['room']}/?since=999999999" if name == "room" else "/"
        took = await crowd.open([(server.ports[at % len(server.ports)], path, cookie) for at, cookie in enumerate(told["cookies"])])
        await crowd.talk(options.rate, WARM_UP)
        began, idle = server.memory(), await _at_rest(server)
        spent, heard = await _talk(server, crowd, options.rate, options.seconds)
        each = spent * 1000 / max(1, len(heard.took))
        _print_row(server, heard, options.rate, each, bare, f"{began:.0f} → {server.memory():.0f}")
        if options.ramp:
            await _ramp(server, crowd, options.rate, heard)
        print(f"  opened in {took:.1f} s; at rest {idle:.1f} ms of processor a second; {heard.size} bytes an entry\n", flush=True)
        crowd.close()
    return each if name == "bare" else None


async def _ramp(server: Server, crowd: Crowd, rate: float, heard: Heard) -> None:
    """Faster until p95 is too late; where it was too fast already, slower until it keeps up."""
    factor = RAMP if _keeps_up(heard) else 1 / RAMP
    while _keeps_up(heard) == (factor > 1) and rate > 1:
        await crowd.settle()
        rate = round(rate * factor)
        spent, heard = await _talk(server, crowd, rate, STEP)
        _print_row(server, heard, rate, spent * 1000 / max(1, len(heard.took)), None, f"{server.memory():.0f}")


def _keeps_up(heard: Heard) -> bool:
    return len(heard.took) == heard.expected and heard.milliseconds(0.95) <= TOO_LATE


async def _at_rest(server: Server) -> float:
    before = server.spent()
    await asyncio.sleep(REST)
    return (server.spent() - before) / REST


async def _talk(server: Server, crowd: Crowd, rate: float, seconds: float) -> tuple[float, Heard]:
    before = server.spent()
    heard = await crowd.talk(rate, seconds)
    return server.spent() - before, heard


def _print_row(server: Server, heard: Heard, rate: float, each: float, bare: float | None, memory: str) -> None:
    p50, p95, p99 = (f"{heard.milliseconds(share):.1f}" for share in (0.5, 0.95, 0.99))
    acks = sorted(heard.acked)
    ack = f"{acks[int(len(acks) * 0.95)] * 1000:.1f}" if acks else ""
    own = f"{heard.own * 1e6 / max(1, len(heard.took)):.1f}"
    count, ratio = f"{len(heard.took):,}/{heard.expected:,}", f"{each / bare:.2f}" if bare else ""
    print(LINE.format(server.name, f"{rate:g}", count, p50, p95, p99, ack, f"{each:.1f}", ratio, memory, own), flush=True)
    if heard.disorder or heard.closed or heard.refused:
        print(f"  out of order {heard.disorder}, closed {heard.closed}, refused {sorted(set(heard.refused))}")


if __name__ == "__main__":
    main()
