"""The demo's mailbox: the files that stand for mails, as a reader sees them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from cop_site.core.addresses import parts_of

_LINK = re.compile(r"https?://[^\s<>\"]+")
_END_OF_SENTENCE = ".,;:!?)]"


@dataclass(frozen=True)
class Letter:
    """One mail; ``parts`` are its words, some of them links."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Part:
    words: str
    path: str = ""  # of a link into this site; other links stay words


def head_of(path: Path) -> Letter:
    """To whom, about what, when."""
    with path.open("rb") as file:
        return _letter(path, BytesHeaderParser(policy=policy.default).parse(file))


def letter_in(path: Path, host: str) -> Letter:
    """A whole mail, for a reader who came by ``host``."""
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    body = message.get_body(("plain",))
    return _letter(path, message, tuple(_parts(body.get_content() if body else "", host)))


def _letter(path: Path, message: EmailMessage, parts: tuple[Part, ...] = ()) -> Letter:
    try:
        sent_at = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        sent_at = None
    return Letter(path.stem, str(message["To"] or ""), str(message["Subject"] or ""), sent_at, parts)


def _parts(words: str, host: str) -> Iterator[Part]:
    """The text, with each address of this site as a link of its own."""
    own_hosts, read = {host, parts_of(settings.SITE_URL).netloc}, 0
    for found in _LINK.finditer(words):
        address = found[0].rstrip(_END_OF_SENTENCE)
        where = parts_of(address)
        if where.netloc in own_hosts:
            yield Part(words[read : found.start()])
            # The path alone: it leads back to where the reader is, whatever name and port the mail was written with.
            yield Part(address, f"{where.path or '/'}{f'?{where.query}' if where.query else ''}")
            read = found.start() + len(address)
    yield Part(words[read:])
