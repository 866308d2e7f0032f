"""Reads the environment once, through helpers that refuse nonsense with a sentence."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import environ

ROOT = Path(__file__).resolve().parents[2]
env = environ.Env()


class BadSetting(SystemExit):
    """A value that cannot work: stops the start, says which variable and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")


def mode() -> str:
    """``demo`` or ``production``, from ``COP_MODE``."""
    value = os.environ.get("COP_MODE", "demo")
    if value not in {"demo", "production"}:
        raise BadSetting("COP_MODE", f"is {value!r}; it must be demo or production.")
    return value


def folder(name: str, default: Path) -> Path:
    """A folder that exists and can be written to."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(name, f"{path} cannot be made: {error.strerror}.") from None
    if not os.access(path, os.W_OK):
        raise BadSetting(name, f"{path} cannot be written to.")
    return path


def switch(name: str, default: bool) -> bool:
    """``on``/``yes`` or ``off``/``no``."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if value.lower() in {"on", "yes", "true", "1"}:
        return True
    if value.lower() in {"off", "no", "false", "0"}:
        return False
    raise BadSetting(name, f"is {value!r}; write on or off.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, not below ``least``."""
    value = os.environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise BadSetting(name, f"is {value!r}; it must be a whole number from {least} up.")
    return int(value)


def names(name: str, default: list[str]) -> list[str]:
    """Words separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()] or default


def words(name: str, default: str) -> str:
    """One line of text."""
    value = os.environ.get(name, "") or default
    if "\n" in value or "\r" in value:
        raise BadSetting(name, "must be one line.")
    return value


def address(name: str, schemes: set[str]) -> str:
    """A URL with one of ``schemes``, or an empty string where the variable is unset."""
    value = os.environ.get(name, "")
    if value and (urlsplit(value).scheme not in schemes or "://" not in value):
        raise BadSetting(name, f"must be a URL that starts with one of: {', '.join(sorted(schemes))}://")
    return value


def search_server(name: str) -> str:
    """The address of an Elasticsearch, with a port; an empty string where the variable is unset."""
    value = address(name, {"http", "https"})
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        port = parts.port or (443 if parts.scheme == "https" else 9200)
    except ValueError:
        raise BadSetting(name, "its port is no number from 1 to 65535.") from None
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadSetting(name, "must be http(s)://user:password@host:port, and nothing behind it.")
    host = parts.netloc if parts.port else f"{parts.netloc.rstrip(':')}:{port}"
    return f"{parts.scheme}://{host}"


def index_name(name: str, default: str) -> str:
    """What an index may be called: small letters, digits and hyphens, a letter first."""
    value = os.environ.get(name, "") or default
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,39}", value):
        raise BadSetting(name, f"is {value!r}; it must be small letters, digits and hyphens, a letter first, at most 40.")
    return value


def database(name: str, default: Path) -> dict:
    """Django's database settings from a URL; SQLite in ``default`` where the variable is unset."""
    if not address(name, {"postgres", "postgresql", "sqlite"}):
        return environ.Env.db_url_config(f"sqlite:///{default}")
    try:
        return env.db_url(name)
    except Exception as error:
        raise BadSetting(name, f"cannot be read as a database URL ({type(error).__name__}).") from None


def mail(name: str) -> dict:
    """Django's mail settings from a URL, or an empty dict where the variable is unset."""
    if not address(name, {"smtp", "smtps", "smtp+tls", "smtp+ssl", "submission", "memorymail", "consolemail", "filemail"}):
        return {}
    try:
        return env.email_url(name)
    except Exception as error:
        raise BadSetting(name, f"cannot be read as a mail URL ({type(error).__name__}).") from None
