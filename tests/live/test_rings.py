"""Sockets that ring: what rings, who hears it, and that nothing but a name is said."""

import asyncio
import json
import time
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level
from cop_site.activity.runner import run_pending
from cop_site.core import ring
from cop_site.forums import actions as forums
from cop_site.forums.models import Forum, Topic
from cop_site.forums.selectors.listening import who_may_hear
from cop_site.live import rings
from cop_site.live.listeners import TOPIC as TOPIC_BELL
from cop_site.live.rooms import Rooms
from cop_site.notifications import actions as notifications
from cop_site.notifications.choices import Reason
from cop_site.notifications.models import Notification
from cop_site.search import actions as searches
from cop_site.search.asked import Asked
from tests import factories
from tests.forums.factories import forum, held, reply, topic
from tests.live.talking import cookie, refusal, session_of
from tests.live.test_sockets import STRANGE_ORIGINS

QUIET = 1.6  # seconds: longer than a ring may wait for its turn


class Listener:
    """A socket that hears rings."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket

    def next(self, seconds: float = 5) -> str:
        return self.socket.recv(timeout=seconds)

    def hears(self, seconds: float = QUIET) -> list[str]:
        """All that rings within a while."""
        heard = []
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                heard.append(self.next(left))
            except TimeoutError:
                break
        return heard

    def closed_with(self, seconds: float = 5) -> tuple[int, list[str]]:
        heard = []
        try:
            while True:
                heard.append(self.next(seconds))
        except ConnectionClosed as closed:
            return closed.rcvd.code, heard


def door(url: str, topic: Any = None) -> str:
    return f"{url.replace('http', 'ws')}/ws/rings/{'' if topic is None else f'?topic={topic}'}"


@contextmanager
def listener(url: str, person: Any = None, topic: Topic | None = None, *, session: str = ""):
    address = door(url, topic and topic.pk)
    with connect(address, additional_headers=cookie(session or session_of(person)), origin=url, compression=None) as socket:
        yield Listener(socket)


INBOX, TOPIC = json.dumps({"ring": "inbox"}), json.dumps({"ring": "topic"})


@pytest.fixture
def asked(url, cast):
    """A question of ``member`` to the network."""
    return topic(forum(), cast["member"])


@pytest.mark.slow
def test_an_answer_rings_for_the_topic_and_for_whoever_is_told_and_says_nothing_but_that(url, cast, asked):
    other = topic(Forum.objects.get(slug="tanya-jawab"), cast["convenor"])

    with (
        listener(url, cast["member"], asked) as starter,
        listener(url, cast["colleague"], asked) as reader,
        listener(url, cast["colleague"], other) as elsewhere,
        listener(url, cast["colleague"]) as nowhere,
    ):
        with transaction.atomic():
            reply(asked, cast["member2"], "Kami punya satu.")
            before = starter.hears(0.5)
        rang = (starter.next(), reader.next())
        run_pending()
        told = starter.next()
        rest = [starter.hears(), *(one.hears(0.1) for one in (reader, elsewhere, nowhere))]

    assert (before, rang, told) == ([], (TOPIC, TOPIC), INBOX)
    assert rest == [[], [], [], []]


@pytest.mark.slow
def test_what_waits_rings_once_it_is_let_through(url, cast, asked):
    with listener(url, cast["colleague"], asked) as one:
        post = held(asked, cast["reviewer"])
        before = one.hears()
        forums.release_post(post, by=cast["moderator"])
        after = one.next()

    assert (before, after) == ([], TOPIC)


@pytest.mark.slow
def test_what_is_read_in_one_tab_rings_in_the_other(url, cast, asked):
    answer = reply(asked, cast["member2"])
    run_pending()
    saved = searches.save_search(by=cast["member"], name="Perdes", asked=Asked(text="perdes"))
    told = Notification.objects.get(recipient=cast["member"])
    looks = {
        "opened": lambda: notifications.see(told, by=cast["member"]),
        "read in its topic": lambda: forums.mark_read(asked, by=cast["member"], number=answer.number),
        "a search looked at": lambda: searches.look_at_saved_search(saved, by=cast["member"]),
        "all of it": lambda: notifications.see_all(by=cast["member"], until=_one_more(cast["member"], answer.topic).created_at),
    }

    with listener(url, cast["member"]) as tab, listener(url, cast["member2"]) as stranger:
        heard = {}
        for name, look in looks.items():
            look()
            heard[name] = tab.next()
        others = stranger.hears(0.1)

    assert heard == dict.fromkeys(looks, INBOX)
    assert others == []


def _one_more(person, topic):
    return Notification.objects.create(recipient=person, reason=Reason.DECIDED, topic=topic)


@pytest.mark.slow
def test_much_at_once_is_one_ring_a_second(url, cast, asked):
    with listener(url, cast["colleague"], asked) as one:
        for _turn in range(20):
            reply(asked, cast["member2"])
            notifications.tell([cast["colleague"]], Reason.WATCHED, topic=asked)
        heard = one.hears(0.9)

    assert 1 <= heard.count(TOPIC) <= 2
    assert 1 <= heard.count(INBOX) <= 2


@pytest.mark.slow
def test_nobody_learns_from_the_door_which_topics_there_are(url, cast, circle):
    kept = topic(forum("Kelompok", visibility=Level.CIRCLE, circle=circle), cast["member"])
    public = topic(forum("Terbuka", visibility=Level.PUBLIC), cast["member"])
    inside, host = cookie(session_of(cast["member"])), url.removeprefix("http://")
    here = {**inside, "Origin": url}

    refused = {
        name: refusal(door(url, kept.pk), {**inside, "Origin": one.format(url=url, host=host)}) for name, one in STRANGE_ORIGINS.items()
    }
    refused["no such topic"] = refusal(door(url, 10**9), here)
    refused |= {f"topic {said}": refusal(door(url, said), here) for said in ("x", "-1", "9" * 19, "1.5", "%00")}
    refused["visitor"] = refusal(door(url), {"Origin": url})
    refused["visitor, of a public topic"] = refusal(door(url, public.pk), {"Origin": url})
    refused["a session that is none"] = refusal(door(url), {**cookie("x" * 32), "Origin": url})
    for who in ("applicant", "suspended", "expired_researcher"):
        refused[who] = refusal(door(url, public.pk), {**cookie(session_of(cast[who])), "Origin": url})
    for who in ("member2", "secretariat", "observer"):
        refused[f"{who}, of a circle"] = refusal(door(url, kept.pk), {**cookie(session_of(cast[who])), "Origin": url})

    assert refused == dict.fromkeys(refused, (403, b""))
    assert [refusal(door(url, one), here) for one in (kept.pk, public.pk, None, "")] == [(101, b"")] * 4


def _suspend(person, session, asked, cast):
    people.suspend(person, by=cast["moderator"], reason="Diperiksa.")


def _change_role(person, session, asked, cast):
    people.change_role(person, "observer", by=cast["secretariat"])


def _sign_out(person, session, asked, cast):
    Session.objects.filter(session_key=session).delete()


def _take_another_password(person, session, asked, cast):
    person.set_password("helai baru tikar pandan")
    person.save()


def _leave_the_circle(person, session, asked, cast):
    people.leave_circle(asked.forum.circle, person, by=person)


def _move_the_topic(person, session, asked, cast):
    Topic.objects.filter(pk=asked.pk).update(forum=forum("Pengelola", visibility=Level.STEWARDS))


def _close_the_forum(person, session, asked, cast):
    Forum.objects.filter(pk=asked.forum_id).update(visibility=Level.STEWARDS, circle=None)


def _delete_the_topic(person, session, asked, cast):
    forums.delete_topic(asked, by=cast["moderator"], reason="Diperiksa.")


LOSSES = {
    _suspend: 4403,
    _change_role: 4403,
    _sign_out: 4401,
    _take_another_password: 4401,
    _leave_the_circle: 4403,
    _move_the_topic: 4403,
    _close_the_forum: 4403,
    _delete_the_topic: 4403,
}


@pytest.mark.slow
def test_who_lost_a_right_hears_nothing_that_came_after_and_is_out(url, cast, circle):
    """Each loses another one, of her own or with the topic that she reads."""
    people.join_circle(circle, cast["moderator"], by=cast["convenor"])
    readers = {lose: factories.person(lose.__name__.strip("_")) for lose in LOSSES}
    sessions = {lose: session_of(person) for lose, person in readers.items()}
    topics = {}
    for lose, person in readers.items():
        people.join_circle(circle, person, by=cast["convenor"])
        kept = forum(lose.__name__, visibility=Level.CIRCLE, circle=circle)
        topics[lose] = Topic.objects.create(forum=kept, starter=cast["convenor"], title="Uji", slug="uji")

    with ExitStack() as stack:
        ears = {lose: stack.enter_context(listener(url, topic=topics[lose], session=sessions[lose])) for lose in LOSSES}
        other = stack.enter_context(listener(url, cast["convenor"], topics[_suspend]))
        for lose, person in readers.items():
            rings_of(topics[lose], person)
        before = {(one.next(), one.next()) for one in ears.values()}
        for lose, person in readers.items():
            lose(person, sessions[lose], topics[lose], cast)
            rings_of(topics[lose], person)
        began = time.monotonic()
        ended = {lose: one.closed_with() for lose, one in ears.items()}
        took = time.monotonic() - began
        others = other.hears(0.1)

    assert (before, took < 2.5) == ({(INBOX, TOPIC)}, True)
    assert ended == {lose: (code, []) for lose, code in LOSSES.items()}
    assert others == [TOPIC, TOPIC]
    shut = {lose: refusal(door(url, topics[lose].pk), {**cookie(sessions[lose]), "Origin": url}) for lose in LOSSES}
    assert shut == dict.fromkeys(LOSSES, (403, b""))


def rings_of(asked, person):
    """What deeds would ring now."""
    ring.tell(TOPIC_BELL, asked.pk)
    ring.tell(ring.INBOX, [person.pk])


@pytest.mark.slow
def test_who_says_something_is_closed_and_nothing_is_logged(url, cast, caplog):
    codes = []
    for said in ("{}", "x" * 70_000, b"\x00\xff", '{"ring":"inbox"}'):
        with listener(url, cast["member"]) as one:
            one.socket.send(said)
            codes.append(one.closed_with()[0])

    assert codes == [rings.SPEAKS, 1009, rings.SPEAKS, rings.SPEAKS]
    assert [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}] == []


@pytest.mark.slow
def test_an_account_has_ten_sockets_that_ring_beside_those_in_rooms(url, cast, settings):
    settings.RATE_LIMITS = True
    session = session_of(cast["member"])
    here = {**cookie(session), "Origin": url}

    with ExitStack() as stack:
        opened = [stack.enter_context(listener(url, session=session)) for _one in range(10)]
        eleventh = refusal(door(url), here)
        opened.pop().socket.close()
        until = time.monotonic() + 5
        while (again := refusal(door(url), here))[0] != 101 and time.monotonic() < until:
            time.sleep(0.05)

    assert (eleventh, again) == ((403, b""), (101, b""))


@pytest.mark.slow
def test_a_server_that_stops_sends_everybody_to_the_next_one_and_lets_nobody_in(cast, transactional_db):
    session = session_of(cast["member"])

    async def play() -> list[Any]:
        rooms, sent = Rooms(), []
        for _turn in range(2):
            said = asyncio.Queue()
            sent.append([])
            said.put_nowait({"type": "websocket.connect"})
            socket = asyncio.create_task(rooms.sockets(_scope(session), said.get, _into(sent[-1])))
            while not sent[-1]:
                await asyncio.sleep(0.01)
            await rooms.send_everybody_out()
            said.put_nowait({"type": "websocket.disconnect", "code": 1012})
            await socket
        await rooms._there.rings.end()
        await rooms._there.hub.end()
        return sent

    inside, late = asyncio.run(play())

    assert inside == [{"type": "websocket.accept"}, {"type": "websocket.close", "code": 1012}]
    assert late == [{"type": "websocket.close"}]


def _scope(session: str) -> dict[str, Any]:
    said = {b"host": b"localhost", **{name.lower().encode(): value.encode() for name, value in cookie(session).items()}}
    return {"type": "websocket", "path": "/ws/rings/", "query_string": b"", "headers": list(said.items())}


def _into(sent: list[Any]) -> Any:
    async def send(message: Any) -> None:
        sent.append(message)

    return send


def test_those_who_go_on_hearing_are_those_who_read(cast, circle, organisation):
    made = [forum(f"Forum {level}", visibility=level, author=cast["secretariat"]) for level in ("publik", "jaringan", "pengelola")]
    made += [forum("Kelompok", visibility=Level.CIRCLE, circle=circle)]
    made += [forum("Organisasi", visibility=Level.ORGANISATION, organisation=organisation)]
    topics = [Topic.objects.create(forum=one, starter=cast["member"], title="Uji", slug="uji") for one in made]
    topics += [Topic.objects.create(forum=made[1], starter=cast["member"], title="Uji", slug="uji", held_at=made[1].created_at)]
    topics += [Topic.objects.create(forum=made[0], starter=cast["member"], title="Uji", slug="uji", hidden_at=made[1].created_at)]
    admitted = {person for name, person in cast.items() if name not in {"visitor", "applicant", "suspended", "expired_researcher"}}

    found = who_may_hear({one.pk: {person.pk for person in cast.values() if person.pk} for one in topics})

    assert found == {(one.pk, person.pk) for person in admitted for one in Topic.objects.visible_to(person)}
    assert found
