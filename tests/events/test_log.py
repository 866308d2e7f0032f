import json
import random
from uuid import uuid4

import pytest

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import log, schemas, selectors, state
from cop_site.events.models import Entry, Room
from cop_site.events.refusing import Refused
from tests.events.factories import frame, hall, order, say


def told_in(room):
    return [entry.told() for entry in selectors.entries_after(room.pk, 0, most=10_000)]


def test_entries_are_numbered_without_a_gap_and_tell_who_said_what(cast):
    room = hall()

    numbers = [say(room, cast["member"], text="**Halo**"), say(room, cast["member2"], "hand.raise")]

    first, second = told_in(room)
    assert numbers == [1, 2]
    assert first | {"at": ""} == {
        "type": "event",
        "seq": 1,
        "kind": "chat.post",
        "at": "",
        "actor": {"id": cast["member"].handle, "name": cast["member"].name},
        "data": {"id": 1, "text": "**Halo**", "html": "<p><strong>Halo</strong></p>\n"},
    }
    assert (second["kind"], second["data"]) == ("hand.raise", {})


def test_the_same_sending_again_is_the_same_entry(cast):
    room, key = hall(), str(uuid4())

    assert say(room, cast["member"], client_id=key, text="Halo.") == 1
    assert say(room, cast["member"], client_id=key, text="Halo.") == 1
    assert Entry.objects.count() == 1


def test_something_else_under_the_same_number_is_a_conflict(cast):
    room, key = hall(), str(uuid4())
    say(room, cast["member"], client_id=key, text="Halo.")

    assert say(room, cast["member"], client_id=key, text="Lain.").code == "conflict"
    assert say(room, cast["member2"], client_id=key, text="Halo.").code == "conflict"
    assert [one["data"]["text"] for one in told_in(room)] == ["Halo."]


def test_a_refusal_spoils_no_other_order_of_its_batch(cast):
    room = hall()
    orders = [
        order(room, cast["member"], text="Satu."),
        order(room, cast["observer"], text="Bukan anggota."),
        order(room, cast["member2"], "chat.hide", id=1),
        order(room, cast["moderator"], "chat.hide", id=99),
        order(room, cast["member2"], text="Dua."),
    ]

    outcomes = log.append(orders)

    assert [one.code if isinstance(one, Refused) else one for one in outcomes] == [1, "forbidden", "forbidden", "invalid", 2]
    assert [one["data"]["text"] for one in told_in(room)] == ["Satu.", "Dua."]
    assert Room.objects.get(pk=room.pk).last_seq == 2


def test_orders_of_several_rooms_are_written_together(cast):
    one, other = hall(slug="satu"), hall(slug="dua")

    outcomes = log.append(
        [order(one, cast["member"], text="A"), order(other, cast["member"], text="B"), order(one, cast["member"], text="C")]
    )

    assert outcomes == [1, 1, 2]
    assert [[entry["data"]["text"] for entry in told_in(room)] for room in (one, other)] == [["A", "C"], ["B"]]


def test_hidden_words_are_gone_from_the_log_itself(cast):
    room = hall()
    say(room, cast["member"], text="rahasia-kenari")

    assert say(room, cast["moderator"], "chat.hide", id=1) == 2

    assert "rahasia-kenari" not in json.dumps([told_in(room), list(Entry.objects.values("data", "digest"))])
    assert told_in(room)[0]["data"] == {"id": 1, "text": "", "html": "", "is_hidden": True}
    activity = Activity.objects.get(verb=Verb.HID_IN_ROOM)
    assert (activity.actor, activity.facts) == (cast["moderator"], {"seq": 1})


def test_hidden_words_sent_again_stay_hidden(cast):
    room, key = hall(), str(uuid4())
    say(room, cast["member"], client_id=key, text="rahasia-kenari")
    say(room, cast["moderator"], "chat.hide", id=1)

    assert say(room, cast["member"], client_id=key, text="rahasia-kenari") == 1
    assert told_in(room)[0]["data"]["text"] == ""


def test_a_closed_room_takes_nothing_more_but_acknowledges_what_it_has(cast):
    room, key = hall(cast["convenor"]), str(uuid4())
    say(room, cast["member"], client_id=key, text="Halo.")

    assert say(room, cast["convenor"], "room.close") == 2
    assert say(room, cast["member"], text="Lagi.").code == "closed"
    assert say(room, cast["member"], client_id=key, text="Halo.") == 1
    assert Activity.objects.filter(verb=Verb.CLOSED_ROOM, actor=cast["convenor"]).count() == 1


def test_only_those_who_lead_lower_the_hand_of_another(cast):
    room = hall()
    say(room, cast["member"], "hand.raise")

    assert say(room, cast["member2"], "hand.lower", person=cast["member"].handle).code == "forbidden"
    assert say(room, cast["moderator"], "hand.lower", person=cast["member"].handle) == 2
    assert Room.objects.get(pk=room.pk).state["hands"] == []


def test_personal_data_is_refused_with_its_place_and_leaves_no_trace(cast):
    room = hall()

    with pytest.raises(Refused) as refused:
        order(room, cast["member"], text="NIK 3471015503990004")

    told = refused.value.told(None)
    assert (told["code"], [one["type"] for one in told["findings"]]) == ("personal_data", ["nik"])
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_state_of_a_room_is_what_its_entries_come_to(seed, cast):
    chance, room = random.Random(seed), hall(cast["convenor"])
    people = [cast[name] for name in ("member", "member2", "convenor", "moderator")]
    data = {
        "chat.post": lambda: {"text": "Halo."},
        "chat.hide": lambda: {"id": chance.randint(1, 20)},
        "hand.raise": dict,
        "hand.lower": lambda: {"person": chance.choice(people).handle} if chance.random() < 0.5 else {},
        "broadcast": lambda: {"text": f"Kabar {chance.random()}"},
        "timer.start": lambda: {"seconds": chance.randint(1, 99)},
        "agenda.go": lambda: {"step": chance.randint(1, 9)},
    }

    for _turn in range(60):
        action = chance.choice(list(data))
        say(room, chance.choice(people), action, **data[action]())
    say(room, cast["convenor"], "room.close")

    come_to = state.at_the_start()
    for told in told_in(room):
        come_to = state.after(come_to, told)
    afresh = Room.objects.get(pk=room.pk)
    assert come_to == afresh.state
    assert come_to["is_closed"]
    assert [told["seq"] for told in told_in(room)] == list(range(1, afresh.last_seq + 1))


GOOD = frame(text="Halo.")
UNREADABLE = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a word": '"chat.post"',
    "not a number": json.dumps(GOOD).replace('"Halo."', "NaN"),
    "infinity": json.dumps(GOOD | {"data": {"seconds": float("inf")}}),
    "five thousand digits": '{"action":"agenda.go","data":{"step":' + "9" * 5000 + "}}",
    "half a character": json.dumps(GOOD | {"data": {"text": "\ud800"}}),
    "NUL": json.dumps(GOOD | {"data": {"text": "a\0b"}}),
    "deep": "[" * 6000 + "]" * 6000,
    "nine deep": '{"a":' * 9 + "{}" + "}" * 9,
    "bytes that are no text": b"\xff\xfe",
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_refused(case):
    with pytest.raises(Refused) as refused:
        schemas.order(schemas.read(UNREADABLE[case]), room=uuid4(), by=1)

    assert refused.value.code == "invalid"


WRONG = {
    "no action": {"client_id": GOOD["client_id"], "data": {}},
    "an action of the server": GOOD | {"action": "event"},
    "an attribute": GOOD | {"action": "__class__"},
    "an action that is a list": GOOD | {"action": ["chat.post"]},
    "no number": {"action": "chat.post", "data": {"text": "Halo."}},
    "a number that is none": GOOD | {"client_id": "1"},
    "a number in braces": GOOD | {"client_id": "{" + GOOD["client_id"] + "}"},
    "one more key": GOOD | {"seq": 1},
    "one more field": GOOD | {"data": {"text": "Halo.", "html": "<b>"}},
    "no field": GOOD | {"data": {}},
    "data that is a list": GOOD | {"data": []},
    "data that is null": GOOD | {"data": None},
    "a text that is a number": GOOD | {"data": {"text": 1}},
    "an empty text": GOOD | {"data": {"text": " \u200b\n".replace("\u200b", "")}},
    "a long text": GOOD | {"data": {"text": "a" * 4001}},
    "a whole number that is true": frame("agenda.go", step=True),
    "a broken number": frame("agenda.go", step=1.0),
    "too large a number": frame("agenda.go", step=201),
    "below zero": frame("timer.start", seconds=-1),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_no_schema_knows_is_refused(case):
    with pytest.raises(Refused) as refused:
        schemas.order(WRONG[case], room=uuid4(), by=1)

    assert refused.value.code == "invalid"


def test_what_is_too_large_is_refused_unread():
    with pytest.raises(Refused) as refused:
        schemas.read(json.dumps(GOOD | {"data": {"text": "a" * 17_000}}))

    assert refused.value.code == "too_large"
