"""Questions, polls, the queue and the groups on the pages of rooms, without any script."""

import re
from uuid import uuid4

import pytest

from cop_site.events.models import Question, Room
from tests.events.factories import event, say
from tests.events.test_rounds import act
from tests.events.test_screen import BACKSTAGE, ROOM, done, entered, forms

PEOPLE = ("member", "member2", "colleague", "reviewer", "editor", "moderator")


@pytest.fixture
def rooms(cast):
    return {room.kind: room for room in event(cast["convenor"]).rooms.all()}


def page(client, person, path=ROOM):
    return entered(client, person).get(path).content.decode()


def shown(answer):
    """The questions of a page, as they stand in its lists."""
    return {status: [one["text"] for one in found] for status, found in answer.context["floor"].questions.items() if found}


def test_a_question_waits_is_let_in_is_voted_for_and_answered(client, cast, rooms):
    answer = done(entered(client, cast["member"]), "question.ask", text="Kapan dana desa cair?")
    assert answer.url == f"{ROOM}?asked=1#tanya"
    assert "Kapan dana desa cair?" not in client.get(answer.url).content.decode()
    assert "data-asked>" in client.get(answer.url).content.decode()

    assert shown(entered(client, cast["convenor"]).get(BACKSTAGE)) == {"waiting": ["Kapan dana desa cair?"]}
    assert done(client, "question.approve", BACKSTAGE, id=1).url == f"{BACKSTAGE}#tanya"
    entered(client, cast["member2"])
    done(client, "question.vote", id=1)
    assert 'aria-pressed="true"' in client.get(ROOM).content.decode()
    done(client, "question.vote", id=1, take_back="true")
    assert Question.objects.get().votes == 0

    done(entered(client, cast["convenor"]), "question.answer", id=1)
    assert shown(client.get(ROOM)) == {"answered": ["Kapan dana desa cair?"]}


def test_a_question_put_aside_is_gone_and_only_those_who_lead_see_the_forms(client, cast, rooms):
    for words in ("Satu?", "Dua?"):
        say(rooms["hall"], cast["member"], "question.ask", text=words)
    say(rooms["hall"], cast["convenor"], "question.approve", id=1)

    offered = {who: forms(entered(client, cast[who]).get(ROOM)) for who in ("member", "convenor")}
    done(entered(client, cast["convenor"]), "question.approve", BACKSTAGE, id=2, decline="true")

    leading = {"question.answer", "question.approve"}
    assert (offered["member"] & leading, offered["convenor"] & leading) == (set(), leading)
    assert shown(client.get(BACKSTAGE)) == {"approved": ["Satu?"]}


def test_questions_stand_by_votes(client, cast, rooms):
    for number, words in enumerate(("Satu?", "Dua?", "Tiga?"), start=1):
        say(rooms["hall"], cast["member"], "question.ask", text=words)
        say(rooms["hall"], cast["convenor"], "question.approve", id=number)
    for who in ("member", "member2"):
        say(rooms["hall"], cast[who], "question.vote", id=3)
    say(rooms["hall"], cast["member"], "question.vote", id=2)

    assert shown(entered(client, cast["colleague"]).get(ROOM)) == {"approved": ["Tiga?", "Dua?", "Satu?"]}


@pytest.mark.parametrize(
    ("kind", "sent", "row"),
    [
        ("single", {"choice": "1"}, ("Posko", 5, 5)),
        ("multiple", {"choice": ["0", "1"]}, ("Posko", 5, 5)),
        ("rank", {"place": ["2", "1"]}, ("Posko", 10, 10)),
        ("scale", {"choice": "2"}, ("2", 5, 5)),
        ("words", {"word": ["Berani", "", ""]}, ("berani", 5, 5)),
    ],
)
def test_every_kind_of_poll_is_a_form_and_its_result_a_table(client, cast, rooms, kind, sent, row):
    options = {} if kind in {"scale", "words"} else {"options": ["Perdes", "Posko"]}
    say(rooms["hall"], cast["convenor"], "poll.open", kind=kind, question="Mana yang dulu?", **options)

    for who in PEOPLE[:5]:
        assert f'name="{next(iter(sent))}"' in page(client, cast[who])
        assert done(client, "poll.vote", id=1, **sent).status_code == 302
        (poll,) = client.get(ROOM).context["floor"].polls
        assert (poll["has_voted"], "rows" in poll) == (True, False)
    done(entered(client, cast["convenor"]), "poll.close", id=1)

    (poll,) = client.get(ROOM).context["floor"].polls
    assert row in [(one["text"], one["count"], one["most"]) for one in poll["rows"]]
    assert f'<th scope="row">{row[0]}</th>' in client.get(ROOM).content.decode()


def test_below_the_threshold_no_result_is_shown(client, cast, rooms):
    say(rooms["hall"], cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
    for who in PEOPLE[:4]:
        say(rooms["hall"], cast[who], "poll.vote", id=1, choice=[0])
    say(rooms["hall"], cast["convenor"], "poll.close", id=1)

    text = page(client, cast["member"])

    assert "data-too-few>" in text
    assert "<th" not in text


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("rank", {"place": ["2", "2"]}, "<option selected>2</option>"),
        ("words", {"word": ["NIK 3471015503990004", "aman"]}, 'value="NIK 3471015503990004"'),
        ("single", {}, ""),
    ],
)
def test_a_ballot_that_is_refused_says_why_and_stays_filled(client, cast, rooms, kind, sent, kept):
    options = {} if kind == "words" else {"options": ["Perdes", "Posko"]}
    say(rooms["hall"], cast["convenor"], "poll.open", kind=kind, question="Apa?", **options)

    answer = done(entered(client, cast["member"]), "poll.vote", id=1, about=rooms["hall"].pk, **sent)

    text = answer.content.decode()
    assert (answer.status_code, kept in text, "data-refusal hidden" in text) == (422, True, False)


def test_a_question_that_is_refused_stays_where_it_was_typed(client, cast, rooms):
    answer = done(entered(client, cast["member"]), "question.ask", text="NIK 3471015503990004?", about=rooms["hall"].pk)

    assert (answer.status_code, answer.content.decode().count("NIK 3471015503990004?</textarea>")) == (422, 1)


def test_hands_stand_in_the_order_of_the_queue_and_those_who_lead_lower_them(client, cast, rooms):
    for who in ("member", "member2"):
        say(rooms["hall"], cast[who], "hand.raise")
    entered(client, cast["convenor"])
    done(client, "hand.lower", person=cast["member"].handle, heard="true")
    say(rooms["hall"], cast["member"], "hand.raise")
    say(rooms["hall"], cast["colleague"], "hand.raise")

    order = [hand["name"] for hand in client.get(ROOM).context["floor"].hands]
    done(client, "hand.lower", person=cast["member2"].handle)

    assert order == [cast[who].name for who in ("member2", "colleague", "member")]
    told = Room.objects.get(pk=rooms["hall"].pk).state
    assert ([one["id"] for one in told["heard"]], len(told["hands"])) == ([cast["member"].handle], 2)


def test_in_a_round_everybody_finds_her_group_and_comes_back(client, cast, rooms):
    for who in PEOPLE:
        say(rooms["hall"], cast[who], text="Saya di sini.")
    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2)
    act(rooms["hall"], cast["convenor"], "breakout.open")

    floor = entered(client, cast["member"]).get(ROOM).context["floor"]
    inside, outside = (next(one for one in floor.groups if one["is_mine"] is mine) for mine in (True, False))
    assert (client.get(inside["url"]).status_code, client.get(outside["url"]).status_code) == (200, 404)
    assert inside["url"] in client.get(ROOM).content.decode()
    assert outside["url"] not in client.get(ROOM).content.decode()
    answer = done(client, "card.add", inside["url"], kind="praktik", text="Dari kelompok")
    assert answer.url == f"{inside['url']}#kartu-1"
    assert done(client, "hand.raise", inside["url"]).status_code == 302
    assert client.get(f"/events/lain/room/group/{inside['room']}/").status_code == 404
    assert outside["url"] in page(client, cast["convenor"])

    asked = client.get(f"/events/acara-uji/room/silence/?room={inside['room']}&line=1")
    silenced = client.post("/events/acara-uji/room/silence/", {"room": inside["room"], "line": "1", "deed_key": str(uuid4())})
    assert (asked.status_code, silenced.url) == (200, f"{inside['url']}?silenced=1#n1")
    act(rooms["hall"], cast["convenor"], "breakout.close")
    assert re.search(rf"(Putaran|Ronde|Round) 1, (kelompok|group) {inside['number']}", page(client, cast["member"]))
    assert client.get(inside["url"]).content.decode().count('href="/events/acara-uji/room/"') == 2


def test_the_floor_costs_the_same_for_one_of_each_and_for_many(client, cast, rooms, django_assert_max_num_queries):
    entered(client, cast["member"]).get(ROOM)
    counted = []
    for _turn in range(2):
        for _many in range(1 + 4 * len(counted)):
            number = Question.objects.count() + 1
            say(rooms["hall"], cast["member2"], "question.ask", text="Kapan?")
            say(rooms["hall"], cast["convenor"], "question.approve", id=number)
            say(rooms["hall"], cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
        with django_assert_max_num_queries(60) as asked:
            client.get(ROOM)
        counted.append(len(asked))

    assert counted[0] == counted[1]


POLLS = "/events/acara-uji/room/polls/"


def test_those_who_lead_prepare_polls_and_open_them(client, cast, rooms):
    entered(client, cast["convenor"])
    told = {"question": "Mana yang dulu?", "kind": "single", "options": "Perdes\n\n Posko ", "deed_key": str(uuid4())}

    assert client.post(POLLS, told).url == POLLS
    assert "Mana yang dulu?" in client.get(POLLS).content.decode()
    assert "Mana yang dulu?" not in page(client, cast["member"])
    done(entered(client, cast["convenor"]), "poll.open", id=1)

    (poll,) = client.get(ROOM).context["floor"].polls
    assert (poll["question"], poll["options"], poll["is_open"]) == ("Mana yang dulu?", ["Perdes", "Posko"], True)


@pytest.mark.parametrize(
    "wrong", [{"question": ""}, {"options": "Satu"}, {"options": "Ya\nya"}, {"question": "NIK 3471015503990004?"}, {"kind": "lain"}]
)
def test_a_poll_that_cannot_be_kept_says_why_and_stays_typed(client, cast, rooms, wrong):
    told = {"question": "Mana?", "kind": "single", "options": "Perdes\nPosko"} | wrong

    answer = entered(client, cast["convenor"]).post(POLLS, {**told, "deed_key": str(uuid4())})

    text = answer.content.decode()
    assert (answer.status_code, told["options"] in text, told["question"] in text) == (422, True, True)
    assert rooms["hall"].polls.count() == 0


def test_only_those_who_lead_prepare_polls(client, cast, rooms):
    assert [entered(client, cast[who]).get(POLLS).status_code for who in ("member", "convenor", "moderator")] == [403, 200, 200]


def test_the_wall_has_nothing_to_press_and_is_for_those_of_the_hall(client, cast, rooms):
    say(rooms["hall"], cast["convenor"], "poll.open", question="Mana yang dulu?", options=["Perdes", "Posko"])
    say(rooms["hall"], cast["member"], "card.add", kind="praktik", text="Di dinding")
    answer = entered(client, cast["member"]).get(f"{ROOM}screen/")

    text = answer.content.decode().split("<main")[1]
    assert ["Mana yang dulu?" in text, "<li>Posko</li>" in text, "Di dinding" in text, "<form" in text] == [True, True, True, False]
    assert entered(client, cast["observer"]).get(f"{ROOM}screen/").status_code in {403, 404}
