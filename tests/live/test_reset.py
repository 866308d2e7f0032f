"""Who was away too long begins anew: nothing twice, nothing hidden, and all that is new."""

import json
import urllib.request

import pytest

from cop_site.events import selectors
from tests.events.factories import frame, hall, say
from tests.live.talking import cookie, session_of, talker

pytestmark = pytest.mark.slow


@pytest.fixture
def room(cast, monkeypatch):
    """A room of twelve entries that replays eight."""
    monkeypatch.setattr(selectors, "MOST_REPLAYED", 8)
    room = hall()
    for number in range(1, 12):
        say(room, cast["member"], text=f"Kata {number}.")
    say(room, cast["moderator"], "chat.hide", id=6)
    room.refresh_from_db()
    return room


def log(url, room, person, query):
    ask = urllib.request.Request(f"{url}/events/rooms/{room.pk}/log{query}", headers=cookie(session_of(person)))
    with urllib.request.urlopen(ask) as answer:
        return json.load(answer)


def test_a_number_too_old_gets_the_state_and_then_what_is_new(url, cast, room):
    with talker(url, room.pk, cast["member2"], since=3) as one:
        reset = one.next()
        one.socket.send(json.dumps(frame(text="Baru.")))
        new = one.until("event")

    assert (one.hello["type"], one.hello["latest"]) == ("hello", 12)
    assert reset == {"type": "reset", "state": one.hello["state"], "latest": 12}
    assert (new["seq"], new["data"]["text"]) == (13, "Baru.")


@pytest.mark.parametrize("since", [4, 11, 12, 999_999_999])
def test_what_can_be_told_is_told_without_a_new_beginning(since, url, cast, room):
    with talker(url, room.pk, cast["member2"], since=since) as one:
        heard = [one.until("event")["seq"] for _missed in range(max(0, 12 - since))]
        one.act(text="Baru.")

    assert heard == list(range(since + 1, 13))


def test_the_log_begins_anew_too_and_hidden_words_stay_hidden(url, cast, room):
    told = log(url, room, cast["member2"], "?since=0")

    assert (told["reset"], told["latest"]) == (True, 12)
    assert [one["seq"] for one in told["events"]] == list(range(1, 13))  # at most two hundred
    assert told["events"][5]["data"]["is_hidden"]
    assert "Kata 6." not in json.dumps(told)
    assert told["state"]["is_closed"] is False


def test_the_log_goes_on_where_it_can(url, cast, room):
    told = log(url, room, cast["member2"], "?since=4")

    assert "reset" not in told
    assert [one["seq"] for one in told["events"]] == list(range(5, 13))
