"""Polls that were prepared are changed and thrown away as long as nobody has opened them."""

from uuid import uuid4

import pytest

from cop_site.events import actions
from cop_site.events.models import Poll, Room
from cop_site.screening.refusing import NotReady
from tests.events.factories import hall, say
from tests.events.test_screen import entered

POLLS = "/events/acara-uji/room/polls/"
TOLD = {"question": "Siapa yang mulai?", "kind": "single", "options": "Desa\nKabupaten"}


@pytest.fixture
def room(cast):
    return hall(cast["convenor"])


@pytest.fixture
def poll(room):
    return Poll.objects.create(room=room, number=1, question="Mana?", options=["Perdes", "Posko"])


def sent(client, path, **told):
    return client.post(path, {"deed_key": str(uuid4()), **told})


def test_a_prepared_poll_is_changed_on_its_page(client, cast, room, poll):
    entered(client, cast["convenor"])

    page = client.get(f"{POLLS}1/").content.decode()
    answer = sent(client, f"{POLLS}1/", **TOLD)

    assert ("Perdes\nPosko</textarea>" in page, f'href="{POLLS}1/"' in client.get(POLLS).content.decode()) == (True, True)
    poll.refresh_from_db()
    assert (answer.url, poll.number, poll.question, poll.options) == (POLLS, 1, "Siapa yang mulai?", ["Desa", "Kabupaten"])


@pytest.mark.parametrize("wrong", [{"options": "Desa"}, {"question": "NIK 3471015503990004"}])
def test_what_could_not_be_drafted_does_not_stand_in_a_change_either(wrong, client, cast, room, poll):
    answer = sent(entered(client, cast["convenor"]), f"{POLLS}1/", **TOLD | wrong)

    assert (answer.status_code, next(iter(wrong.values())) in answer.content.decode()) == (422, True)
    assert Poll.objects.get().question == "Mana?"


def test_a_prepared_poll_is_thrown_away_and_an_open_one_stays(client, cast, room, poll):
    opened = Poll.objects.create(room=room, number=2, question="Mana?", options=["Perdes", "Posko"])
    say(room, cast["convenor"], "poll.open", id=2)
    entered(client, cast["convenor"])

    answers = [sent(client, f"{POLLS}{number}/discard/").url for number in (1, 2)]

    assert (answers, list(Poll.objects.all())) == ([POLLS] * 2, [opened])
    assert (client.get(f"{POLLS}1/").status_code, client.get(f"{POLLS}2/").status_code) == (404, 404)


def test_a_poll_that_was_opened_meanwhile_is_not_changed(cast, room, poll):
    say(room, cast["convenor"], "poll.open", id=1)

    with pytest.raises(NotReady):
        actions.change_poll(poll, by=cast["convenor"], **{**TOLD, "options": ["Ya", "Belum"]})

    assert Poll.objects.get().question == "Mana?"


@pytest.mark.parametrize("path", ["1/", "1/discard/"])
def test_only_those_who_lead_change_polls_and_only_as_long_as_polls_are_opened(path, client, cast, room, poll):
    refused = [sent(entered(client, cast[who]), f"{POLLS}{path}", **TOLD).status_code for who in ("member", "observer")]
    say(Room.objects.get(pk=room.pk), cast["convenor"], "room.close", later=True)

    assert refused == [403, 404]  # an observer does not see the event
    assert sent(entered(client, cast["convenor"]), f"{POLLS}{path}", **TOLD).status_code == 403
    assert Poll.objects.get().question == "Mana?"
