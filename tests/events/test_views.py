import json
from uuid import uuid4

import pytest

from cop_site.accounts.models import Level
from cop_site.events import pace
from cop_site.events.models import Entry, Room
from tests.events.factories import event, frame, hall, say


def entered(client, person):
    client.force_login(person)
    return client


def sent(client, room, told):
    body = told if isinstance(told, str) else json.dumps(told)
    return client.post(f"/events/rooms/{room}/actions", body, content_type="application/json")


@pytest.fixture(autouse=True)
def nobody_is_too_fast():
    pace._free_at.clear()


@pytest.mark.parametrize("language", ["", "/en"])
def test_an_event_is_listed_and_leads_to_its_room(language, client, cast):
    event(name_id="Pertemuan", name_en="Meeting")

    listed = entered(client, cast["member"]).get(f"{language}/events/").content.decode()
    page = client.get(f"{language}/events/acara-uji/").content.decode()

    name = "Meeting" if language else "Pertemuan"
    assert (name in listed, f"<h1>{name}</h1>" in page) == (True, True)
    assert f'href="{language}/events/acara-uji/room/"' in page


def test_an_unseen_event_is_not_there(client, cast):
    event(visibility=Level.PRIVATE)

    paths = ["/events/acara-uji/", "/events/acara-uji/room/"]
    assert [entered(client, cast["member"]).get(path).status_code for path in paths] == [404, 404]
    assert "Acara uji" not in client.get("/events/").content.decode()


def test_the_room_is_read_and_written_without_scripts(client, cast):
    room = hall()
    path, key = "/events/acara-uji/room/", str(uuid4())

    page = entered(client, cast["member"]).get(path).content.decode()
    answers = [client.post(path, {"text": "Halo semua.", "deed_key": key, "action": "chat.post"}) for _twice in range(2)]
    after = client.get(path).content.decode()

    assert (f'data-room-id="{room.pk}"' in page, 'data-form="say"' in page, 'name="text"' in page) == (True, True, True)
    assert [(one.status_code, one.url) for one in answers] == [(302, f"{path}#baru")] * 2
    assert after.count("Halo semua.") == 1
    assert "data-backstage-id" not in page


def test_who_leads_finds_the_backstage(client, cast):
    backstage = hall(cast["convenor"]).event.rooms.get(kind=Room.Kind.BACKSTAGE)

    page = entered(client, cast["convenor"]).get("/events/acara-uji/room/").content.decode()

    assert f'data-backstage-id="{backstage.pk}"' in page


@pytest.mark.parametrize(("who", "status"), [("observer", 403), ("applicant", 403), ("researcher", 200)])
def test_the_room_of_a_public_event_refuses_whom_it_is_not_for(who, status, client, cast):
    hall(visibility=Level.PUBLIC)

    answer = entered(client, cast[who]).get("/events/acara-uji/room/")

    assert (answer.status_code, b"data-room-id" in answer.content) == (status, status == 200)


def test_words_that_are_refused_stay_in_the_form(client, cast):
    hall()
    told = {"text": "NIK 3471015503990004", "deed_key": str(uuid4()), "action": "chat.post"}

    answer = entered(client, cast["member"]).post("/events/acara-uji/room/", told)

    assert answer.status_code == 422
    assert "NIK 3471015503990004</textarea>" in answer.content.decode()
    assert Entry.objects.count() == 0


def test_the_log_answers_what_follows_a_number(client, cast):
    room = hall()
    for words in ("Satu.", "Dua.", "Tiga."):
        say(room, cast["member"], text=words)

    told = entered(client, cast["member2"]).get(f"/events/rooms/{room.pk}/log?since=1&wait=20").json()

    assert [(one["seq"], one["data"]["text"]) for one in told["events"]] == [(2, "Dua."), (3, "Tiga.")]
    assert (told["latest"], told["state"]["hands"]) == (3, [])


@pytest.mark.parametrize("who", ["visitor", "observer", "suspended"])
def test_a_room_that_may_not_be_entered_is_not_there(who, client, cast):
    room = hall(visibility=Level.PUBLIC)
    if who != "visitor":
        entered(client, cast[who])

    logs = [client.get(f"/events/rooms/{one}/log?since=0") for one in (room.pk, uuid4())]
    acts = [sent(client, one, frame(text="Halo.")) for one in (room.pk, uuid4())]

    assert [answer.status_code for answer in logs] == [404, 404]
    assert [answer.status_code for answer in acts] == [403, 403]
    assert acts[0].content == acts[1].content


def test_an_action_is_acknowledged_once_it_is_written(client, cast):
    room, told = hall(), frame(text="Halo.")

    answers = [sent(entered(client, cast["member"]), room.pk, told).json() for _twice in range(2)]

    assert answers == [{"type": "ack", "client_id": told["client_id"], "seq": 1}] * 2


def test_every_refusal_has_its_status(client, cast):
    room, told = hall(), frame(text="Halo.")
    entered(client, cast["member"])
    sent(client, room.pk, told)
    tries = {
        "invalid": "{",
        "too_large": " " * 17_000,
        "forbidden": frame("room.close"),
        "conflict": told | {"data": {"text": "Lain."}},
        "personal_data": frame(text="NIK 3471015503990004"),
    }

    answers = {name: sent(client, room.pk, one) for name, one in tries.items()}
    say(room, cast["moderator"], "room.close")
    answers["closed"] = sent(client, room.pk, frame(text="Terlambat."))

    assert {name: answer.json()["code"] for name, answer in answers.items()} == {name: name for name in answers}
    statuses = {"invalid": 422, "too_large": 413, "forbidden": 403, "conflict": 409, "personal_data": 422, "closed": 409}
    assert {name: answer.status_code for name, answer in answers.items()} == statuses


def test_who_sends_too_fast_waits(client, cast, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(pace, "A_SECOND", 0.01)
    room = hall()
    entered(client, cast["member"])

    statuses = [sent(client, room.pk, frame("hand.raise")).status_code for _turn in range(pace.AT_ONCE + 3)]

    assert statuses[: pace.AT_ONCE] == [200] * pace.AT_ONCE
    assert statuses[pace.AT_ONCE :] == [429] * 3


def test_a_room_costs_the_same_for_one_line_and_for_twenty(client, cast, django_assert_max_num_queries):
    room = hall()
    entered(client, cast["member"]).get("/events/acara-uji/room/")  # what is read once for all pages
    counted = []
    for _many in (1, 19):
        for _line in range(_many):
            say(room, cast["member2"], text="Halo.")
        with django_assert_max_num_queries(60) as asked:
            client.get("/events/acara-uji/room/")
        counted.append(len(asked))

    assert counted[0] == counted[1]
