import json
import threading
import time
import urllib.request
from contextlib import suppress
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from websockets.exceptions import ConnectionClosed

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level, User
from cop_site.events import policy
from cop_site.events.models import Entry
from cop_site.events.state import at_the_start
from cop_site.events.writer import write
from tests.events.factories import frame, hall, order, say
from tests.live.talking import cookie, door, refusal, session_of, talker

pytestmark = pytest.mark.slow


def test_a_socket_greets_replays_acknowledges_and_tells_everybody(url, cast):
    room = hall()
    say(room, cast["member"], text="Satu.")

    with talker(url, room.pk, cast["member2"]) as one, talker(url, room.pk, cast["member"], since=1) as other:
        replayed = one.until("event")
        ack = one.act(text="Dua.")
        heard = other.until("event")

    says = sorted(policy.EVERYBODYS)
    you = {"id": cast["member2"].handle, "name": cast["member2"].name, "says": says}
    state = at_the_start()
    assert one.hello == {"type": "hello", "room": str(room.pk), "latest": 1, "you": you, "state": state}
    assert (replayed["seq"], replayed["data"]["text"]) == (1, "Satu.")
    assert (ack["type"], ack["seq"]) == ("ack", 2)
    assert (heard["seq"], heard["data"]["text"], heard["actor"]["id"]) == (2, "Dua.", cast["member2"].handle)


def test_what_was_sent_twice_is_said_once(url, cast):
    room, key = hall(), str(uuid4())

    with talker(url, room.pk, cast["member"]) as one:
        acks = [one.act(client_id=key, text="Halo.") for _twice in range(2)]
        other = one.act(client_id=key, text="Lain.")

    assert [ack["seq"] for ack in acks] == [1, 1]
    assert other["code"] == "conflict"
    assert Entry.objects.count() == 1


def test_a_cursor_beyond_the_end_counts_as_the_end(url, cast):
    room = hall()
    say(room, cast["member"], text="Satu.")

    with talker(url, room.pk, cast["member2"], since=99) as one:
        one.act(text="Dua.")

    with talker(url, room.pk, cast["member2"], since=99) as one:
        ack = one.act(text="Tiga.")
        heard = one.until("event") if ack["seq"] != 3 else {"seq": 3}
    assert heard["seq"] == 3


STRANGE_ORIGINS = {
    "another host": "http://evil.example",
    "our name in front": "{url}.evil.example",
    "another port": "http://127.0.0.1:1",
    "no port": "http://127.0.0.1:x",
    "null": "null",
    "a path": "{url}/x",
    "a user": "http://a@{host}",
    "another scheme": "file://{host}",
    "nothing": "",
}


def test_nobody_learns_from_the_door_why_it_stays_shut(url, cast):
    room = hall(visibility=Level.PUBLIC)
    backstage = room.event.rooms.get(kind="backstage")
    inside, host = cookie(session_of(cast["member"])), url.removeprefix("http://")
    here = {**inside, "Origin": url}

    refused = {
        name: refusal(door(url, room.pk), {**inside, "Origin": one.format(url=url, host=host)}) for name, one in STRANGE_ORIGINS.items()
    }
    refused["two origins"] = refusal(door(url, room.pk), [*here.items(), ("Origin", url)])
    refused["no such room"] = refusal(door(url, uuid4()), here)
    refused["no room at all"] = refusal(f"{url.replace('http', 'ws')}/ws/rooms/../x", here)
    refused["backstage"] = refusal(door(url, backstage.pk), here)
    refused["visitor"] = refusal(door(url, room.pk), {"Origin": url})
    refused["a session that is none"] = refusal(door(url, room.pk), {**cookie("x" * 32), "Origin": url})
    for who in ("observer", "applicant", "suspended"):
        refused[who] = refusal(door(url, room.pk), {**cookie(session_of(cast[who])), "Origin": url})

    assert refused == dict.fromkeys(refused, (403, b""))
    assert refusal(door(url, room.pk), here) == (101, b"")


MALFORMED = {
    "no JSON": "{",
    "a list": "[]",
    "bytes": b"\x00\xff",
    "NaN": '{"action": NaN}',
    "long digits": '{"action":"agenda.go","data":{"step":' + "9" * 5000 + "}}",
    "deep": "[" * 8000,
    "half a character": r'{"action":"chat.post","data":{"text":"\ud800"}}',
    "unknown": json.dumps(frame("chat.shout", text="A")),
    "of the server": json.dumps({"type": "event", "seq": 9}),
    "dunder": json.dumps(frame("__class__")),
    "another room": json.dumps(frame(text="A") | {"room": str(uuid4())}),
    "null": "null",
    "empty": "",
}


def test_whatever_is_sent_is_answered_and_the_socket_lives(url, cast, settings):
    settings.RATE_LIMITS = False
    room = hall()

    with talker(url, room.pk, cast["member"]) as one:
        codes = {}
        for name, said in MALFORMED.items():
            one.socket.send(said)
            codes[name] = one.until("error")["code"]
        one.socket.send(json.dumps(frame(text="a" * 17_000)))
        large = one.until("error")["code"]
        ack = one.act(text="Masih di sini.")

    assert codes == dict.fromkeys(MALFORMED, "invalid")
    assert large == "too_large"
    assert (ack["type"], Entry.objects.count()) == ("ack", 1)


def test_what_is_larger_than_any_frame_closes_that_socket_alone(url, cast):
    room = hall()

    with talker(url, room.pk, cast["member"]) as one, talker(url, room.pk, cast["member2"]) as other:
        with suppress(ConnectionClosed):
            one.socket.send("a" * (17 * 1024 * 1024))
        closed, _heard = one.closed_with()
        ack = other.act(text="Masih di sini.")

    assert (closed, ack["type"]) == (1009, "ack")


def test_who_sends_too_fast_is_told(url, cast, settings):
    settings.RATE_LIMITS = True
    room = hall()

    with talker(url, room.pk, cast["colleague"]) as one:
        for _turn in range(60):
            one.socket.send(json.dumps(frame("hand.raise")))
        answers: list[dict] = []
        while len(answers) < 60:
            answers += [told for told in [one.next()] if told["type"] in {"ack", "error"}]

    assert {told.get("code", "ack") for told in answers} == {"ack", "rate_limited"}


def _suspend(cast, session):
    people.suspend(cast["member"], by=cast["moderator"], reason="Diperiksa.")


def _demote(cast, session):
    User.objects.filter(pk=cast["member"].pk).update(role="observer")


def _sign_out(cast, session):
    Session.objects.filter(session_key=session).delete()


def _new_password(cast, session):
    person = User.objects.get(pk=cast["member"].pk)
    person.set_password("helai baru tikar pandan")
    person.save()


@pytest.mark.parametrize(("lose", "code"), [(_suspend, 4403), (_demote, 4403), (_sign_out, 4401), (_new_password, 4401)])
def test_who_loses_the_right_hears_no_more_and_is_out_within_two_seconds(lose, code, url, cast):
    room, session = hall(), session_of(cast["member"])

    with talker(url, room.pk, session=session) as one, talker(url, room.pk, cast["member2"]) as other:
        one.act(text="Saya di sini.")
        lose(cast, session)
        began = time.monotonic()
        closed, heard = one.closed_with()
        took = time.monotonic() - began
        other.act(text="Sesudah itu.")

    assert (closed, took < 2) == (code, True)
    assert "Sesudah itu." not in json.dumps(heard)
    assert refusal(door(url, room.pk), {**cookie(session), "Origin": url}) == (403, b"")


def test_who_left_a_circle_can_say_nothing_more_in_its_room(url, cast, circle):
    room = hall(visibility=Level.CIRCLE, circle=circle)

    with talker(url, room.pk, cast["member"]) as one:
        assert one.act(text="Halo.")["type"] == "ack"
        circle.circle_memberships.filter(person=cast["member"]).delete()
        one.socket.send(json.dumps(frame(text="Masih di sini?")))
        closed, heard = one.closed_with()

    assert closed == 4403
    assert [told["code"] for told in heard if told["type"] == "error"] in ([], ["forbidden"])
    assert Entry.objects.count() == 1


def test_a_lost_ring_is_healed_by_looking(url, cast, monkeypatch):
    monkeypatch.setattr("cop_site.core.ring.tell", lambda name, what: None)
    room = hall()

    with talker(url, room.pk, cast["member"]) as one:
        write(order(room, cast["member2"], text="Tanpa bel."))
        told = one.until("event")

    assert told["data"]["text"] == "Tanpa bel."


def test_the_long_poll_answers_when_there_is_something(url, cast):
    room = hall()
    ask = urllib.request.Request(f"{url}/events/rooms/{room.pk}/log?since=0&wait=20", headers=cookie(session_of(cast["member"])))
    threading.Timer(2.3, lambda: write(order(room, cast["member2"], text="Halo."))).start()
    began = time.monotonic()

    with urllib.request.urlopen(ask) as answer:
        told = json.load(answer)

    assert [one["data"]["text"] for one in told["events"]] == ["Halo."]
    assert 2 < time.monotonic() - began < 6
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_polls_that_wait_keep_nobody_from_pages(url, cast, settings):
    settings.RATE_LIMITS = False
    room = hall()
    ask = urllib.request.Request(f"{url}/events/rooms/{room.pk}/log?since=0&wait=3", headers=cookie(session_of(cast["member"])))
    waiting = [threading.Thread(target=lambda: urllib.request.urlopen(ask).read()) for _one in range(20)]
    for one in waiting:
        one.start()
    time.sleep(0.5)
    began = time.monotonic()

    with urllib.request.urlopen(f"{url}/healthz") as page:
        status = page.status

    assert (status, time.monotonic() - began < 1.5, all(one.is_alive() for one in waiting)) == (200, True, True)
    for one in waiting:
        one.join()
