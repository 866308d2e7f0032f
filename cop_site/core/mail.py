"""Mail as files, for sites that have no mail server: one ``.eml`` each."""

import re
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address


class EmlBackend(BaseEmailBackend):
    """Writes every mail as one file into ``MAIL_FOLDER``; the name sorts by time and holds no address."""

    def send_messages(self, email_messages) -> int:
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            for address in message.recipients():
                sanitize_address(address, "utf-8")
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09d}-{uuid.uuid4().hex[:8]}"
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


def letters() -> list[Path]:
    """The files of ``MAIL_FOLDER``, newest first."""
    return sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)


def letter(name: str) -> Path | None:
    """The file with this name, or None; names that lead elsewhere find nothing."""
    path = Path(settings.MAIL_FOLDER) / f"{name}.eml"
    return path if re.fullmatch(r"[0-9a-f-]+", name) and path.is_file() else None
