"""Who listens to which verb."""

from collections import defaultdict
from collections.abc import Callable

from .models import Activity

AGAIN = "again"  # what a listener returns that has more to do, and lets the others go first
Listener = Callable[[Activity], str | None]

_by_name: dict[str, Listener] = {}
_afterwards: dict[str, list[str]] = defaultdict(list)
_within: dict[str, list[Listener]] = defaultdict(list)


def listens_to(*verbs: str, within_the_deed: bool = False) -> Callable[[Listener], Listener]:
    """Hear of each activity with one of ``verbs``, after it is certain; it may be told twice and must then say the same.

    ``within_the_deed`` is for what must never be true a moment longer than the rows (a hit or a count of something
    withdrawn): the listener runs in the deed's own transaction and must be quick.
    """

    def declare(listener: Listener) -> Listener:
        name = f"{listener.__module__.removeprefix('cop_site.')}.{listener.__name__}"
        _by_name[name] = listener
        for verb in verbs:
            if within_the_deed:
                _within[str(verb)].append(listener)
            else:
                _afterwards[str(verb)].append(name)
        return listener

    return declare


def listeners_after(verb: str) -> list[str]:
    """Names of those who hear of ``verb`` when it is certain."""
    return list(_afterwards[str(verb)])


def listeners_within(verb: str) -> list[Listener]:
    """Those who must follow ``verb`` in the same transaction."""
    return list(_within[str(verb)])


def listener_named(name: str) -> Listener | None:
    """The listener with this name; None where it is gone since the delivery was written."""
    return _by_name.get(name)
