"""Cards that came back from a group stand twice: what happens to one happens to the other, also when the rooms are closed."""

import json
from io import BytesIO

import pytest
from django.urls import reverse

from cop_site.events import selectors, state, taking
from cop_site.events.actions import silence_author
from cop_site.events.models import Card, Entry, Mark, Question, Room, Seat, Silence
from tests.events.factories import event, say
from tests.events.test_rounds import NAMES, act
from tests.events.test_screen import SILENCE, done, entered

SECRET = "kenari-bu-sari"


@pytest.fixture
def hall(cast):
    made = event(cast["convenor"]).rooms.get(kind=Room.Kind.HALL)
    for name in NAMES:
        say(made, cast[name], text="Saya di sini.")
    return made


def brought_back(hall, cast):
    """A card that its author changed in her group, once the round is over: its author, its group, its number in the hall."""
    act(hall, cast["convenor"], "breakout.compose", groups=2)
    act(hall, cast["convenor"], "breakout.open")
    group = Room.objects.get(kind="group", number=1)
    author = Seat.objects.filter(room=group).first().person
    say(group, author, text="Halo.")
    say(group, author, "card.add", kind="tantangan", text=SECRET)
    say(group, author, "card.edit", id=2, version=1, text=f"{SECRET} di desa")
    act(hall, cast["convenor"], "breakout.close")
    return author, Room.objects.get(pk=group.pk), Card.objects.get(room=hall).seq


def unattributed(hall):
    Room.objects.filter(pk=hall.pk).update(is_unattributed=True)
    hall.refresh_from_db()


def kept():
    return json.dumps(
        [
            list(Entry.objects.values_list("data", flat=True)),
            [list(rows.objects.values_list("text", flat=True)) for rows in (Card, Question)],
        ]
    )


def holds_together(room):
    room = Room.objects.get(pk=room.pk)
    standing = state.at_the_start()
    for entry in selectors.entries_after(room.pk, 0):
        standing = state.after(standing, entry.told())
    return standing == selectors.state_of(room)


@pytest.mark.parametrize("where", ["hall", "group", "hall when it is closed", "group when the hall is closed"])
def test_what_is_hidden_in_one_room_is_gone_from_the_other_too(cast, hall, where):
    _author, group, number = brought_back(hall, cast)
    if "closed" in where:
        say(hall, cast["convenor"], "room.close")
    was_there = SECRET in kept()

    room, seq = (hall, number) if where.startswith("hall") else (group, 2)
    outcome = say(room, cast["moderator"], "chat.hide", id=seq)

    assert (was_there, isinstance(outcome, int), SECRET in kept(), Card.objects.count()) == (True, True, False, 0)
    assert [holds_together(one) for one in (hall, group)] == [True, True]
    taking.write_sealed(Room.objects.get(pk=hall.pk), record := BytesIO())
    assert SECRET.encode() not in record.getvalue()


def test_only_those_who_lead_hide_in_a_closed_room_and_do_nothing_else(cast, hall):
    say(hall, cast["member"], "question.ask", text=f"Di mana {SECRET}?")
    say(hall, cast["convenor"], "question.approve", id=1)
    say(hall, cast["convenor"], "room.close")

    assert say(hall, cast["member"], "chat.hide", id=1).code == "closed"
    assert say(hall, cast["convenor"], "question.approve", id=1).code == "closed"
    assert isinstance(say(hall, cast["convenor"], "question.approve", id=1, decline=True), int)
    assert SECRET not in kept()


def test_the_page_of_a_closed_room_offers_to_hide_to_those_who_lead(client, cast, hall):
    brought_back(hall, cast)
    say(hall, cast["convenor"], "room.close")
    offers = {}
    for name in ("member", "moderator"):
        for page in ("", "?until=3", "replay/"):
            path = reverse("room-replay", args=["acara-uji"]) if page == "replay/" else f"/events/acara-uji/room/{page}"
            told = entered(client, cast[name]).get(path).content.decode().split("<template")[0]
            offers[name, page] = ('value="chat.hide"' in told, "/events/acara-uji/room/?until=2#n1" in told)

    assert {key: found for key, found in offers.items() if any(found)} == {
        ("moderator", ""): (True, False),
        ("moderator", "?until=3"): (True, False),
        ("moderator", "replay/"): (False, True),
    }
    assert done(client, "chat.hide", id=1).status_code == 302
    assert Entry.objects.get(room=hall, seq=1).data["is_hidden"]


def test_its_author_takes_back_under_no_name_what_came_back_and_can_be_silenced_for_it(cast, hall):
    unattributed(hall)
    author, _group, number = brought_back(hall, cast)
    mine = [mark.seq for mark in Mark.objects.filter(room=hall) if mark.seq == number]
    other = next(cast[name] for name in NAMES if cast[name] != author)

    silence_author(hall, number, by=cast["convenor"])

    assert (mine, Silence.objects.count(), say(hall, author, text="Lagi.").code) == ([number], 1, "forbidden")
    assert say(hall, other, "chat.hide", id=number).code == "forbidden"
    Silence.objects.all().delete()
    assert say(hall, author, "card.edit", id=number, version=1, text="Tanpa nama") is not None
    assert isinstance(say(hall, author, "chat.hide", id=number), int)
    assert SECRET not in kept()


def test_a_round_that_ends_with_its_hall_leaves_no_mark(cast, hall):
    unattributed(hall)
    act(hall, cast["convenor"], "breakout.compose", groups=2)
    act(hall, cast["convenor"], "breakout.open")
    seat = Seat.objects.first()
    say(seat.room, seat.person, "card.add", kind="praktik", text="Perdes")

    say(hall, cast["convenor"], "room.close")

    assert (Card.objects.filter(room=hall).count(), Mark.objects.count()) == (1, 0)


def test_where_nothing_tells_who_said_it_a_sentence_says_so(client, cast, hall):
    say(hall, cast["member"], "card.add", kind="praktik", text="Perdes")
    Entry.objects.filter(room=hall, kind__in=["chat.post", "card.add"]).update(sender=None)
    Card.objects.update(author=None)
    entered(client, cast["convenor"])

    answer = done(client, "", SILENCE, room="hall", line=1)
    page = client.get("/events/acara-uji/room/?card=7").content.decode().split("<template")[0]

    assert (answer.status_code, answer.url) == (302, "/events/acara-uji/room/?unknown=1#n1")
    assert (Silence.objects.count(), "data-silence" in page) == (0, False)
