"""Whatever is sent, it is answered or its socket closes; nobody else notices, and no log holds a word of it."""

import json
import logging
import random
import struct
import time
from contextlib import suppress
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed

from cop_site.events.models import Entry
from tests.events.factories import frame, hall
from tests.live import malformed
from tests.live.raw import BINARY, CLOSE, CONTINUED, PING, TEXT, packet, raw
from tests.live.talking import talker

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def nothing_fails(caplog, settings):
    """No log says that something failed, or holds what was sent."""
    settings.RATE_LIMITS = False
    caplog.set_level(logging.INFO)
    yield
    records = caplog.get_records("call")
    assert records  # handshakes are told of
    assert [record.getMessage() for record in records if record.levelno >= logging.WARNING] == []
    assert malformed.LATENT not in "".join(logging.Formatter().format(record) for record in records)


def test_hundreds_of_frames_are_refused_and_others_hear_each_other_meanwhile(url, cast):
    room, slowest = hall(), 0.0
    wrong = malformed.invalid() | malformed.too_large()

    with (
        talker(url, room.pk, cast["member"]) as one,
        talker(url, room.pk, cast["member2"]) as other,
        talker(url, room.pk, cast["editor"]) as last,
    ):
        codes = {}
        for number, (name, said) in enumerate(wrong.items()):
            one.socket.send(said)
            codes[name] = one.until("error")["code"]
            if number % 40 == 0:
                began = time.monotonic()
                other.act(text=f"Kata {number}.")
                assert last.until("event")["data"]["text"] == f"Kata {number}."
                slowest = max(slowest, time.monotonic() - began)
        ack = one.act(text="Masih di sini.")

    assert len(wrong) > 400
    assert codes == dict.fromkeys(malformed.invalid(), "invalid") | dict.fromkeys(malformed.too_large(), "too_large")
    assert ack["type"] == "ack"
    assert slowest < 1


def test_a_client_id_comes_back_with_the_refusal_and_one_that_is_none_does_not(url, cast):
    room, key = hall(), str(uuid4())

    with talker(url, room.pk, cast["member"]) as one:
        told = []
        for said in (frame("chat.shout", key), frame("chat.post", key, text=7), {"client_id": "x" * 36}, {"client_id": [key]}):
            one.socket.send(json.dumps(said))
            told.append(one.until("error")["client_id"])

    assert told == [key, key, None, None]


def test_another_room_and_what_is_in_it_is_out_of_reach(url, cast):
    """The room is the one of the address; numbers of another room name nothing in this one."""
    room, other = hall(), hall(slug="acara-lain")

    with talker(url, room.pk, cast["moderator"]) as here, talker(url, other.pk, cast["member"]) as there:
        said = there.act(text="Di ruang lain.")
        hidden = here.act("chat.hide", id=said["seq"])
        here.socket.send(json.dumps(frame(text="A") | {"room": str(other.pk)}))
        sent_there = here.until("error")["code"]

    assert (hidden["code"], sent_there) == ("invalid", "invalid")
    assert Entry.objects.get().data["text"] == "Di ruang lain."


def test_the_number_of_somebody_else_is_taken_and_tells_nothing(url, cast):
    room, key = hall(), str(uuid4())

    with talker(url, room.pk, cast["member"]) as one, talker(url, room.pk, cast["member2"]) as other:
        assert one.act(client_id=key, text="Satu.")["seq"] == 1
        same = other.act(client_id=key, text="Satu.")
        another = other.act(client_id=key, text="Dua.")

    assert (same["code"], another["code"]) == ("conflict", "conflict")
    assert Entry.objects.count() == 1


def test_random_bytes_and_random_frames_are_refused(url, cast):
    room, chance = hall(), random.Random(7)
    good = json.dumps(frame(text="Kata."))

    with talker(url, room.pk, cast["member"]) as one:
        for _turn in range(400):
            at = chance.randrange(len(good))
            said = good[:at] + chance.choice(['"', "{", "}", "\0", "9", ",", "\U0001f600"]) + good[at + chance.randrange(3) :]
            one.socket.send(chance.randbytes(chance.randrange(200)) if chance.random() < 0.3 else said)
        heard = [one.next()["type"] for _turn in range(200)]
        while Entry.objects.filter(data__text="Selesai.").count() == 0:
            heard.append(one.act(text="Selesai.")["type"])

    assert set(heard) <= {"error", "ack", "event", "presence", "head"}
    assert heard.count("error") > 100


SAID = json.dumps(frame(text=malformed.LATENT)).encode()
BROKEN = {
    "bytes that are no text": ([packet(TEXT, b'{"a":"\xff\xfe"}')], {1007}),
    "half a letter": ([packet(TEXT, b"\xe2\x82")], {1007}),
    "a letter written too long": ([packet(TEXT, b"\xc0\xaf")], {1007}),
    "half of a pair": ([packet(TEXT, b"\xed\xa0\x80")], {1007}),
    "no text in two parts": ([packet(TEXT, b"\xe2", is_last=False), packet(CONTINUED, b"(")], {1007}),
    "a frame, then none": ([packet(TEXT, SAID.replace(b"chat", b"shout")), packet(3, SAID)], {1002}),
    "three frames, then none": ([packet(TEXT, json.dumps(frame(text="Kata.")).encode()) for _turn in range(3)] + [packet(3)], {1002}),
    "no mask": ([packet(TEXT, SAID, masked=False)], {1002}),
    "a part of nothing": ([packet(CONTINUED, SAID)], {1002}),
    "a message within another": ([packet(TEXT, SAID, is_last=False), packet(TEXT, SAID)], {1002}),
    "a ping in parts": ([packet(PING, b"a", is_last=False)], {1002}),
    "a long ping": ([packet(PING, b"a" * 126)], {1002}),
    "a close of one byte": ([packet(CLOSE, b"\x03")], {1002}),
    "a close with a code that is none": ([packet(CLOSE, struct.pack("!H", 999))], {1002}),
    "a close with a code nobody sends": ([packet(CLOSE, struct.pack("!H", 1005))], {1002}),
    "a close with a reason that is no text": ([packet(CLOSE, struct.pack("!H", 1000) + b"\xff")], {1002, 1007}),
    "a length without end": ([packet(TEXT, b"a", length=2**63 + 1)], {1002, 1009}),
    "64 KiB and one": ([packet(TEXT, b"a" * 65_537)], {1009}),
    "64 KiB and one in parts": ([packet(TEXT, b"a" * 40_000, is_last=False), packet(CONTINUED, b"a" * 25_537)], {1009}),
    "64 KiB and one announced": ([packet(TEXT, b"", length=65_537)], {1009}),
    **{f"opcode {opcode}": ([packet(opcode, SAID)], {1002}) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    **{f"reserved bits {bits}": ([packet(TEXT, SAID, reserved=bits)], {1002}) for bits in (1, 2, 4, 7)},
}


def test_what_is_no_frame_closes_that_socket_cleanly(url, cast):
    room = hall()

    with talker(url, room.pk, cast["member2"]) as other:
        codes = {}
        for name, (packets, _right) in BROKEN.items():
            with raw(url, room.pk, cast["member"]) as one:
                one.send(*packets)
                codes[name] = one.closed_with()
        ack = other.act(text="Masih di sini.")

    assert {name: code for name, code in codes.items() if code not in BROKEN[name][1]} == {}
    assert ack["type"] == "ack"
    assert malformed.LATENT not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_frame_may_come_in_parts_with_pings_between_them(url, cast):
    room, said = hall(), json.dumps(frame(text="Dalam potongan.")).encode()
    parts = [packet(TEXT, said[:1], is_last=False), *(packet(CONTINUED, said[at : at + 1], is_last=False) for at in range(1, len(said)))]

    with raw(url, room.pk, cast["member"]) as one:
        one.send(*(piece for part in parts for piece in (part, packet(PING, b"?"))), packet(CONTINUED))
        ack = json.loads(one.until(b'"ack"'))

    assert ack["seq"] == Entry.objects.get().seq == 1


def test_what_comes_after_the_end_is_not_heard(url, cast):
    room = hall()

    with raw(url, room.pk, cast["member"]) as one:
        one.send(packet(CLOSE, struct.pack("!H", 1000)), packet(TEXT, SAID), packet(BINARY, SAID))
        code = one.closed_with()

    assert (code, Entry.objects.count()) == (1000, 0)


@pytest.mark.parametrize(("size", "code"), [(65_535, None), (65_536, None), (65_537, 1009)])
def test_up_to_64_kib_is_refused_in_words_and_more_closes_the_socket(size, code, url, cast):
    with talker(url, hall().pk, cast["member"]) as one:
        with suppress(ConnectionClosed):
            one.socket.send(malformed.sized(size))
        told = one.closed_with()[0] if code else one.until("error")["code"]

    assert told == code or told == "too_large"
