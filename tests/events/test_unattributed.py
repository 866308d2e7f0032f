import json
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import selectors
from cop_site.events.actions import silence_author
from cop_site.events.marks import mark_of
from cop_site.events.models import Entry, Mark, Room, Silence
from tests.events.factories import hall, say


@pytest.fixture
def room(cast):
    made = hall(cast["convenor"])
    Room.objects.filter(pk=made.pk).update(is_unattributed=True)
    made.refresh_from_db()
    return made


def entries(room):
    return [entry.told() for entry in selectors.entries_after(room.pk, 0)]


def test_words_and_cards_stand_under_no_name_and_no_sender_is_kept(cast, room):
    member = cast["member"]
    say(room, member, text="Kepala desa ikut bermain.")
    say(room, member, "card.add", kind="tantangan", text="Aparat")
    say(room, member, "card.edit", id=2, version=1, text="Aparat desa")
    say(room, member, "card.move", id=2, column="kebutuhan")
    say(room, member, "chat.hide", id=1)

    say(room, cast["convenor"], text="Saya juga melihatnya.")

    assert [one["actor"] for one in entries(room)] == [None] * 6
    assert set(Entry.objects.values_list("sender", flat=True)) == {None}
    assert selectors.state_of(Room.objects.get(pk=room.pk))["cards"][0]["by"] is None
    kept = json.dumps([list(Entry.objects.values("data", "digest")), list(Mark.objects.values("mark"))])
    assert [told for told in (member.handle, member.name, member.email) if told in kept] == []
    assert not Activity.objects.filter(actor=member).exists()


def test_hands_and_what_is_done_in_leading_name_their_actor(cast, room):
    say(room, cast["member"], "hand.raise")
    say(room, cast["member"], text="Halo.")
    say(room, cast["convenor"], "broadcast", text="Lima menit lagi.")
    say(room, cast["convenor"], "chat.hide", id=2)

    actors = [one["actor"] and one["actor"]["id"] for one in entries(room)]
    assert actors == [cast["member"].handle, None, cast["convenor"].handle, cast["convenor"].handle]


def test_only_the_author_takes_back_what_stands_under_no_name(cast, room):
    say(room, cast["member"], text="Halo.")

    assert say(room, cast["member2"], "chat.hide", id=1).code == "forbidden"
    assert say(room, cast["member"], "chat.hide", id=1) == 2
    assert not Activity.objects.filter(verb=Verb.HID_IN_ROOM).exists()


def test_the_key_of_a_sending_is_the_authors_alone_here_too(cast, room):
    key = str(uuid4())
    say(room, cast["member"], client_id=key, text="Halo.")

    assert say(room, cast["member"], client_id=key, text="Halo.") == 1
    assert say(room, cast["member2"], client_id=key, text="Halo.").code == "conflict"


def test_whoever_is_silenced_says_nothing_more_and_nobody_learns_who_it_is(cast, room):
    say(room, cast["member"], text="Cacian.")
    say(room, cast["member2"], text="Halo.")

    silence_author(room, 1, by=cast["convenor"])

    assert say(room, cast["member"], text="Lagi.").code == "forbidden"
    assert say(room, cast["member2"], text="Terima kasih.") == 3
    activity = Activity.objects.get(verb=Verb.SILENCED_IN_ROOM)
    assert (activity.actor, activity.facts, activity.subject) == (cast["convenor"], {"seq": 1}, room.event)
    assert list(Silence.objects.values_list("mark", flat=True)) == [mark_of(cast["member"], room)]


def test_in_a_room_with_names_silence_works_by_the_same_mark(cast):
    room = hall(cast["convenor"])
    say(room, cast["member"], text="Cacian.")

    silence_author(room, 1, by=cast["moderator"])

    assert say(room, cast["member"], "hand.raise").code == "forbidden"


def test_those_who_lead_go_on_speaking(cast, room):
    say(room, cast["convenor"], text="Halo.")

    silence_author(room, 1, by=cast["moderator"])

    assert say(room, cast["convenor"], text="Lagi.") == 2


@pytest.mark.parametrize("name", ["member", "reviewer", "colleague"])
def test_only_those_who_lead_silence(cast, room, name):
    say(room, cast["member"], text="Halo.")

    with pytest.raises(PermissionDenied):
        silence_author(room, 1, by=cast[name])


def test_when_the_room_closes_nobody_can_find_out_any_more(cast, room):
    key = str(uuid4())
    say(room, cast["member"], client_id=key, text="Halo.")
    silence_author(room, 1, by=cast["convenor"])

    say(room, cast["convenor"], "room.close")

    assert (Mark.objects.count(), Silence.objects.count(), Room.objects.get(pk=room.pk).salt) == (0, 0, "")
    assert say(room, cast["member"], client_id=key, text="Halo.") == 1
    with pytest.raises(PermissionDenied):
        silence_author(room, 1, by=cast["convenor"])
