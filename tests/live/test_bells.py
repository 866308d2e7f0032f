"""What processes tell each other, as it is written and read."""

import asyncio
import os
from uuid import uuid4

import pytest

from cop_site.core import ring
from cop_site.events import log
from cop_site.live import bells
from cop_site.live.listeners import TOPIC

ROOM = uuid4()
TOLD = {log.BELL: (ROOM, 7, ["what was said"]), ring.RIGHTS: None, ring.INBOX: (3, 4), TOPIC: 12}
HEARD = {log.BELL: (ROOM, 7), ring.RIGHTS: None, ring.INBOX: [3, 4], TOPIC: 12}


@pytest.fixture
def published(monkeypatch):
    """What this process would publish."""
    messages = []
    monkeypatch.setattr("cop_site.core.shared.ask", lambda script, call: messages.append(call[1][0]))
    for name, what in TOLD.items():
        bells._publish(name, bells.CARRIED[name][0], what)
    return messages


def heard_of(messages):
    """What a process hears of them that has two who listen."""
    heard = []

    async def listen():
        others = {name: lambda what: None for name in TOLD}
        mine = {name: lambda what, name=name: heard.append((name, what)) for name in TOLD}
        one = bells.Bells(mine, others)
        for message in messages:
            one.heard(message)
        await one.end()

    asyncio.run(listen())
    return heard


def test_numbers_arrive_and_words_stay(published):
    others = [message.replace(bells._process(os.getpid()), uuid4().hex) for message in published]

    assert dict(heard_of(others)) == HEARD
    assert not any("said" in message for message in others)


def test_what_a_process_told_itself_it_does_not_hear_again(published):
    assert len(published) == len(TOLD)
    assert heard_of(published) == []


@pytest.mark.parametrize(
    "message", ["", "x", "x y", f"x {TOPIC} x", f"x {TOPIC} ", "x unknown 1", f"x {ring.INBOX} 1 b", f"x {log.BELL} 1"]
)
def test_what_cannot_be_read_harms_nobody(message):
    assert heard_of([message]) == []
