"""Pages of a topic that somebody opened ahead of what she has read: no mark says so, the apps above may keep it."""

from collections.abc import Callable

from .models import Topic

# Called with the number of the person, the topic, and the places of the first and the last post on the page.
Opened = Callable[[int, Topic, int, int], None]

_told: list[Opened] = []


def register(told: Opened) -> None:
    """Have it told."""
    _told.append(told)


def opened(person: int, topic: Topic, first: int, last: int) -> None:
    for told in _told:
        told(person, topic, first, last)
