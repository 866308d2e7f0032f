"""What the header offers. Apps above register their sections and entries when they are ready: core knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

Rule = Callable[[Any], bool]


@dataclass(frozen=True)
class Entry:
    url_name: str
    label: Any  # a lazy translation
    icon: str
    allowed: Rule


@dataclass(frozen=True)
class Link:
    """An entry as one request finds it."""

    url: str
    label: Any
    icon: str
    is_current: bool


_sections: dict[str, Entry] = {}
_entries: dict[str, Entry] = {}


def everyone(user: Any) -> bool:
    return True


def register_section(*, url_name: str, label: Any, icon: str, allowed: Rule = everyone) -> None:
    """Put a section of the site into the header; sections stand in the order in which they came."""
    _sections[url_name] = Entry(url_name, label, icon, allowed)


def register_entry(*, url_name: str, label: Any, icon: str, allowed: Rule = everyone) -> None:
    """Put a line into the menu of those signed in whom ``allowed`` lets."""
    _entries[url_name] = Entry(url_name, label, icon, allowed)


def section_choices() -> list[tuple[str, Any]]:
    """Every section by the name of its address, as choices of a field."""
    return [(entry.url_name, entry.label) for entry in _sections.values()]


def sections_for(request: HttpRequest) -> list[Link]:
    return [_link(entry, request) for entry in _sections.values() if entry.allowed(_user(request))]


def entries_for(request: HttpRequest) -> list[Link]:
    user = _user(request)
    if not getattr(user, "is_authenticated", False):
        return []
    return [_link(entry, request) for entry in _entries.values() if entry.allowed(user)]


def _user(request: HttpRequest) -> Any:
    return getattr(request, "user", None)


def _link(entry: Entry, request: HttpRequest) -> Link:
    url = reverse(entry.url_name)
    return Link(url, entry.label, entry.icon, request.path.startswith(url))
