"""After the live part: those who were away answer by the same actions, into the same rows, for 72 hours."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.clock import run_due
from cop_site.events import log, policy, schemas, selectors, taking
from cop_site.events.closing import LASTS
from cop_site.events.models import Card, Entry, Mark, PollBallots, PollVoters, Room, Silence, Taken
from cop_site.events.refusing import Refused
from cop_site.events.retelling import LABELS
from tests.events.factories import event, say
from tests.events.test_asking import all_hold_together, folded, now, voters
from tests.events.test_rounds import act
from tests.events.test_screen import ROOM, done, entered, forms

POLLS = {"question": "Mana yang dulu?", "options": ["Perdes", "Posko"]}


@pytest.fixture
def rooms(cast):
    return {room.kind: room for room in event(cast["convenor"]).rooms.all()}


@pytest.fixture
def hall(rooms):
    return rooms["hall"]


def end_live_part(hall, cast):
    return say(hall, cast["convenor"], "room.close", later=True)


def let_time_pass(hall):
    """So that the time to answer was over a minute ago."""
    Room.objects.filter(pk=hall.pk).update(later_until=timezone.now() - timedelta(minutes=1))


def test_the_live_part_ends_and_the_room_says_until_when_one_still_answers(cast, hall):
    say(hall, cast["member"], "hand.raise")
    say(hall, cast["convenor"], "timer.start", seconds=60)
    say(hall, cast["convenor"], "poll.open", **POLLS)

    assert end_live_part(hall, cast) == 4

    entry, room = Entry.objects.get(seq=4), Room.objects.get(pk=hall.pk)
    assert (room.later_until, room.closed_at) == (entry.at + LASTS, None)
    assert entry.told()["data"] == {"until": room.later_until.isoformat(timespec="milliseconds")}
    told = now(hall)
    assert told["later"] == {"after": 4, "until": entry.data["until"]}
    assert (told["hands"], told["timer"], told["is_closed"], told["polls"][0]["status"]) == ([], None, False, "open")
    assert folded(hall) == told
    assert Activity.objects.get(verb=Verb.ENDED_LIVE_PART).facts["until"] == entry.data["until"]


def prepared(cast, rooms):
    """A card of a member, a poll that is open, a question that was let in and one that waits; then the live part ends."""
    hall = rooms["hall"]
    say(hall, cast["member"], "card.add", kind="praktik", text="Sebelum")
    say(hall, cast["convenor"], "poll.open", **POLLS)
    for words in ("Kapan?", "Siapa?"):
        say(hall, cast["member"], "question.ask", text=words)
    say(hall, cast["convenor"], "question.approve", id=1)
    end_live_part(hall, cast)


TRIED = {
    "chat.post": {"text": "Halo."},
    "chat.hide": {"id": 1},
    "hand.raise": {},
    "hand.lower": {},
    "broadcast": {"text": "Halo."},
    "timer.start": {"seconds": 60},
    "agenda.go": {"step": 1},
    "card.add": {"kind": "praktik", "text": "Sesudah"},
    "card.edit": {"id": 1, "version": 1, "text": "Lain"},
    "card.move": {"id": 1, "column": "kebutuhan"},
    "card.vote": {"id": 1},
    "question.ask": {"text": "Apa?"},
    "question.vote": {"id": 1},
    "question.approve": {"id": 2},
    "question.answer": {"id": 1},
    "poll.open": POLLS,
    "poll.vote": {"id": 1, "choice": [0]},
    "poll.close": {"id": 1},
    "breakout.compose": {"groups": 2},
    "breakout.open": {},
    "breakout.close": {},
    "room.close": {},
}


@pytest.mark.parametrize("kind", schemas.SCHEMAS)
def test_answers_are_taken_and_nothing_else(kind, cast, rooms):
    prepared(cast, rooms)

    outcome = say(rooms["hall"], cast["convenor"], kind, **TRIED[kind])

    taken = not isinstance(outcome, Refused)
    assert taken == (kind in {"card.add", "card.edit", "card.vote", "chat.hide", "poll.vote", "poll.close", "room.close"})
    assert taken or (outcome.code, outcome.detail) == ("closed", Refused("closed", detail="live_over").detail)


@pytest.mark.parametrize("kind", [kind for kind in TRIED if kind not in {"room.close", "chat.hide"}])
def test_when_the_time_is_over_nothing_is_taken_though_the_clock_has_not_struck(kind, cast, rooms):
    prepared(cast, rooms)
    let_time_pass(rooms["hall"])

    outcomes = [say(rooms["hall"], cast[who], kind, **TRIED[kind]) for who in ("member", "convenor")]

    assert [outcome.code for outcome in outcomes] in (["closed", "closed"], ["forbidden", "closed"])
    assert outcomes[1].detail == Refused("closed", detail="later_over" if kind in policy.LATER else "live_over").detail


@pytest.mark.parametrize(("where", "kind", "sent"), [("backstage", "question.approve", {"id": 2}), ("backstage", "breakout.open", {})])
def test_what_is_said_backstage_changes_the_hall_no_more_and_the_talk_there_goes_on(cast, rooms, where, kind, sent):
    prepared(cast, rooms)

    refused = say(rooms[where], cast["convenor"], kind, **sent)

    assert (refused.code, refused.detail) == ("closed", Refused("closed", detail="live_over").detail)
    assert isinstance(say(rooms[where], cast["moderator"], text="Siapa menulis laporan?"), int)


def test_who_may_answer_is_asked_as_ever(cast, hall):
    say(hall, cast["convenor"], "poll.open", **POLLS)
    end_live_part(hall, cast)

    assert say(hall, cast["observer"], "poll.vote", id=1, choice=[0]).code == "forbidden"
    assert say(hall, cast["member"], "poll.close", id=1).code == "forbidden"
    assert say(hall, cast["member"], "room.close").code == "forbidden"
    assert say(hall, cast["member"], "poll.vote", id=1, choice=[0]) is None
    assert say(hall, cast["member"], "poll.vote", id=1, choice=[1]).code == "conflict"


def test_only_those_who_lead_end_the_live_part_of_the_hall_and_once(cast, rooms):
    assert say(rooms["hall"], cast["member"], "room.close", later=True).code == "forbidden"
    assert say(rooms["backstage"], cast["convenor"], "room.close", later=True).code == "invalid"
    assert end_live_part(rooms["hall"], cast) == 1
    assert end_live_part(rooms["hall"], cast).code == "invalid"


def test_cards_that_came_later_are_marked_and_those_from_before_are_not(cast, rooms):
    hall = rooms["hall"]
    prepared(cast, rooms)
    say(hall, cast["member2"], "card.add", kind="kebutuhan", text="Sesudah")
    say(hall, cast["member"], "card.edit", id=1, version=1, text="Sebelum, diperbaiki")

    assert {card["text"]: card.get("is_later", False) for card in now(hall)["cards"]} == {"Sebelum, diperbaiki": False, "Sesudah": True}
    assert all_hold_together(rooms)


def test_polls_that_were_open_then_keep_their_mark_and_earlier_ones_have_none(cast, hall):
    for _poll in range(2):
        say(hall, cast["convenor"], "poll.open", **POLLS)
    say(hall, cast["convenor"], "poll.close", id=1)
    end_live_part(hall, cast)
    assert [poll.get("is_later", False) for poll in now(hall)["polls"]] == [False, True]

    say(hall, cast["convenor"], "poll.close", id=2)

    assert [poll.get("is_later", False) for poll in now(hall)["polls"]] == [False, True]
    assert folded(hall) == now(hall)


def test_whenever_one_votes_it_is_one_tally_and_no_row_tells_which_vote_came_later(cast, hall):
    """The same votes, some of them later, and all of them before: what is stored is the same, and so is the result."""
    stored, results = [], []
    for number in (1, 2):
        say(hall, cast["convenor"], "poll.open", **POLLS)
        for at, person in enumerate(voters(cast)[: 3 if number == 2 else 6]):
            say(hall, person, "poll.vote", id=number, choice=[at % 2])
    end_live_part(hall, cast)
    before = Taken.objects.count()
    for at, person in list(enumerate(voters(cast)))[3:]:
        assert say(hall, person, "poll.vote", id=2, choice=[at % 2]) is None
    for number in (1, 2):
        kept = (PollVoters.objects.get(poll__number=number), PollBallots.objects.get(poll__number=number))
        stored.append([kept[0].marks, kept[1].counts, kept[1].cells])
        say(hall, cast["convenor"], "poll.close", id=number)
        results.append(next(poll["result"] for poll in now(hall)["polls"] if poll["id"] == number))

    assert stored[0] == stored[1]
    assert results[0] == results[1] == {"voters": 6, "counts": {"0": 3, "1": 3}, "cells": {}}
    assert Taken.objects.count() == before + 3  # keys of sendings, of everything that leaves no entry
    assert Entry.objects.filter(kind="poll.vote").count() == 0


def test_the_clock_closes_polls_with_their_results_and_then_the_room_for_good(cast, rooms):
    hall = rooms["hall"]
    Room.objects.filter(pk=hall.pk).update(is_unattributed=True)
    for number, people in ((1, voters(cast)), (2, voters(cast)[:4])):
        say(hall, cast["convenor"], "poll.open", **POLLS)
        for person in people:
            say(hall, person, "poll.vote", id=number, choice=[0])
    end_live_part(hall, cast)
    say(hall, cast["member"], "card.add", kind="praktik", text="Sesudah")
    until = Room.objects.get(pk=hall.pk).later_until

    run_due(only="end-later-answers", at=until - timedelta(seconds=1))
    too_early = Room.objects.get(pk=hall.pk).closed_at
    for _twice in range(2):
        run_due(only="end-later-answers", at=until)

    told = now(hall)
    ends = list(Entry.objects.filter(room=hall, seq__gt=4).order_by("seq").values_list("kind", "sender", "data"))
    assert (too_early, [kind for kind, _sender, _data in ends]) == (None, ["poll.close", "poll.close", "room.close"])
    assert ([sender for _kind, sender, _data in ends], ends[-1][2]) == ([None] * 3, {})
    assert [poll["result"]["voters"] for poll in told["polls"]] == [6, None]
    assert (told["is_closed"], Room.objects.get(pk=hall.pk).salt, folded(hall)) == (True, "", told)
    assert [kept.objects.count() for kept in (Mark, Silence, Taken, PollVoters, PollBallots)] == [0] * 5
    assert Activity.objects.filter(verb=Verb.CLOSED_ROOM).count() == 1
    assert say(hall, cast["member"], "card.add", kind="praktik", text="Terlambat").detail == Refused("closed").detail


def test_of_two_clocks_one_closes_the_room(cast, hall):
    end_live_part(hall, cast)
    until = Room.objects.get(pk=hall.pk).later_until

    assert selectors.due(until) == [hall.pk]
    assert [log.end_later(hall.pk, until) for _clock in range(2)] == [True, False]
    assert selectors.due(until) == []


def test_the_clock_leaves_rooms_alone_that_are_live_or_were_closed_by_hand(cast, hall):
    assert log.end_later(hall.pk, timezone.now() + LASTS) is False

    end_live_part(hall, cast)
    say(hall, cast["convenor"], "room.close")

    assert log.end_later(hall.pk, timezone.now() + 2 * LASTS) is False
    assert [entry.data for entry in Entry.objects.filter(kind="room.close").order_by("seq")][1:] == [{}]


@pytest.mark.parametrize("later", [True, False])
def test_groups_come_back_with_their_cards_before_the_hall_ends(cast, rooms, later):
    hall = rooms["hall"]
    for who in ("member", "member2", "colleague", "reviewer"):
        say(hall, cast[who], text="Saya di sini.")
    for kind, sent in (("breakout.compose", {"groups": 2}), ("breakout.open", {})):
        act(hall, cast["convenor"], kind, **sent)
    group = Room.objects.get(kind="group", seats__person=cast["member"])
    say(group, cast["member"], "card.add", kind="praktik", text="Dari kelompok")

    said = say(hall, cast["convenor"], "room.close", **({"later": True} if later else {}))

    assert list(Entry.objects.filter(room=hall, seq__gt=5).order_by("seq").values_list("kind", flat=True)) == [
        "breakout.close",
        "card.add",
        "room.close",
    ]
    assert (said, Room.objects.filter(kind="group", closed_at=None).count(), Card.objects.get(room=hall).origin["round"]) == (8, 0, 1)
    assert "is_later" not in now(hall)["cards"][0]
    assert all_hold_together(rooms)


def test_a_poll_that_is_open_when_the_room_is_closed_for_good_is_closed_with_its_result(cast, hall):
    say(hall, cast["convenor"], "poll.open", **POLLS)
    for person in voters(cast):
        say(hall, person, "poll.vote", id=1, choice=[1])

    assert say(hall, cast["convenor"], "room.close") == 3

    assert now(hall)["polls"][0]["result"]["voters"] == 6
    assert folded(hall) == now(hall)


def test_one_answers_after_the_event_is_over_without_any_script(client, cast):
    made = event(cast["convenor"], starts_at=timezone.now() - timedelta(hours=5), ends_at=timezone.now() - timedelta(hours=1))
    hall = made.rooms.get(kind=Room.Kind.HALL)
    say(hall, cast["convenor"], "poll.open", **POLLS)
    say(hall, cast["member"], "card.add", kind="praktik", text="Sebelum")
    offered = forms(entered(client, cast["convenor"]).get(ROOM))
    done(client, "room.close", later="true")
    entered(client, cast["member2"])

    outcomes = [
        done(client, "card.add", kind="kebutuhan", text="Sesudah").status_code,
        done(client, "poll.vote", id=1, choice=1).status_code,
        done(client, "chat.post", text="Halo.").status_code,
    ]

    answer = client.get(f"{ROOM}?card=2")
    page = answer.content.decode()
    assert outcomes == [302, 302, 409]
    assert {"room.close", "timer.start"} <= offered
    assert {one["text"]: one.get("is_later", False) for one in answer.context["screen"].cards} == {"Sebelum": False, "Sesudah": True}
    assert ("data-later>" in page, "data-card-later>" in page, "data-later-note>" in page) == (True, True, True)
    assert 'data-form="say" data-open action="/events/acara-uji/room/" hidden>' in page


def test_words_that_missed_the_live_part_wait_as_a_card(client, cast, hall):
    end_live_part(hall, cast)

    page = done(entered(client, cast["member"]), "chat.post", text="Tadi listrik padam.", about=hall.pk).content.decode()

    assert (page.count("Tadi listrik padam.</textarea>"), 'class="add-card" data-open="later" open>' in page) == (1, True)


def test_the_page_of_the_event_says_until_when_one_still_answers_and_then_where_the_result_is(client, cast, hall):
    pages = []
    for step in (lambda: None, lambda: end_live_part(hall, cast), lambda: let_time_pass(hall)):
        step()
        pages.append({who: entered(client, cast[who]).get("/events/acara-uji/").content.decode() for who in ("member", "observer")})

    found = [["data-until" in page["member"], "room/#tanya" in page["member"]] for page in pages]
    assert found == [[False, False], [True, True], [False, True]]
    assert ["room/#tanya" in page["observer"] for page in pages] == [False] * 3


def test_the_replay_and_the_page_to_read_mark_what_came_later(client, cast, rooms):
    prepared(cast, rooms)
    say(rooms["hall"], cast["member2"], "card.add", kind="kebutuhan", text="Sesudah")

    answer = entered(client, cast["member"]).get(f"{ROOM}replay/")
    early = client.get(f"{ROOM}replay/?at=1")

    lines = {line.words or "akhir": (line.is_later, line.until is not None) for line in answer.context["moment"].lines}
    assert lines == {"Sebelum": (False, False), "akhir": (False, True), "Sesudah": (True, False)}
    assert [line.is_later for line in early.context["moment"].lines] == [False]
    assert LABELS["room.close:later"] in [mark.label for mark in answer.context["marks"].lines]
    sealed, readable = BytesIO(), BytesIO()
    room = Room.objects.select_related("event").get(pk=rooms["hall"].pk)
    taking.write_sealed(room, sealed)
    sealed.seek(0)
    taking.write_readable(room, sealed, readable, zone="Asia/Jakarta")
    assert readable.getvalue().decode().count(gettext("asynchronous")) == 2  # in the talk and on the board


def test_with_its_live_part_an_event_is_over_for_whoever_sees_it(client, cast):
    made = event(cast["convenor"], visibility="publik")
    assert "Sedang berlangsung" in client.get(made.get_absolute_url()).text

    say(made.rooms.get(kind="hall"), cast["convenor"], "room.close", later=True)

    made.refresh_from_db()
    assert "Sedang berlangsung" not in client.get(made.get_absolute_url()).text
    assert (made.is_over, policy.can_come(cast["member"], made)) == (True, False)
    client.force_login(cast["convenor"])
    page = client.get(f"{made.get_absolute_url()}desk/groups/").text
    assert ("tidak ada lagi kelompok yang disusun" in page, 'data-form="compose"' in page) == (True, False)
