"""Frames that many get alike: written past the server's ``send`` where it lets us, and the same without."""

import json
import socket
import time
from contextlib import contextmanager

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from cop_site.core import ring
from cop_site.events import log
from cop_site.events.models import Entry
from cop_site.live.protocol import frames_of
from cop_site.live.seats import Seat
from tests.events.factories import hall, order
from tests.live.talking import Talker, cookie, door, session_of, talker

ENTRIES = 600


@contextmanager
def narrow_talker(url, room, person):
    """Somebody whose link holds little and who reads only when asked."""
    host, port = url.removeprefix("http://").split(":")
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    narrow.connect((host, int(port)))
    inside = cookie(session_of(person))
    with connect(
        door(url, room), sock=narrow, additional_headers=inside, origin=url, compression=None, max_queue=1, close_timeout=1
    ) as link:
        yield Talker(link)


def write_at_once(room, person, number):
    """Long entries, as if another process had written them; then the bell."""
    long = {"text": "a" * 4000, "html": "a" * 4000}
    orders = [order(room, person, text=f"{at}") for at in range(number)]
    Entry.objects.bulk_create(
        Entry(room=room, seq=at, kind="chat.post", sender=person, client_id=one.client_id, digest=one.digest, data={"id": at, **long})
        for at, one in enumerate(orders, 1)
    )
    room.last_seq = number
    room.save()
    ring.tell(log.BELL, (room.pk, number))


def heard_to_the_end(one):
    """What still lies in the line of a socket that was given up."""
    heard = []
    try:
        while True:
            told = one.next()
            heard += [told["seq"]] if told["type"] == "event" else []
    except ConnectionClosed:
        return heard


@pytest.mark.slow
def test_who_takes_nothing_is_dropped_alone_and_goes_on_where_it_was(url, cast, monkeypatch):
    monkeypatch.setattr("cop_site.live.hub.PATIENCE", 0.5)
    room = hall()

    with narrow_talker(url, room.pk, cast["member"]) as slow, talker(url, room.pk, cast["member2"]) as other:
        write_at_once(room, cast["colleague"], ENTRIES)
        heard = [other.until("event")["seq"] for _entry in range(ENTRIES)]
        ack = other.act(text="Masih lancar.")
        time.sleep(2.5)
        slow_heard = heard_to_the_end(slow)

    assert (heard, ack["seq"]) == (list(range(1, ENTRIES + 1)), ENTRIES + 1)
    assert len(slow_heard) < ENTRIES
    assert slow_heard == list(range(1, len(slow_heard) + 1))
    with talker(url, room.pk, cast["member"], since=len(slow_heard)) as back:
        rest = [back.until("event")["seq"] for _entry in range(ENTRIES + 1 - len(slow_heard))]
    assert rest == list(range(len(slow_heard) + 1, ENTRIES + 2))


# --- without a server


class Line:
    """What a server offers for one socket: ``send`` waits while the line is full; ``write`` refuses then."""

    def __init__(self):
        self.is_full, self.sent = False, []

    async def send(self, message):
        while self.is_full:
            await Stopped()
        self.sent.append(message["text"])

    def write(self, frames):
        if not self.is_full:
            self.sent.append(frames)
        return not self.is_full


class Stopped:
    def __await__(self):
        yield


TOLD = [(1, '{"seq":1}'), (2, '{"seq":2}'), (3, '{"seq":3}')]


def test_several_entries_are_one_write_where_the_server_lets_us():
    line = Line()
    seat = Seat(None, line.send, 0, line=line.write)

    assert seat.takes_entries(TOLD, frames_of(text for _seq, text in TOLD))
    assert (line.sent, seat.cursor) == ([b'\x81\x09{"seq":1}\x81\x09{"seq":2}\x81\x09{"seq":3}'], 3)


def test_who_has_some_of_them_gets_the_others():
    line = Line()
    seat = Seat(None, line.send, 2, line=line.write)

    assert seat.takes_entries(TOLD, frames_of(text for _seq, text in TOLD))
    assert (line.sent, seat.cursor) == ([b'\x81\x09{"seq":3}'], 3)


@pytest.mark.parametrize("is_past_send", [True, False])
def test_a_full_line_takes_nothing_and_the_cursor_stays(is_past_send):
    line = Line()
    seat = Seat(None, line.send, 0, line=line.write if is_past_send else None)
    line.is_full = True

    assert not seat.takes_entries(TOLD, frames_of(text for _seq, text in TOLD))
    assert (line.sent, seat.cursor) == ([], 0)


def test_another_server_is_sent_one_after_the_other():
    line = Line()
    seat = Seat(None, line.send, 1)

    assert seat.takes_entries(TOLD, frames_of(text for _seq, text in TOLD))
    assert ([json.loads(text)["seq"] for text in line.sent], seat.cursor) == ([2, 3], 3)


def test_a_long_frame_says_its_length():
    assert frames_of(["a" * 300])[:4] == b"\x81\x7e\x01\x2c"
    assert frames_of(["a" * 70_000])[:10] == b"\x81\x7f" + (70_000).to_bytes(8, "big")
