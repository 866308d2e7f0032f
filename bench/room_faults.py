"""Proof that a room loses nothing: people talk over links that tear while the server is killed with -9 and started again.

    .venv/bin/python bench/room_faults.py                                                   # SQLite, one process
    .venv/bin/python bench/room_faults.py --database postgresql                             # the one of DATABASE_URL, else of script/services start
    .venv/bin/python bench/room_faults.py --database postgresql --processes 2 --redis       # two processes and a Redis that dies too
    .venv/bin/python bench/room_faults.py --kills 3 --messages 200 --senders 4 --readers 4  # a short one

Starts the site's own server over a new room in a folder (or scratch database) that is thrown away. Each client keeps two links, over a
proxy that hands on in odd pieces, late or not for a while, and cuts lines; each new link takes any process. Whoever sends, sends again under the same
client_id what is not acknowledged; whoever listens goes on from its number. With --redis a Redis of its own is killed in the middle and
started again, and then stays away for --away seconds. At the end every acknowledged message must stand in the log once, where its number
says, the log be dense, and everybody have heard just that, each link in order; the room readable within 5 s of a start and everybody caught up
within 3 s after; nothing heard later than 10 s after its acknowledgement while Redis is away. What does not hold is printed, and the exit status is 1.
"""

import argparse
import asyncio
import json
import math
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from insisting import Insisting, Pace, Stored, acknowledged, all_have, faults, slowest_delivery  # noqa: E402
from killing import Killable, LossyLink, free_port, redis_of_its_own  # noqa: E402
from search import _database as scratch_database  # noqa: E402
from search import _known as known_services  # noqa: E402

READY, CAUGHT_UP, HEARD = 5.0, 3.0, 10.0  # seconds that must do
A_SECOND = 50  # messages of all senders together
SAID_WITHOUT_REDIS = 0.2  # of the messages
CUT_SHORT = 0.25  # of the kills come while clients are still coming back


@dataclass
class Hall:
    """The room that everybody is in, and how they get there."""

    room: str
    cookies: list[str]
    sites: list[Killable]
    redis: Killable | None

    def ask(self, query: str, port: int = 0) -> dict[str, Any]:
        address = f"http://127.0.0.1:{port or random.choice(self.sites).port}/events/rooms/{self.room}/log?{query}"
        with urlopen(Request(address, headers={"Cookie": self.cookies[0]}), timeout=30) as answer:
            return json.load(answer)

    def is_open(self, port: int) -> bool:
        """Whether the process behind a port lets people read."""
        try:
            return bool(self.ask("since=999999999", port)["state"])
        except OSError:
            return False

    def pages(self) -> Iterator[dict[str, Any]]:
        since = 0
        while events := self.ask(f"since={since}")["events"]:
            yield from events
            since = events[-1]["seq"]

    def stored(self) -> Stored:
        return [(told["seq"], told["data"]["text"]) for told in self.pages()]


@dataclass
class Found:
    """What was measured, and what does not hold."""

    ready: list[float] = field(default_factory=list)
    caught_up: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def must(self, what: str, took: float | None, most: float) -> None:
        if took is None or took > most:
            self.wrong.append(f"{what}: {'never' if took is None else f'{took:.1f} s'}, at most {most:.0f} s are allowed")


def main() -> None:
    options = _options()
    if options.child:
        _make_room(options.child)
        return
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever stops it leaves no server and no database behind
    with ExitStack() as stack:
        hall = _hall(options, stack)
        wrong = asyncio.run(_play(hall, options))
    for one in wrong[:40]:
        print(f"DOES NOT HOLD: {one}")
    sys.exit(1 if wrong else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--processes", type=int, default=1, help="web processes; more than one with --redis, on PostgreSQL")
    parser.add_argument("--redis", action="store_true", help="a Redis of its own, which dies too")
    for name, usual in {"kills": 20, "messages": 2000, "senders": 10, "readers": 10, "away": 60}.items():
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.processes > 1 and not (options.redis and options.database == "postgresql"):
        parser.error("several processes need --database postgresql --redis")
    return options


# --- what is played on


def _hall(options: argparse.Namespace, stack: ExitStack) -> Hall:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cop-bench-")))
    redis = stack.enter_context(redis_of_its_own(folder)) if options.redis else None
    environment = _environment(options, folder, redis, stack)
    command = [sys.executable, __file__, "--child", str(options.senders + options.readers)]
    made = json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout)
    hall = Hall(made["room"], made["cookies"], [], redis)
    hall.sites += [stack.enter_context(_site(environment, folder, number, hall)) for number in range(options.processes)]
    return hall


def _environment(options: argparse.Namespace, folder: Path, redis: Killable | None, stack: ExitStack) -> dict[str, str]:
    url = ""
    if options.database == "postgresql":
        if not (url := known_services().get("DATABASE_URL", "")).startswith("postgres"):
            sys.exit("No PostgreSQL: script/services start brings it, or set DATABASE_URL.")
        url = stack.enter_context(scratch_database(url))
    told = {"COP_VAR": str(folder), "DATABASE_URL": url, "COP_MODE": "demo", "RATE_LIMITS": "off", "HOST": "127.0.0.1"}
    told |= {"REDIS_URL": f"redis://127.0.0.1:{redis.port}/0" if redis else "", "ELASTICSEARCH_URL": ""}
    return os.environ | told | {"DJANGO_SETTINGS_MODULE": "cop_site.settings"}


def _site(environment: dict[str, str], folder: Path, number: int, hall: Hall) -> Killable:
    port = free_port()
    own = environment | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, str(ROOT / "script" / "serve.py"), "--only-serve"]
    return Killable(command, port, environment=own, log=folder / f"site-{number}.log", is_ready=hall.is_open)


def _make_room(people: int) -> None:
    """An event, and people who are signed in; in a process of its own."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from cop_site.demo import crowd

    call_command("migrate", verbosity=0)
    members = crowd.members(people)
    cookies = []
    for one in members:
        browser = Client()
        browser.force_login(one, backend=settings.AUTHENTICATION_BACKENDS[0])
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")
    print(json.dumps({"room": str(_new_hall().pk), "cookies": cookies}))


def _new_hall() -> Any:
    from datetime import timedelta

    from django.utils import timezone

    from cop_site.accounts.models import Role, User
    from cop_site.events.actions import open_event
    from cop_site.events.models import Room

    host = User.objects.create(email="host@load.example", name="Tuan Rumah", handle="host", role=Role.SECRETARIAT)
    now = timezone.now()
    told = {"slug": "acara", "name_id": "Acara", "about_id": "Uji.", "starts_at": now, "ends_at": now + timedelta(days=1)}
    return open_event(by=host, visibility="jaringan", **told).rooms.get(kind=Room.Kind.HALL)


# --- playing


async def _play(hall: Hall, options: argparse.Namespace) -> list[str]:
    found, pace = Found(), Pace(options.senders / A_SECOND, left=0)
    async with AsyncExitStack() as stack:
        for process in (*hall.sites, *([hall.redis] if hall.redis else [])):
            await process.ready()
        links = [await stack.enter_async_context(LossyLink(site.port)) for site in hall.sites]
        doors = [f"ws://127.0.0.1:{link.port}/ws/rooms/{hall.room}/?since=" for link in links]
        clients = [
            Insisting(doors, {"Cookie": cookie}, options.messages // options.senders if number < options.senders else 0)
            for number, cookie in enumerate(hall.cookies)
        ]
        began = time.monotonic()
        talking = [asyncio.create_task(client.live(pace)) for client in clients]
        await _kill_and_kill(hall, clients, pace, found, options)
        await _finish(clients, found)
        for client in clients:
            client.is_done = True
        await asyncio.gather(*talking)
        _print(clients, links, found, time.monotonic() - began, options)
    stored = await asyncio.to_thread(hall.stored)
    print(f"{len(stored):,} entries in the log, {acknowledged(clients):,} acknowledged")
    return found.wrong + faults(clients, stored) + _tracebacks(hall)


async def _kill_and_kill(hall: Hall, clients: list[Insisting], pace: Pace, found: Found, options: argparse.Namespace) -> None:
    """Between two kills a share of the messages is said, and each comes somewhere in it; Redis dies beside the server, and once by itself."""
    share = options.messages * (1 - (SAID_WITHOUT_REDIS if hall.redis else 0)) / (options.kills + 1)
    for kill in range(options.kills):
        if hall.redis and kill == options.kills // 2:
            await _without_redis(hall, clients, pace, found, options)
        pace.left += share
        await _until(clients, acknowledged(clients) + int(share * random.uniform(0.1, 0.9)))
        if hall.redis and kill % 5 == 2:
            hall.redis.kill()
            hall.redis.start()
        await _kill(random.choice(hall.sites), hall, clients, found, is_cut_short=random.random() < CUT_SHORT)
    pace.left = math.inf


async def _until(clients: list[Insisting], messages: int) -> None:
    """Until so many are acknowledged."""
    until = time.monotonic() + 30
    while acknowledged(clients) < messages and time.monotonic() < until:
        await asyncio.sleep(0.02)


async def _kill(site: Killable, hall: Hall, clients: list[Insisting], found: Found, *, is_cut_short: bool) -> None:
    site.kill()
    site.start()
    found.ready.append(await site.ready())
    found.must("ready again", found.ready[-1], READY)
    if not is_cut_short:
        began = time.monotonic()
        latest = (await asyncio.to_thread(hall.ask, "since=999999999"))["latest"]
        took = await all_have(clients, latest, 20)
        found.must("caught up", took and time.monotonic() - began, CAUGHT_UP)
        found.caught_up.append(time.monotonic() - began)


async def _without_redis(hall: Hall, clients: list[Insisting], pace: Pace, found: Found, options: argparse.Namespace) -> None:
    """Away while everybody goes on, more slowly; then there again."""
    usual, messages = pace.mean, options.messages * SAID_WITHOUT_REDIS
    pace.mean, pace.left = options.senders * options.away / messages, pace.left + messages
    hall.redis.kill()
    began = time.monotonic()
    await asyncio.sleep(options.away)
    until = time.monotonic()
    hall.redis.start()
    await hall.redis.ready()
    latest = max(seq for client in clients for seq, _at in client.acked.values())
    await all_have(clients, latest, 20)
    number, slowest = slowest_delivery(clients, began, until)
    print(f"Redis away for {until - began:.0f} s: {number} messages, the last to hear one waited {slowest:.2f} s after its acknowledgement")
    found.must("heard without Redis", slowest, HEARD)
    pace.mean = usual


async def _finish(clients: list[Insisting], found: Found) -> None:
    """No more kills: the rest is said, and everybody hears it."""
    until = time.monotonic() + 120
    while any(client.unsent for client in clients) and time.monotonic() < until:
        await asyncio.sleep(0.05)
    took = await all_have(clients, max([0, *(seq for client in clients for seq, _at in client.acked.values())]), 20)
    found.must("everything heard at the end", took, CAUGHT_UP)


def _tracebacks(hall: Hall) -> list[str]:
    texts = {site.log.name: site.log.read_text("utf-8", "replace") for site in hall.sites}
    for name, text in texts.items():
        for line in sorted(set(text.splitlines()))[:8]:
            if line.startswith(("ERROR", "CRITICAL", "WARNING")):
                print(f"  {name} said {text.count(line)} times: {line[:160]}")
    return [f"{name} holds a traceback:\n{text[text.index('Traceback') :][:1500]}" for name, text in texts.items() if "Traceback" in text]


def _print(clients: list[Insisting], links: list[LossyLink], found: Found, took: float, options: argparse.Namespace) -> None:
    shape = f"{options.database}, {options.processes} web process(es){', Redis' if options.redis else ''}"
    print(f"{shape}: {options.senders} senders, {options.readers} readers, {options.messages:,} messages in {took:.0f} s")
    times_in, cuts = sum(client.times_in for client in clients), sum(link.cuts for link in links)
    print(f"{len(found.ready)} kills, {cuts} lines cut, {times_in} times let in")
    for what, times in (("ready again", found.ready), ("caught up after", found.caught_up)):
        if times:
            ordered = sorted(times)
            print(f"{what}: {ordered[len(ordered) // 2]:.2f} s in the middle, {ordered[-1]:.2f} s at most, of {len(times)}")


if __name__ == "__main__":
    main()
