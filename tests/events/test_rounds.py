import pytest

from cop_site.accounts.models import Block
from cop_site.events import log, ordering, selectors, state
from cop_site.events.models import Apart, Room, Round, Seat
from cop_site.events.refusing import Refused
from tests.events.factories import event, frame, say

NAMES = ["member", "member2", "colleague", "reviewer", "editor", "auditor"]


@pytest.fixture
def rooms(cast):
    made = event(cast["convenor"])
    rooms = {room.kind: room for room in made.rooms.all()}
    for name in NAMES:
        assert isinstance(say(rooms["hall"], cast[name], text="Saya di sini."), int)
    return rooms


def act(room, by, action, **data):
    return log.append([ordering.order_of(frame(action, **data), room=room.pk, by=by.pk)])[0]


def open_groups(rooms, cast, **wish):
    act(rooms["hall"], cast["convenor"], "breakout.compose", **{"groups": 2} | wish)
    act(rooms["hall"], cast["convenor"], "breakout.open")
    return list(Room.objects.filter(kind="group", closed_at=None).order_by("number"))


def now(room):
    return selectors.state_of(Room.objects.get(pk=room.pk))


def test_a_round_is_composed_opened_and_closed(cast, rooms):
    hall, convenor = rooms["hall"], cast["convenor"]

    assert act(hall, convenor, "breakout.compose", groups=2) is None
    assert Room.objects.filter(kind="group").count() == 0
    assert act(hall, convenor, "breakout.open") == 7
    groups = now(hall)["groups"]["groups"]
    assert sorted(person["id"] for group in groups for person in group["people"]) == sorted(cast[name].handle for name in NAMES)
    assert [len(group["people"]) for group in groups] == [3, 3]
    assert act(hall, convenor, "breakout.close") == 8
    assert (now(hall)["groups"], Room.objects.filter(kind="group", closed_at=None).count()) == (None, 0)


def test_who_sits_in_a_group_and_who_leads_enter_it_and_nobody_else(cast, rooms):
    group, other = open_groups(rooms, cast)
    inside, outside = (Seat.objects.filter(room=room).first().person for room in (group, other))

    assert [selectors.room_for(person, group.pk) is not None for person in (inside, outside, cast["convenor"], cast["moderator"])] == [
        True,
        False,
        True,
        True,
    ]
    assert say(group, inside, text="Halo kelompok.") == 1
    assert say(group, outside, text="Halo.").code == "forbidden"


def test_cards_come_back_to_the_hall_with_where_they_are_from(cast, rooms):
    group, _other = open_groups(rooms, cast)
    person = Seat.objects.filter(room=group).first().person
    say(group, person, "card.add", kind="tantangan", text="Calo")
    say(group, person, "card.edit", id=1, version=1, text="Calo di desa")
    say(group, person, "card.add", kind="praktik", text="Ditarik")
    say(group, person, "chat.hide", id=3)

    act(rooms["backstage"], cast["convenor"], "breakout.close")

    (card,) = now(rooms["hall"])["cards"]
    told = {name: card[name] for name in ("kind", "text", "by", "origin", "votes")}
    by = {"id": person.handle, "name": person.name}
    assert told == {"kind": "tantangan", "text": "Calo di desa", "by": by, "origin": {"round": 1, "group": 1, "seq": 1}, "votes": 0}
    standing = state.at_the_start()
    for entry in selectors.entries_after(rooms["hall"].pk, 0):
        standing = state.after(standing, entry.told())
    assert standing == now(rooms["hall"])
    assert say(group, person, text="Lagi.").code == "closed"


def test_people_who_must_not_meet_do_not_and_nobody_is_told_of_blocks(cast, rooms):
    made = rooms["hall"].event
    Apart.objects.create(event=made, one=cast["member"], other=cast["member2"])
    Block.objects.create(person=cast["colleague"], blocked=cast["reviewer"])

    open_groups(rooms, cast)

    where = dict(Seat.objects.values_list("person__handle", "group"))
    assert where[cast["member"].handle] != where[cast["member2"].handle]
    assert where[cast["colleague"].handle] != where[cast["reviewer"].handle]
    assert [code for seat in Seat.objects.all() for code, _figures in seat.why if "apart" in code] == []


def test_a_pin_survives_composing_anew(cast, rooms):
    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2)
    seat = Seat.objects.get(person=cast["member"])
    other = 2 if seat.group == 1 else 1
    Seat.objects.filter(pk=seat.pk).update(group=other, is_pinned=True)

    act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2, seed=5)

    kept = Seat.objects.get(person=cast["member"])
    assert (kept.group, kept.is_pinned, Round.objects.count()) == (other, True, 1)


def test_groups_that_cannot_be_made_are_refused_with_a_reason(cast, rooms):
    with pytest.raises(Refused) as refusal:
        act(rooms["hall"], cast["convenor"], "breakout.compose", groups=2, most=2)

    assert (refusal.value.code, refusal.value.detail) == ("invalid", Refused("invalid", detail="groups-band").detail)


def test_only_those_who_lead_compose_and_open(cast, rooms):
    with pytest.raises(Refused) as refusal:
        act(rooms["hall"], cast["member"], "breakout.compose", groups=2)

    assert refusal.value.code == "forbidden"
    assert act(rooms["hall"], cast["member"], "breakout.open").code == "forbidden"
    assert act(rooms["hall"], cast["convenor"], "breakout.open").code == "invalid"


def test_the_second_round_of_a_jigsaw_has_somebody_of_every_group(cast, rooms):
    open_groups(rooms, cast)
    act(rooms["hall"], cast["convenor"], "breakout.close")
    before = dict(Seat.objects.values_list("person__handle", "group"))

    groups = open_groups(rooms, cast, mode="jigsaw")

    for group in groups:
        assert {before[handle] for handle in Seat.objects.filter(room=group).values_list("person__handle", flat=True)} == {1, 2}
