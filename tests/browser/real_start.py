"""A real start: script/serve.py in production mode, in a process and a folder of its own, behind HTTPS as behind a proxy."""

import asyncio
import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ROOT = Path(__file__).resolve().parents[2]
HERE = "127.0.0.1"
KEPT_ENVIRONMENT = {"PATH", "HOME", "LANG", "TMPDIR"}  # nothing of the test run's own settings
STARTS_WITHIN = 300  # seconds: an empty database is migrated first, on a machine that may be busy
COMES_WITHIN = 60


@dataclass
class RealSite:
    """What the terminal and the mail folder tell whoever put the site up. ``url`` is where browsers find it."""

    url: str
    folder: Path
    process: subprocess.Popen

    def code(self) -> str:
        """The one-time code, as it stood in the terminal."""
        return self._in_the_terminal(r"type this code there: (\S+)")

    def _in_the_terminal(self, words: str) -> str:
        until = time.monotonic() + STARTS_WITHIN
        while not (found := re.search(words, self._terminal.read_text())):
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(f"The site did not start:\n{self._terminal.read_text()}")
            time.sleep(0.2)
        return found[1]

    @property
    def _terminal(self) -> Path:
        return self.folder / "terminal"

    def newest_letter(self, to: str) -> EmailMessage:
        """The mail to somebody; it may still be on its way."""
        until = time.monotonic() + COMES_WITHIN
        while not (letters := self._letters(to)):
            assert time.monotonic() < until, f"no mail came to {to}"
            time.sleep(0.1)
        return letters[-1]

    def _letters(self, to: str) -> list[EmailMessage]:
        files = sorted((self.folder / "mail").glob("*.eml"))
        letters = [BytesParser(policy=policy.default).parsebytes(file.read_bytes()) for file in files]
        return [letter for letter in letters if str(letter["To"]) == to]


def started(folder: Path, port: int) -> RealSite:
    """The site, on its way up; ``port`` is where HTTPS will be."""
    plain = free_port()
    environment = {name: value for name, value in os.environ.items() if name in KEPT_ENVIRONMENT} | {
        "COP_MODE": "production",
        "COP_VAR": str(folder),
        "PORT": str(plain),
        "SECRET_KEY": os.urandom(40).hex(),
        "ALLOWED_HOSTS": HERE,
        "SITE_URL": f"https://{HERE}:{port}",
        "PYTHONUNBUFFERED": "1",
    }
    with (folder / "terminal").open("w") as terminal:
        process = subprocess.Popen([sys.executable, "script/serve.py"], cwd=ROOT, env=environment, stdout=terminal, stderr=terminal)
    Proxy(port, plain, folder).start()
    return RealSite(environment["SITE_URL"], folder, process)


def free_port() -> int:
    with socket.create_server((HERE, 0)) as found:
        return found.getsockname()[1]


class Proxy(threading.Thread):
    """HTTPS on one port, handed on as it is to another; browsers say X-Forwarded-Proto themselves."""

    def __init__(self, port: int, to: int, folder: Path) -> None:
        super().__init__(name="https", daemon=True)
        self.port, self.to, self.context = port, to, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(_certificate(folder / "https.pem"))

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._hand_on, HERE, self.port, ssl=self.context)
        await server.serve_forever()

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            inside, out = await asyncio.open_connection(HERE, self.to)
            await asyncio.gather(_pour(reader, out), _pour(inside, writer))
        except OSError:
            writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


def _certificate(path: Path) -> Path:
    """A key and its certificate for this machine, for one day."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    built = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(hours=1), now + timedelta(days=1)
    )
    signed = built.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HERE))]), critical=False).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(own + signed.public_bytes(serialization.Encoding.PEM))
    return path
