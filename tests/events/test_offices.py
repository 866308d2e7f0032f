"""Who leads groups and takes notes: offered when registering, named at the desk, kept to by the composer."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.clock import run_due
from cop_site.events import actions, guests, pace, rounds
from cop_site.events.models import Apart, Event, Registration, Room, Round, Seat
from cop_site.events.rights import may_be_in
from tests.events.factories import event, say
from tests.events.test_rounds import act

NAMES = ["member", "member2", "colleague", "reviewer", "editor", "auditor"]
OFFICES, GROUPS = "/events/acara-uji/desk/offices/", "/events/acara-uji/desk/groups/"


@pytest.fixture(autouse=True)
def nobody_is_too_fast():
    pace._free_at.clear()


@pytest.fixture
def made(cast):
    made = event(cast["convenor"])
    for name in NAMES:
        actions.register(made, by=cast[name], would_facilitate=name == "reviewer")
    return made


@pytest.fixture
def led(client, cast, made):
    client.force_login(cast["convenor"])
    return client


def name(client, **named):
    return client.post(OFFICES, {"deed_key": str(uuid4())} | named)


def compose(client, **wish):
    client.post(GROUPS, {"mode": "sejenis", "organisations": "any", "groups": 2, "seed": 0} | wish)
    return Round.objects.get().wish


def holding(office):
    return set(Seat.objects.filter(**{office: True}).values_list("person__handle", flat=True))


def test_those_who_are_named_are_shown_at_the_desk_and_read_it_themselves(led, cast):
    answer = name(led, facilitator=["member", "member2"], note_taker=["member2"])
    desk = led.get("/en/events/acara-uji/desk/").content.decode()
    led.force_login(cast["member2"])
    own = led.get("/en/events/acara-uji/").content.decode()

    assert (answer.status_code, desk.count("facilitates"), desk.count("takes notes")) == (302, 2, 1)
    assert desk.count("willing to facilitate") == 1
    assert ("You are named to facilitate" in own, "You are named to take notes" in own) == (True, True)
    assert Activity.objects.get(verb=Verb.NAMED_OFFICES).facts == {"facilitators": 2, "note_takers": 1}


def test_the_page_begins_with_those_who_are_named_and_whoever_is_left_out_is_named_no_more(led):
    name(led, facilitator=["member"], note_taker=["member", "tak-ada", "nul\0"])
    page = led.get(OFFICES).content.decode()
    name(led, facilitator=["member2"])

    assert page.count(" checked") == 2
    assert list(Registration.objects.filter(is_facilitator=True).values_list("person__handle", flat=True)) == ["member2"]
    assert not Registration.objects.filter(is_note_taker=True).exists()


def test_nobody_is_named_who_has_no_seat(led, cast):
    Event.objects.update(capacity=len(NAMES))
    actions.register(Event.objects.get(), by=cast["moderator"])

    name(led, facilitator=["moderator", "secretariat"])

    assert not Registration.objects.filter(is_facilitator=True).exists()


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("observer", 404), ("moderator", 200), ("convenor", 200)])
def test_only_those_who_lead_name(who, status, client, cast, made):
    client.force_login(cast[who])

    assert client.get(OFFICES).status_code == status


def test_nobody_is_named_once_the_event_is_over(cast, made):
    Event.objects.update(starts_at=made.starts_at - timedelta(days=1), ends_at=made.starts_at)

    with pytest.raises(PermissionDenied):
        actions.name_offices(made, by=cast["convenor"], facilitators=["member"], note_takers=[])


def test_the_composer_begins_with_those_who_are_named_and_lets_nobody_else(led):
    name(led, facilitator=["member", "member2"], note_taker=["colleague", "editor"])

    page = led.get(GROUPS).content.decode()
    wish = compose(led, only_facilitators="on", only_note_takers="on")

    assert (page.count('name="only_facilitators"'), page.count('name="only_note_takers"'), page.count(" checked")) == (1, 1, 3)
    assert (wish["facilitators"], wish["note_takers"]) == (["member", "member2"], ["colleague", "editor"])
    assert (holding("is_facilitator"), holding("is_note_taker")) == ({"member", "member2"}, {"colleague", "editor"})


def test_everybody_may_where_nobody_is_named_or_those_who_lead_say_so(led):
    without = compose(led, only_facilitators="on")
    offices = len(holding("is_facilitator")), len(holding("is_note_taker"))
    name(led, facilitator=["member"])
    in_spite = compose(led)
    box = re.search(r'<input[^>]*name="only_facilitators"[^>]*>', led.get(GROUPS).content.decode())[0]

    assert (without.keys() & {"facilitators"}, in_spite.keys() & {"facilitators"}) == (set(), set())
    assert (offices, "checked" in box) == ((2, 2), False)


def test_whoever_leaves_is_named_no_more(led, cast, made):
    name(led, facilitator=["member", "member2"])

    actions.leave_event(made, by=cast["member"])

    assert compose(led, only_facilitators="on")["facilitators"] == ["member2"]


def test_whoever_takes_her_registration_back_sits_in_no_group_that_is_being_prepared(led, cast, made):
    compose(led)
    actions.keep_apart(made, cast["member"], cast["member2"], by=cast["convenor"])

    actions.leave_event(made, by=cast["member"])
    left = set(Seat.objects.values_list("person__handle", flat=True))
    for name_ in NAMES[1:]:
        actions.leave_event(made, by=cast[name_])

    assert left == set(NAMES) - {"member"}
    assert (Apart.objects.count(), Seat.objects.count(), Round.objects.count()) == (0, 0, 0)


def test_whoever_is_taken_off_the_list_is_out_of_her_open_group_and_named_in_no_room(led, cast, made):
    compose(led)
    hall = made.rooms.get(kind=Room.Kind.HALL)
    act(hall, cast["convenor"], "breakout.open")
    seat = Seat.objects.select_related("room__event", "person").get(person=cast["member"])
    was_in = may_be_in(seat.person, seat.room)

    actions.take_off_list(made, cast["member"], by=cast["convenor"])

    room = Room.objects.select_related("event").get(pk=seat.room_id)
    told = Room.objects.get(pk=hall.pk).state["groups"]["groups"]
    assert (was_in, may_be_in(seat.person, room), room.acl_version > seat.room.acl_version) == (True, False, True)
    assert {person["id"] for one in told for person in one["people"]} == set(NAMES) - {"member"}
    assert say(room, cast["member"], text="Masih di sini.").code == "forbidden"


def test_whoever_leaves_and_is_in_the_hall_still_meets_nobody_whom_she_must_not_meet(cast, made):
    say(made.rooms.get(kind=Room.Kind.HALL), cast["member"], text="Halo.")
    actions.keep_apart(made, cast["member"], cast["member2"], by=cast["convenor"])

    actions.leave_event(made, by=cast["member"])

    assert Apart.objects.count() == 1


def test_who_must_not_meet_is_forgotten_thirty_days_after(cast, made):
    actions.keep_apart(made, cast["member"], cast["member2"], by=cast["convenor"])

    def kept(days):
        run_due(only="forget-what-participants-needed", at=made.ends_at + timedelta(days=days))
        return Apart.objects.count()

    assert [kept(29), kept(30)] == [1, 0]


def test_only_those_who_enter_rooms_are_seated_and_named_for_groups(cast):
    made = event(cast["convenor"], slug="acara-publik", visibility="publik")
    for who in ("member", "observer", "expired_researcher", "researcher"):
        Registration.objects.create(event=made, person=cast[who])

    actions.name_offices(made, by=cast["convenor"], facilitators=[cast["observer"].handle, cast["member"].handle], note_takers=[])

    assert {person.handle for person in rounds.people_of(made)} == {cast["member"].handle, cast["researcher"].handle}
    assert guests.named_in(made)["facilitators"] == [cast["member"].handle]


def test_the_composer_reads_the_language_that_was_said_when_registering(cast, made):
    actions.register(made, by=cast["member"], language="en")
    say(made.rooms.get(kind=Room.Kind.HALL), cast["moderator"], text="Halo.")

    languages = {person.id: person.language for person in rounds.crowd_of(made, {})}

    assert (cast["member"].language, languages[cast["member"].handle], languages[cast["moderator"].handle]) == ("id", "en", "id")
