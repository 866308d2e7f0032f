"""Who listens for rings, by their session; and who may go on listening. Runs in threads."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from cop_site.accounts.models import User
from cop_site.accounts.policy import people_for_circles
from cop_site.core import ring
from cop_site.forums.selectors import listening
from cop_site.notifications.policy import can_be_told

from . import door
from .listeners import TOPIC
from .protocol import frames_of
from .seats import Line, Send, Socket

SAID = {name: (text, frames_of([text])) for name in (ring.INBOX, TOPIC) for text in [json.dumps({"ring": name})]}


@dataclass(frozen=True, eq=False)
class Listener:
    """Somebody who hears of what is her own, and of one topic where she reads one."""

    person: int
    session: str
    topic: int | None
    password: str = field(repr=False)  # another one has ended the session


class Ear(Socket):
    """One socket of a listener."""

    def __init__(self, listener: Listener, send: Send, place: str, line: Line | None) -> None:
        super().__init__(send, place, line)
        self.listener = listener

    def takes_ring(self, name: str) -> bool:
        """Hand over that something rang, and nothing more."""
        text, frame = SAID[name]
        return self.line(frame) if self.line else self.takes(text)


def let_in(topic: int | None, session: str) -> Listener | None:
    """The owner of a session, where she can be told anything and may read the topic, if one was named."""
    person: Any = door.owner_of(session)
    if person is None or not can_be_told(person) or (topic is not None and not listening.may_hear(person, topic)):
        return None
    return Listener(person.pk, session, topic, person.password)


def who_must_go(listeners: list[Listener]) -> dict[Listener, int]:
    """Those who may hear nothing more, with the code that says why. The truth of now, in a few questions for all of them."""
    admitted = User.objects.filter(people_for_circles(), pk__in={one.person for one in listeners})
    passwords = dict(admitted.values_list("pk", "password"))
    sessions = door.sessions_that_hold({one.session for one in listeners})
    wished: dict[int, set[int]] = defaultdict(set)
    for one in listeners:
        if one.topic is not None:
            wished[one.topic].add(one.person)
    readers = listening.who_may_hear(wished) if wished else set()
    out = {}
    for one in listeners:
        if one.person not in passwords or (one.topic is not None and (one.topic, one.person) not in readers):
            out[one] = door.RIGHT_LOST
        elif one.session not in sessions or one.password != passwords[one.person]:
            out[one] = door.SIGNED_OUT
    return out
