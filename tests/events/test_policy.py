from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level
from cop_site.events import selectors
from cop_site.events.models import Event, Room
from tests import actors, factories
from tests.events.factories import event, hall, say

INSIDE = {
    "member",
    "colleague",
    "member2",
    "convenor",
    "moderator",
    "secretariat",
    "reviewer",
    "safety_reviewer",
    "editor",
    "auditor",
    "former",
}


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_the_hall_of_a_public_event_is_for_every_role_but_applicant_and_observer(who, cast):
    room = hall(visibility=Level.PUBLIC)

    assert Event.objects.visible_to(cast[who]).filter(pk=room.event_id).exists()
    assert (selectors.room_for(cast[who], room.pk) is not None) == (who in INSIDE | {"researcher"})


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_an_event_of_the_network_is_for_its_members(who, cast):
    room = hall()

    assert Event.objects.visible_to(cast[who]).filter(pk=room.event_id).exists() == (who in INSIDE)
    assert (selectors.room_for(cast[who], room.pk) is not None) == (who in INSIDE)


@pytest.mark.parametrize(
    ("who", "enters"), [("member", True), ("convenor", True), ("colleague", False), ("secretariat", False), ("suspended", False)]
)
def test_the_room_of_a_circle_is_for_its_people_whatever_their_office(who, enters, cast, circle):
    room = hall(visibility=Level.CIRCLE, circle=circle)

    assert (selectors.room_for(cast[who], room.pk) is not None) == enters


@pytest.mark.parametrize(
    ("who", "enters"), [("convenor", True), ("moderator", True), ("secretariat", True), ("member", False), ("researcher", False)]
)
def test_the_backstage_is_for_those_who_lead(who, enters, cast):
    backstage = event(cast["convenor"], visibility=Level.PUBLIC).rooms.get(kind=Room.Kind.BACKSTAGE)

    assert (selectors.room_for(cast[who], backstage.pk) is not None) == enters


def test_a_convenor_does_not_lead_the_event_of_another(cast):
    made = event(cast["secretariat"])

    assert set(selectors.rooms_of(made, cast["convenor"])) == {Room.Kind.HALL}
    assert set(selectors.rooms_of(made, cast["moderator"])) == {Room.Kind.HALL, Room.Kind.BACKSTAGE}


def test_who_has_not_agreed_enters_no_room(cast):
    room = hall()
    newcomer = factories.person("Anggota Baru", has_agreed=False)

    assert selectors.room_for(newcomer, room.pk) is None
    assert say(room, newcomer, text="Halo.").code == "forbidden"


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("broadcast", {"text": "Mulai."}),
        ("timer.start", {"seconds": 60}),
        ("agenda.go", {"step": 2}),
        ("room.close", {}),
    ],
)
def test_leading_is_for_those_who_lead(action, data, cast):
    room = hall(cast["convenor"])
    say(room, cast["member"], text="Halo.")

    assert say(room, cast["member"], action, **data).code == "forbidden"
    assert say(room, cast["convenor"], action, **data) == 2


def test_whoever_is_muted_reads_and_says_nothing(cast):
    room = hall()
    people.mute(cast["member"], by=cast["moderator"], reason="Uji.", until=timezone.now() + timedelta(days=1))

    assert selectors.room_for(cast["member"], room.pk) is not None
    assert (say(room, cast["member"], text="Halo.").code, say(room, cast["member2"], text="Halo.")) == ("forbidden", 1)
