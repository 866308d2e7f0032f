import json
from uuid import uuid4

import pytest

from cop_site.events import log, selectors, state
from cop_site.events.models import Card, CardVote, Entry
from cop_site.events.refusing import Refused
from tests.events.factories import hall, order, say


def cards(room):
    room.refresh_from_db()
    return selectors.state_of(room)["cards"]


def folded(room):
    now = state.at_the_start()
    for entry in selectors.entries_after(room.pk, 0, most=1000):
        now = state.after(now, entry.told())
    return now


def test_a_card_is_added_changed_moved_and_voted_for(cast):
    room, member, other = hall(), cast["member"], cast["member2"]

    numbers = [
        say(room, member, "card.add", kind="tantangan", text="Calo di desa"),
        say(room, member, "card.edit", id=1, version=1, text="Calo di desa asal"),
        say(room, other, "card.move", id=1, column="kebutuhan", cluster=" Desa\nasal "),
        say(room, other, "card.vote", id=1),
        say(room, member, "card.vote", id=1),
    ]

    assert numbers == [1, 2, 3, 4, 5]
    assert cards(room) == [
        {
            "id": 1,
            "kind": "tantangan",
            "column": "kebutuhan",
            "cluster": "Desa asal",
            "text": "Calo di desa asal",
            "version": 2,
            "votes": 2,
            "by": {"id": member.handle, "name": member.name},
        }
    ]
    assert folded(room) == selectors.state_of(room)


def test_a_vote_names_nobody_and_counts_once(cast):
    room = hall()
    say(room, cast["member"], "card.add", kind="praktik", text="Perdes")

    assert say(room, cast["member2"], "card.vote", id=1) == 2
    assert say(room, cast["member2"], "card.vote", id=1) is None
    assert cards(room)[0]["votes"] == 1
    assert say(room, cast["member2"], "card.vote", id=1, take_back=True) == 3
    assert say(room, cast["member2"], "card.vote", id=1, take_back=True) is None
    assert cards(room)[0]["votes"] == 0
    votes = Entry.objects.filter(kind="card.vote")
    assert [(one.sender, one.told()["actor"]) for one in votes] == [(None, None)] * 2


def test_a_card_is_never_changed_over_a_wording_not_seen(cast):
    room = hall()
    say(room, cast["member"], "card.add", kind="praktik", text="Satu")
    say(room, cast["moderator"], "card.edit", id=1, version=1, text="Dua")

    refusal = say(room, cast["member"], "card.edit", id=1, version=1, text="Tiga")

    assert (refusal.code, str(refusal.detail)) == ("conflict", Refused("conflict", detail="changed").detail)
    assert cards(room)[0]["text"] == "Dua"


def test_only_its_author_and_those_who_lead_change_a_card(cast):
    room = hall()
    say(room, cast["member"], "card.add", kind="praktik", text="Satu")

    assert say(room, cast["member2"], "card.edit", id=1, version=1, text="Lain").code == "forbidden"
    assert say(room, cast["member2"], "chat.hide", id=1).code == "forbidden"
    assert say(room, cast["moderator"], "card.edit", id=1, version=1, text="Rapi") == 2


@pytest.mark.parametrize("action", ["card.edit", "card.move", "card.vote", "chat.hide"])
def test_what_is_no_card_of_this_room_is_refused(cast, action):
    room, other = hall(slug="satu"), hall(slug="dua")
    say(other, cast["moderator"], "card.add", kind="praktik", text="Di ruang lain")
    fields = {"card.edit": {"version": 1, "text": "x"}, "card.move": {"column": "praktik"}}.get(action, {})

    assert say(room, cast["moderator"], action, id=1, **fields).code == "invalid"
    assert cards(other)[0]["text"] == "Di ruang lain"


def test_a_hidden_card_is_gone_with_all_its_wordings(cast):
    room = hall()
    say(room, cast["member"], "card.add", kind="praktik", text="kenari-pertama")
    say(room, cast["member"], "card.edit", id=1, version=1, text="kenari-kedua")

    assert say(room, cast["member"], "chat.hide", id=1) == 3

    kept = json.dumps([entry.told() for entry in selectors.entries_after(room.pk, 0)])
    assert "kenari-" not in kept + json.dumps(list(Entry.objects.values("data"))[:9])
    assert (cards(room), Card.objects.count()) == ([], 0)
    assert folded(room) == selectors.state_of(room)


def test_headings_of_clusters_are_guarded_too(cast):
    room = hall()
    say(room, cast["member"], "card.add", kind="praktik", text="Satu")

    with pytest.raises(Refused) as refusal:
        order(room, cast["member"], "card.move", id=1, column="praktik", cluster="NIK 3201234509870001")

    assert refusal.value.code == "personal_data"


def test_votes_are_forgotten_when_the_room_closes_and_counts_are_not(cast):
    room, key = hall(), str(uuid4())
    say(room, cast["member"], "card.add", kind="praktik", text="Satu")
    say(room, cast["member2"], "card.vote", client_id=key, id=1)

    say(room, cast["moderator"], "room.close")

    assert CardVote.objects.count() == 0
    assert cards(room)[0]["votes"] == 1
    assert log.append([order(room, cast["member2"], "card.vote", key, id=1)]) == [2]
