"""A browser as small as can be: it keeps a connection and cookies, signs in, fills in forms. And what the servers spend meanwhile."""

import os
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from threading import Lock
from urllib.parse import urlencode

TICK = os.sysconf("SC_CLK_TCK")
PASSWORD = "demo-tppo-yogya"


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Browser:
    """One reader."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Iterable[tuple[str, str]]) -> Answer:
        return self._ask("POST", path, urlencode(list(fields)), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = headers | {"Accept-Encoding": "identity"} | ({"Cookie": cookies} if cookies else {})
        try:
            response = self._answer(method, path, body, headers)
        except ConnectionError:  # the server lets go of connections that were idle for a while
            self.connection.close()
            response = self._answer(method, path, body, headers)
        answer = Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        return answer

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()

    def form(self, path: str, kind: str) -> tuple[str, list[tuple[str, str]]]:
        """Where a page's form of this kind goes, and what it sends as it stands."""
        reader = _Forms(kind)
        reader.feed(self.get(path).text)
        if reader.action is None:
            raise SystemExit(f"{path}: there is no form data-form={kind!r}")
        return reader.action or path, reader.fields

    def sign_in(self, address: str) -> "Browser":
        """As everybody does, through the form."""
        action, fields = self.form("/accounts/login/", "sign-in")
        kept = [(name, value) for name, value in fields if name not in {"login", "password"}]
        answer = self.post(action, [*kept, ("login", address), ("password", PASSWORD)])
        if answer.status != 302:
            raise SystemExit(f"{address} cannot sign in: {answer.status}")
        return self


class _Forms(HTMLParser):
    """The first form of a kind: its address and its fields, without buttons and boxes that nobody ticked."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind, self.action, self.fields, self.is_inside = kind, None, [], False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("data-form") == self.kind and self.action is None:
            self.action, self.is_inside = told.get("action", ""), True
        elif tag == "input" and self.is_inside and told.get("name") and told.get("type") not in {"checkbox", "radio", "file", "submit"}:
            self.fields.append((told["name"], told.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_inside = False


class Crowd:
    """Several readers at once, each on a connection of its own."""

    def __init__(self, browsers: list[Browser]) -> None:
        self.browsers, self._lock = browsers, Lock()

    def each(self, tasks: list[Callable[[Browser], Answer]], allowed: set[int]) -> list[float]:
        """Do these tasks, whoever is free the next one; the milliseconds that each of them took."""
        return self._work([iter(tasks)] * len(self.browsers), allowed)

    def each_own(self, tasks: list[list[Callable[[Browser], Answer]]], allowed: set[int]) -> list[float]:
        """The same with tasks of one's own."""
        return self._work([iter(own) for own in tasks], allowed)

    def _work(self, queues: list[Iterable], allowed: set[int]) -> list[float]:
        took: list[float] = []

        def work(browser: Browser, left: Iterable) -> None:
            while (task := self._next(left)) is not None:
                began = time.perf_counter()
                answer = task(browser)
                took.append((time.perf_counter() - began) * 1000)
                if answer.status not in allowed:
                    raise SystemExit(f"answered {answer.status}: {re.sub(r'<[^>]*>', ' ', answer.text)[:300]}")

        with ThreadPoolExecutor(len(self.browsers)) as pool:
            list(pool.map(work, self.browsers, queues))
        return took

    def _next(self, left: Iterable) -> Callable[[Browser], Answer] | None:
        with self._lock:
            return next(left, None)


def spread(took: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    return median(took), sorted(took)[int(len(took) * 0.95) - 1]


# --- processor time, as the kernel counts it


def spent_by(*roots: int) -> float:
    """Milliseconds of processor that these processes and all below them have used, those that have ended too."""
    return sum(_spent(pid) for pid in _with_children(roots)) * 1000 / TICK


def _with_children(roots: Iterable[int]) -> set[int]:
    parents = {int(one.name): stat_of(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdecimal()}
    found = set(roots)
    while more := {pid for pid, stat in parents.items() if stat and int(stat[1]) in found and pid not in found}:
        found |= more
    return found


def _spent(pid: int) -> int:
    stat = stat_of(pid)
    return sum(int(value) for value in stat[11:15]) if stat else 0  # user, system, and of children that have ended


def stat_of(pid: int) -> list[str]:
    """What stands behind the name of the program: state, parent, …"""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
