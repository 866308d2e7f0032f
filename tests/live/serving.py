"""Processes of the site that serve a test's database, and may be killed: made in a blink, out of one that has loaded everything."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.db import connection

from bench.killing import free_port, listens

ROOT = Path(__file__).resolve().parents[2]
# Loading the site takes seconds, forking what has loaded it does not: each line on stdin is a port to serve from now on.
SERVE = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "cop_site.settings.test"
import django; django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.IS_EMBEDDED, settings.RATE_LIMITS = False, False
import uvicorn
import cop_site.asgi
from cop_site.search.analysis.lexicon import lexicon; lexicon()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for port in sys.stdin:
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        uvicorn.run(cop_site.asgi.application, port=int(port), ws="cop_site.live.protocol:SocketProtocol", ws_max_size=65536,
            ws_per_message_deflate=False, log_config=None, access_log=False)
        os._exit(0)
    print(child, flush=True)
"""


class Nursery:
    """The process that has loaded the site; it serves nobody itself."""

    def __init__(self, **environment: str) -> None:
        command = [sys.executable, "-c", SERVE, str(connection.settings_dict["NAME"])]
        told = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        self.process = subprocess.Popen(command, cwd=ROOT, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def site(self) -> "Site":
        return Site(self)


class Site:
    """One server on a port of its own."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery, self.port, self.pid = nursery, free_port(), 0
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.nursery.process.stdin.write(f"{self.port}\n")
        self.nursery.process.stdin.flush()
        self.pid = int(self.nursery.process.stdout.readline())
        until = time.monotonic() + 30
        while not listens(self.port):
            if time.monotonic() > until:
                raise TimeoutError(f"nothing listens on {self.port}")
            time.sleep(0.02)

    def kill(self) -> None:
        """Returns when it is gone: until then it holds its port."""
        with suppress(ProcessLookupError):
            while self.pid:
                os.kill(self.pid, signal.SIGKILL)
                time.sleep(0.01)
        self.pid = 0
