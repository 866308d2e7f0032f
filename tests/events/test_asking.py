import json
from uuid import uuid4

import pytest

from cop_site.directory.models import Listing
from cop_site.events import selectors, state
from cop_site.events.models import Entry, Poll, PollBallots, PollVoters, Question, Room
from cop_site.events.policy import FEWEST
from cop_site.events.polling import result_of
from cop_site.events.refusing import Refused
from tests.events.factories import event, order, say


@pytest.fixture
def rooms(cast):
    made = event(cast["convenor"])
    return {room.kind: room for room in made.rooms.all()}


@pytest.fixture
def hall(rooms):
    return rooms["hall"]


def now(room):
    return selectors.state_of(Room.objects.get(pk=room.pk))


def folded(room):
    told = [entry.told() for entry in selectors.entries_after(room.pk, 0, most=1000)]
    standing = state.at_the_start()
    for one in told:
        standing = state.after(standing, one)
    return standing


def all_hold_together(rooms):
    return all(folded(room) == now(room) for room in rooms.values())


def test_a_question_waits_in_the_backstage_until_somebody_lets_it_in(cast, rooms):
    member = cast["member"]

    assert say(rooms["hall"], member, "question.ask", text="Siapa punya contoh perdes?") is None

    by = {"id": member.handle, "name": member.name}
    waiting = {"id": 1, "text": "Siapa punya contoh perdes?", "by": by, "status": "waiting", "votes": 0}
    assert (now(rooms["hall"])["questions"], now(rooms["backstage"])["questions"]) == ([], [waiting])
    assert say(rooms["backstage"], cast["convenor"], "question.approve", id=1) == 2
    assert now(rooms["hall"])["questions"] == now(rooms["backstage"])["questions"] == [waiting | {"status": "approved"}]
    assert all_hold_together(rooms)


@pytest.mark.parametrize("where", ["hall", "backstage"])
def test_an_answered_question_stays_to_be_read(cast, rooms, where):
    say(rooms["hall"], cast["member"], "question.ask", text="Kapan?")
    say(rooms[where], cast["convenor"], "question.approve", id=1)
    say(rooms[where], cast["convenor"], "question.answer", id=1)

    assert [now(room)["questions"][0]["status"] for room in rooms.values()] == ["answered"] * 2
    assert all_hold_together(rooms)


def test_a_vote_for_a_question_names_nobody_and_counts_once(cast, rooms):
    hall = rooms["hall"]
    say(hall, cast["member"], "question.ask", text="Kapan?")
    assert say(hall, cast["member2"], "question.vote", id=1).code == "invalid"
    say(hall, cast["convenor"], "question.approve", id=1)

    assert [say(hall, cast["member2"], "question.vote", id=1) for _twice in range(2)] == [2, None]
    assert now(hall)["questions"][0]["votes"] == 1
    assert Entry.objects.get(kind="question.vote").sender is None
    assert folded(hall) == now(hall)


@pytest.mark.parametrize("was_let_in", [False, True])
def test_a_question_put_aside_is_gone_with_its_words(cast, rooms, was_let_in):
    say(rooms["hall"], cast["member"], "question.ask", text="kenari-rahasia")
    if was_let_in:
        say(rooms["hall"], cast["convenor"], "question.approve", id=1)

    say(rooms["backstage"], cast["moderator"], "question.approve", id=1, decline=True)

    kept = [list(Entry.objects.values_list("data", flat=True)), list(Question.objects.values("text", "html"))]
    assert "kenari" not in json.dumps(kept)
    assert [now(room)["questions"] for room in rooms.values()] == [[], []]
    assert all_hold_together(rooms)


def test_the_hall_hears_nothing_of_a_question_that_was_never_let_in(cast, rooms):
    say(rooms["hall"], cast["member"], "question.ask", text="Kapan?")

    assert say(rooms["hall"], cast["convenor"], "question.approve", id=1, decline=True) is None
    assert Entry.objects.filter(room=rooms["hall"]).count() == 0


def test_only_those_who_lead_let_questions_in(cast, rooms):
    say(rooms["hall"], cast["member"], "question.ask", text="Kapan?")

    assert say(rooms["hall"], cast["member"], "question.approve", id=1).code == "forbidden"
    assert say(rooms["backstage"], cast["member"], "question.approve", id=1).code == "forbidden"


def voters(cast):
    return [cast[name] for name in ("member", "member2", "colleague", "reviewer", "editor", "moderator")]


def test_a_poll_shows_its_result_when_it_closes_and_nothing_before(cast, hall):
    assert say(hall, cast["convenor"], "poll.open", question="Mana yang dulu?", options=["Perdes", "Posko"]) == 1
    for person, choice in zip(voters(cast), [0, 1, 0, 0, 1, 0], strict=True):
        assert say(hall, person, "poll.vote", id=1, choice=[choice]) is None
    assert (now(hall)["polls"][0]["status"], now(hall)["polls"][0]["result"]) == ("open", None)

    say(hall, cast["convenor"], "poll.close", id=1)

    assert now(hall)["polls"][0]["result"] == {"voters": 6, "counts": {"0": 4, "1": 2}, "cells": {}}
    assert folded(hall) == now(hall)
    assert (PollVoters.objects.count(), PollBallots.objects.count()) == (0, 0)


def test_with_one_vote_less_than_the_threshold_nothing_is_shown(cast, hall):
    say(hall, cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
    for person in voters(cast)[: FEWEST - 1]:
        say(hall, person, "poll.vote", id=1, choice=[0])

    say(hall, cast["convenor"], "poll.close", id=1)

    assert now(hall)["polls"][0]["result"] == {"voters": None, "counts": {}, "cells": {}}
    assert (result_of(FEWEST - 1, {"0": 4}, {}), result_of(FEWEST, {"0": 5}, {})) == (
        {"voters": None, "counts": {}, "cells": {}},
        {"voters": 5, "counts": {"0": 5}, "cells": {}},
    )


def test_no_row_of_the_database_joins_a_voter_to_a_vote(cast, hall):
    """Whatever the order of votes, what is stored is the same: so the store tells nothing of it."""
    stored = []
    for number, people in enumerate([voters(cast), voters(cast)[::-1]], start=1):
        say(hall, cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
        choices = {person.pk: at % 2 for at, person in enumerate(voters(cast))}
        for person in people:
            say(hall, person, "poll.vote", id=number, choice=[choices[person.pk]])
        poll = Poll.objects.get(number=number)
        stored.append((poll.voters.marks, list(poll.ballots.counts.items())))

    assert stored[0] == stored[1]
    assert Entry.objects.filter(kind="poll.vote").count() == 0


def test_each_has_one_vote(cast, hall):
    say(hall, cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
    say(hall, cast["member"], "poll.vote", id=1, choice=[0])

    refusal = say(hall, cast["member"], "poll.vote", id=1, choice=[1])

    assert (refusal.code, refusal.detail) == ("conflict", Refused("conflict", detail="voted").detail)


@pytest.mark.parametrize(
    ("kind", "said", "counts"),
    [
        ("multiple", {"choice": [0, 2]}, {"0": 5, "2": 5}),
        ("rank", {"choice": [2, 0, 1]}, {"0": 10, "1": 5, "2": 15}),
        ("scale", {"choice": [4]}, {"4": 5}),
        ("words", {"words": ["Berani", "bersama"]}, {"berani": 5, "bersama": 5}),
    ],
)
def test_every_kind_of_poll_is_counted(cast, hall, kind, said, counts):
    options = {} if kind in {"scale", "words"} else {"options": ["Perdes", "Posko", "Pelatihan"]}
    say(hall, cast["convenor"], "poll.open", kind=kind, question="Apa?", **options)
    for person in voters(cast)[:5]:
        say(hall, person, "poll.vote", id=1, **said)

    say(hall, cast["convenor"], "poll.close", id=1)

    assert now(hall)["polls"][0]["result"] == {"voters": 5, "counts": counts, "cells": {}}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("single", {"choice": [0, 1]}),
        ("single", {"choice": [2]}),
        ("single", {"words": ["x"]}),
        ("rank", {"choice": [0]}),
        ("scale", {"choice": [0]}),
        ("scale", {"choice": [6]}),
        ("words", {"choice": [1]}),
    ],
)
def test_a_vote_that_does_not_fit_its_poll_is_refused(cast, hall, kind, said):
    options = {} if kind in {"scale", "words"} else {"options": ["Perdes", "Posko"]}
    say(hall, cast["convenor"], "poll.open", kind=kind, question="Apa?", **options)

    assert say(hall, cast["member"], "poll.vote", id=1, **said).code == "invalid"


def test_a_closed_poll_takes_no_vote_and_no_second_end(cast, hall):
    say(hall, cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])
    say(hall, cast["convenor"], "poll.close", id=1)

    assert say(hall, cast["member"], "poll.vote", id=1, choice=[0]).code == "closed"
    assert say(hall, cast["convenor"], "poll.close", id=1).code == "closed"


def test_a_prepared_poll_is_opened_by_its_number(cast, hall):
    Poll.objects.create(room=hall, number=1, question="Siap?", options=["Ya", "Belum"])

    assert now(hall)["polls"] == []
    assert say(hall, cast["convenor"], "poll.open", id=1) == 1
    assert [one["question"] for one in now(hall)["polls"]] == ["Siap?"]


def test_options_and_own_words_are_guarded(cast, hall):
    with pytest.raises(Refused) as refusal:
        order(hall, cast["convenor"], "poll.open", question="Siapa?", options=["NIK 3201234509870001", "Bukan"])

    assert refusal.value.code == "personal_data"


def test_the_queue_brings_forward_who_was_not_heard(cast, hall):
    for name, scale, mandates in [("member", "desa", ["pencegahan"]), ("member2", "nasional", ["advokasi"])]:
        organisation = cast[name].memberships.first().organisation
        organisation.is_listed = True
        organisation.save()
        Listing.objects.update_or_create(organisation=organisation, defaults={"service_scale": [scale], "mandate": mandates})
    say(hall, cast["member"], "hand.raise")
    say(hall, cast["convenor"], "hand.lower", person=cast["member"].handle, heard=True)
    say(hall, cast["member"], "hand.raise")
    say(hall, cast["colleague"], "hand.raise")
    say(hall, cast["member2"], "hand.raise")

    assert now(hall)["hands"][0]["id"] == cast["member"].handle
    assert state.queue(now(hall))[-1] == cast["member"].handle
    assert now(hall)["heard"] == [{"id": cast["member"].handle, "scale": "desa", "mandates": ["pencegahan"]}]
    assert say(hall, cast["member"], "hand.lower", heard=True).code == "forbidden"
    assert folded(hall) == now(hall)


@pytest.mark.parametrize(
    ("action", "data"),
    [("question.ask", {"text": "Kapan?"}), ("poll.vote", {"id": 1, "choice": [0]})],
)
def test_what_leaves_no_entry_is_done_once_however_often_it_is_sent(cast, hall, action, data):
    key = str(uuid4())
    say(hall, cast["convenor"], "poll.open", question="Mana?", options=["Perdes", "Posko"])

    assert [say(hall, cast["member"], action, key, **data) for _twice in range(2)] == [None, None]
    assert (Question.objects.count(), sum(len(one.marks) for one in PollVoters.objects.all())) in {(1, 0), (0, 1)}
