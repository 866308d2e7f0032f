"""The site in a thread of the test's own process, on the test's own database; what a browser test talks to."""

import socket
import threading
import time
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import uvicorn
from django.conf import settings
from django.test import Client

from cop_site.activity.runner import run_pending
from cop_site.notifications.mailing import send_waiting


class Server:
    """uvicorn and the real ASGI application. Start and stop it once: threads and connections are kept between tests."""

    def __init__(self) -> None:
        from cop_site.asgi import application

        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(
            application,
            loop="asyncio",
            ws="cop_site.live.protocol:SocketProtocol",
            lifespan="on",
            log_config=None,
            ws_max_size=65536,  # as script/serve.py
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=5,
        )
        self._uvicorn = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._uvicorn.run, kwargs={"sockets": [self.socket]}, name="live-server", daemon=True)

    def start(self) -> None:
        self._thread.start()
        until = time.monotonic() + 30
        while not self._uvicorn.started:
            if time.monotonic() > until or not self._thread.is_alive():
                raise RuntimeError("The live server did not start.")
            time.sleep(0.02)

    def stop(self) -> None:
        self._uvicorn.should_exit = True
        self._thread.join(timeout=15)
        self.socket.close()


@dataclass
class Site:
    """The running site as one test has it: its address, its letters, and a way in."""

    url: str
    mail_folder: Path
    _read: set[str] = field(default_factory=set)

    def address(self, path: str) -> str:
        return self.url + path

    def let_follow(self) -> int:
        """Let everything that follows from the deeds so far happen now (index, notifications, mails)."""
        done = run_pending()
        send_waiting()
        return done

    def letters(self, to: str = "") -> list[EmailMessage]:
        """Mails sent so far, oldest first; ``to`` picks those to one address."""
        self.let_follow()
        files = sorted(self.mail_folder.glob("*.eml"))
        read = [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files]
        return [letter for letter in read if not to or to.lower() in str(letter["To"]).lower()]

    def newest_letter(self, to: str = "") -> EmailMessage:
        return self.letters(to)[-1]

    def sign_in(self, context: Any, person: Any) -> None:
        """Give a browser context the session of ``person``, without the sign-in page; as if they had just written their password."""
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.url, "httpOnly": True, "sameSite": "Lax"}])
