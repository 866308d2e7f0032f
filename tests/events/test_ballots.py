"""A ballot that could not be cast is kept nowhere: a session stands beside its person."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from cop_site.events.models import PollVoters
from tests.events.factories import hall, say
from tests.factories import person

ROOM = "/events/acara-uji/room/"
SECRET = "kenari-rahasia"


@pytest.fixture
def ballot(cast):
    say(hall(cast["convenor"]), cast["convenor"], "poll.open", kind="words", question="Siapa?")
    return {"action": "poll.vote", "id": "1", "word": SECRET, "choice": "1", "place": "1", "deed_key": str(uuid4())}


def kept():
    """All that stands in sessions, decoded."""
    return str([session.get_decoded() for session in Session.objects.all()])


def _with_an_ended_session(client, cast):
    return client


def _with_an_old_token(client, cast):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    strict.force_login(cast["member"])
    return strict


def _before_the_first_steps(client, cast):
    client.force_login(person("Anggota Baru", has_agreed=False))
    return client


@pytest.mark.parametrize("enter", [_with_an_ended_session, _with_an_old_token, _before_the_first_steps])
def test_of_a_ballot_that_was_not_taken_nothing_stands_in_a_session(client, cast, ballot, enter):
    voter = enter(client, cast)
    voter.post(ROOM, {"action": "chat.post", "text": "Halo semua."})
    words = kept()
    answer = voter.post(ROOM, ballot)

    assert ("Halo semua." in words, SECRET in kept(), "poll.vote" in kept()) == (True, False, False)
    assert (answer.status_code in {302, 403}, PollVoters.objects.get().marks) == (True, [])


def test_whoever_has_to_sign_in_again_hears_that_a_vote_was_not_kept(client, cast, ballot):
    told = [str(message) for message in client.post(ROOM, ballot, follow=True).context["messages"]]

    assert [word in told[0] for word in ("tidak disimpan", "not kept")].count(True) == 1
