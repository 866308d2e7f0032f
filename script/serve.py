"""Prepares the state and serves the site until it is told to stop. script/server and the container start it.

``--only-serve`` leaves the preparation to another process (the large shape does it once, for all).
"""

import fcntl
import gc
import os
import signal
import sys
import time
from pathlib import Path

import listening
import prepare
import uvicorn

BEGAN = time.monotonic()
SIGN_INS = "secretariat convenor moderator member member2 reviewer researcher observer applicant editor auditor".split()
PRIVATE_NETWORKS = ["127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]


class Server(uvicorn.Server):
    """Says where the site is once the port answers, and how it is set up where nobody looks after it yet."""

    def __init__(self, config: uvicorn.Config, code: str = "") -> None:
        super().__init__(config)
        self.code = code

    async def startup(self, sockets=None) -> None:
        try:
            await super().startup(sockets)
        except OSError as error:
            sys.exit(f"PORT: cannot listen on port {listening.port()}: {error.strerror}.")
        if self.started:
            greet()
            tell_the_code(self.code)

    async def shutdown(self, sockets=None) -> None:
        """Whoever is in a room comes back by itself, to the next server."""
        from cop_site.asgi import rooms

        await rooms.send_everybody_out()
        await super().shutdown(sockets)


def greet() -> None:
    """The address, and in demo mode who may sign in."""
    from django.conf import settings

    name = listening.host()
    shown = "localhost" if listening.is_loopback(name) else f"[{name}]" if ":" in name else name
    print(f"\n{settings.SITE_NAME}: http://{shown}:{listening.port()}   ({time.monotonic() - BEGAN:.1f} s)")
    if settings.IS_DEMO:
        print("Everything in it is invented. Sign in with the password demo-tppo-yogya as")
        for sign_in in SIGN_INS:
            print(f"  {sign_in}@demo.example")
    print("Ctrl+C ends it.\n", flush=True)


def set_up_code() -> str:
    """A new one-time code for a real site that has no secretariat; else nothing. Asked before the server's loop runs."""
    from django.db import connections

    from cop_site.accounts import first_run

    code = first_run.make_code() if first_run.is_open() else ""
    connections.close_all()
    return code


def tell_the_code(code: str) -> None:
    """Here and nowhere else: the database keeps only its hash."""
    from django.conf import settings

    if code:
        print(f"Nobody looks after this site yet. Open {settings.SITE_URL}/setup/ and type this code there: {code}")
        print("It holds for 24 hours and for ten tries; then: .venv/bin/python manage.py setup\n", flush=True)


def keep_alone(var: Path):
    """In the embedded shape bells ring inside one process: a second one over the same state would hear none of them."""
    lock = (var / "server.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        sys.exit(f"Another script/server already runs over {var}. Stop it first, or set COP_VAR to another folder for this one.")
    return lock


def config() -> uvicorn.Config:
    """One process; no compression of frames (it doubles the work); nothing about readers in any log."""
    from django.conf import settings

    behind_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
    return uvicorn.Config(
        "cop_site.asgi:application",
        loop="uvloop",
        http="httptools",
        ws="cop_site.live.protocol:SocketProtocol",
        lifespan="on",
        ws_max_size=65536,
        ws_per_message_deflate=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips=PRIVATE_NETWORKS if behind_proxy else [],
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=20,
    )


def load_every_page() -> None:
    """A page that cannot be loaded stops the start, and the first reader does not wait for all of them."""
    import django
    from django.urls import get_resolver

    django.setup(set_prefix=False)
    len(get_resolver().url_patterns)


def leave_what_stays() -> None:
    """Everything loaded so far stays until the end: the collector need not look at it again and again, and answers make little that it must find."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def end(*_args) -> None:
    """The clean end of a run, whether it was still preparing or already served."""
    sys.exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    os.umask(0o077)  # what members wrote is not for other accounts of this machine
    sockets = listening.sockets()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_site.settings")
    sys.path.insert(0, str(prepare.ROOT))
    from django.conf import settings

    lock = keep_alone(settings.VAR) if settings.IS_EMBEDDED else None
    if "--only-serve" not in sys.argv:
        prepare.prepare()
    load_every_page()
    code = set_up_code()
    leave_what_stays()
    Server(config(), code).run(sockets=sockets)
    del lock


if __name__ == "__main__":
    main()
