"""What forums cost: processor milliseconds per request of all server processes, the database's among them, and how long readers wait.

    .venv/bin/python bench/forum.py                                     # SQLite, 100,000 posts
    .venv/bin/python bench/forum.py --database postgresql               # the one of DATABASE_URL, else of script/services start
    .venv/bin/python bench/forum.py --posts 10000 --topics 1700 --members 200 --requests 100
    .venv/bin/python bench/forum.py --var FOLDER                        # SQLite in a folder that stays: the next run loads nothing

Starts the site's own server in demo mode over what ``load_forum`` makes, in a folder (or scratch database) that is thrown away.
Reads at concurrency 8, each reader on a connection of its own: as visitors, and as members who signed in through the form. Replies at
concurrency 4 through the page's own form; "with what follows" adds the index, the notifications and whatever else listens.
The baseline are bench/bare.py's views over the same rows, in the same run on the same server program. Limits are off, as one machine asks for all.
"""

import argparse
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from browsing import Answer, Browser, Crowd, spent_by, spread, stat_of  # noqa: E402
from search import _database as scratch_database  # noqa: E402
from search import _known as known_services  # noqa: E402

from cop_site.demo import mumbling  # noqa: E402

READERS, WRITERS = 8, 4
NUMBERS = {"posts": 100_000, "topics": 2_000, "forums": 10, "members": 2_000, "hot_topic_posts": 1_000}
LINE = "{:<34}{:<11}{:>14}{:>10}{:>10}{:>10}"


@dataclass(frozen=True)
class Site:
    """A running server, and the processes that are paid for."""

    port: int
    processes: tuple[int, ...]

    def spent(self) -> float:
        return spent_by(*self.processes)


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        environment = _environment(options, stack)
        told = _fill(options, environment)
        database = _postmaster(environment["DATABASE_URL"])
        bare = stack.enter_context(_serving("bench/bare.py", environment, database))
        site = stack.enter_context(_serving("script/serve.py", environment, database))
        print(LINE.format("page", "who", "processor ms", "p50 ms", "p95 ms", "bytes"))
        _measure(bare, site, told, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--var", default="", help="a folder for the site's state that stays")
    parser.add_argument("--requests", type=int, default=200, help="of each kind")
    parser.add_argument("--replies", type=int, default=100)
    for name, usual in NUMBERS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual)
    return parser.parse_args()


# --- the site


def _environment(options: argparse.Namespace, stack: ExitStack) -> dict[str, str]:
    folder = options.var or stack.enter_context(tempfile.TemporaryDirectory(prefix="cop-bench-"))
    Path(folder).mkdir(parents=True, exist_ok=True)
    url = ""
    if options.database == "postgresql":
        if not (url := known_services().get("DATABASE_URL", "")).startswith("postgres"):
            sys.exit("No PostgreSQL: script/services start brings it, or set DATABASE_URL.")
        url = stack.enter_context(scratch_database(url))
    told = {"COP_VAR": folder, "DATABASE_URL": url, "COP_MODE": "demo", "RATE_LIMITS": "off", "HOST": "127.0.0.1"}
    return os.environ | told | {"REDIS_URL": "", "ELASTICSEARCH_URL": "", "DJANGO_SETTINGS_MODULE": "cop_site.settings"}


def _fill(options: argparse.Namespace, environment: dict[str, str]) -> dict[str, Any]:
    """The demo network and the synthetic forums; where a measurement begins."""
    began = time.monotonic()
    subprocess.run([sys.executable, ROOT / "script" / "prepare.py"], env=environment, check=True, stdout=subprocess.DEVNULL)
    prepared = time.monotonic()
    asked = [part for name in NUMBERS for part in (f"--{name.replace('_', '-')}", str(getattr(options, name)))]
    command = [sys.executable, ROOT / "manage.py", "load_forum", *asked]
    loaded = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    print(f"{options.database}, {options.posts:,} posts in {options.topics:,} topics; the demo {prepared - began:.0f} s, ", end="")
    print(f"load_forum {time.monotonic() - prepared:.0f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    return json.loads(loaded.stdout)


def _postmaster(url: str) -> tuple[int, ...]:
    """The process above all of PostgreSQL's, where it runs here."""
    if not url:
        return ()
    import psycopg

    with psycopg.connect(url) as connection:
        pid = connection.execute("SELECT pg_backend_pid()").fetchone()[0]
        return (int(stat_of(pid)[1]),)


@contextmanager
def _serving(program: str, environment: dict[str, str], database: tuple[int, ...]):
    """A server on a port of its own until we are done."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = environment | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    arguments = ["--only-serve"] if program == "script/serve.py" else []
    with subprocess.Popen([sys.executable, ROOT / program, *arguments], env=own, stdout=subprocess.DEVNULL, cwd=ROOT) as server:
        try:
            _wait_for(port, server)
            yield Site(port, (server.pid, *database))
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


# --- reading and writing


def _measure(bare: Site, site: Site, told: dict[str, Any], options: argparse.Namespace) -> None:
    strangers = Crowd([Browser(bare.port) for _one in range(READERS)])
    visitors = Crowd([Browser(site.port) for _one in range(READERS)])
    members = Crowd([Browser(site.port).sign_in(_address(number)) for number in range(1, READERS + 1)])
    for name, paths in _pages(told, visitors.browsers[0]).items():
        asked = [_get(paths[number % len(paths)]) for number in range(options.requests)]
        _reading(name, "baseline", bare, strangers, asked)
        _reading(name, "visitor", site, visitors, asked)
        _reading(name, "member", site, members, asked)
    again = _again(told["hot_topic"], visitors)
    if again:
        _reading("topic, page 1, unchanged", "visitor", site, visitors, [again] * options.requests, allowed={304})
    dice = random.Random(7)  # noqa: S311 - the same questions every time
    words = dice.sample(mumbling.vocabulary()[mumbling.SMALL_WORDS : 6_000], 2 * options.requests)
    for who, crowd in (("visitor", visitors), ("member", members)):
        asked = [_get(f"/search/?kind=topic&q={words.pop()}") for _one in range(options.requests)]
        _reading("search, a new word each", who, site, crowd, asked)
    _writing(site, told, visitors.browsers[0], options)


def _address(number: int) -> str:
    return f"load-{number:05}@load.example"


def _pages(told: dict[str, Any], browser: Browser) -> dict[str, list[str]]:
    return {
        "forum index": ["/forums/"],
        "topic list, page 1": [told["forum"]],
        "topic list, page 50": [told["list_page_50"]],
        "topic, page 1": [told["hot_topic"]],
        "topic, page 40": [told["hot_topic_page_40"]],
        "topic, twenty of them": _topics_on(told["forum"], browser),
    }


def _topics_on(path: str, browser: Browser) -> list[str]:
    """The topics that a list leads to."""
    return list(dict.fromkeys(re.findall(r'href="(/forums/t/\d+/beban-\d+/)"', browser.get(path).text)))


def _get(path: str) -> Callable[[Browser], Answer]:
    return lambda browser: browser.get(path)


def _again(path: str, crowd: Crowd) -> Callable[[Browser], Answer] | None:
    """The same page asked by readers who have it: each by the mark that it was given with."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    had: dict[int, dict[str, str]] = {}
    for browser in crowd.browsers:
        marks = [browser.get(path).headers for _twice in range(2)][1]  # the first brings the cookie that the mark hangs on
        had[id(browser)] = {names[name]: marks[name] for name in names if name in marks}
    return (lambda reader: reader.get(path, **had[id(reader)])) if all(had.values()) else None


def _reading(name: str, who: str, site: Site, crowd: Crowd, asked: list, allowed: set[int] | None = None) -> None:
    crowd.each(asked[: 2 * READERS], allowed or {200})
    before = site.spent()
    took = crowd.each(asked, allowed or {200})
    spent = site.spent() - before
    size = len(asked[0](crowd.browsers[0]).body)
    _print_row(name, who, spent / len(asked), took, size)


def _print_row(name: str, who: str, spent: float, took: list[float], size: int | str = "") -> None:
    p50, p95 = (f"{value:.1f}" for value in spread(took)) if took else ("", "")
    print(LINE.format(name, who, f"{spent:.1f}", p50, p95, size), flush=True)


def _writing(site: Site, told: dict[str, Any], browser: Browser, options: argparse.Namespace) -> None:
    """Each writes in a topic of her own; the forms are read before, so that only sending them is counted."""
    last = int(told["last_member"].partition("@")[0].removeprefix("load-"))
    writers = Crowd([Browser(site.port).sign_in(_address(last - number)) for number in range(WRITERS)])
    topics = _topics_on(told["forum"], browser)
    dice = random.Random(8)  # noqa: S311
    each = max(1, options.replies // WRITERS)
    filled = [
        [_filled(writer, topics[place % len(topics)], dice) for _reply in range(each)] for place, writer in enumerate(writers.browsers)
    ]
    before = site.spent()
    took = writers.each_own(filled, {302, 303})
    at_once = site.spent() - before
    _print_row("reply", "member", at_once / len(took), took)
    _print_row("reply, with what follows", "member", (_settled(site) - before) / len(took), [])


def _filled(writer: Browser, topic: str, dice: random.Random) -> Callable[[Browser], Answer]:
    action, fields = writer.form(topic, "reply")
    words = [*fields, ("text", mumbling.passage(dice, 3))]
    return lambda browser: browser.post(action, words)


def _settled(site: Site) -> float:
    """What was spent once the server has nothing left to do."""
    spent = site.spent()
    for _second in range(120):
        time.sleep(1)
        now = site.spent()
        if now - spent < 50:
            return now
        spent = now
    return spent


if __name__ == "__main__":
    main()
