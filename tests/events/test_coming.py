"""Registering, waiting, leaving; what is kept of it and who sees it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import CircleMembership, Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.clock import run_due
from cop_site.events import actions, guests, selectors
from cop_site.events.models import Event, Registration, Room
from cop_site.events.rights import may_be_in
from tests import actors, factories
from tests.directory.factories import listing
from tests.events.factories import announced, drafted, event

FULL = {
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


def rsvp(client, made, person, **said):
    client.force_login(person)
    told = {"language": "id", "text": "", "consent": "on", "deed_key": str(uuid4())}
    return client.post(f"/events/{made.slug}/rsvp/", told | said)


def can(do):
    try:
        do()
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_whoever_sees_an_event_of_the_network_registers_for_it(who, cast):
    made = event(cast["convenor"])

    assert can(lambda: actions.register(made, by=cast[who])) == (who in FULL)


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_for_a_public_event_everybody_registers_who_was_admitted(who, cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC)

    assert can(lambda: actions.register(made, by=cast[who])) == (who in FULL | {"researcher", "observer"})


@pytest.mark.parametrize("who", ["observer", "researcher"])
def test_an_invitation_lets_one_event_of_the_network_be_seen_and_no_other(who, client, cast):
    asked, other = announced(cast["convenor"]), announced(cast["convenor"])
    hall = asked.rooms.get(kind=Room.Kind.HALL)
    before = selectors.room_for(cast[who], hall.pk)

    actions.invite(asked, cast[who], by=cast["convenor"])
    client.force_login(cast[who])

    assert [client.get(one.get_absolute_url()).status_code for one in (asked, other)] == [200, 404]
    assert (before, selectors.room_for(cast[who], hall.pk) is not None) == (None, who == "researcher")
    assert rsvp(client, asked, cast[who]).status_code == 302


def test_an_invitation_opens_no_circle_and_no_draft(cast, circle):
    closed = event(cast["convenor"], visibility=Level.CIRCLE, circle=circle)
    actions.invite(closed, cast["observer"], by=cast["convenor"])

    assert not Event.objects.visible_to(cast["observer"]).exists()
    with pytest.raises(PermissionDenied):
        actions.invite(drafted(cast["convenor"]), cast["observer"], by=cast["convenor"])


def test_only_who_leads_an_event_invites_to_it(cast):
    made = event(cast["secretariat"])

    assert {
        who: can(lambda who=who: actions.invite(made, cast["observer"], by=cast[who])) for who in ("member", "convenor", "secretariat")
    } == {
        "member": False,
        "convenor": False,
        "secretariat": True,
    }


@pytest.mark.parametrize("who", ["observer", "researcher"])
def test_without_the_invitation_whoever_needed_it_sees_the_event_no_more_and_is_out_of_its_room(who, client, cast):
    made = announced(cast["convenor"])
    hall = made.rooms.get(kind=Room.Kind.HALL)
    actions.invite(made, cast[who], by=cast["convenor"])
    hall.refresh_from_db()
    was_in = may_be_in(cast[who], hall)

    actions.take_back_invitation(made, cast[who], by=cast["convenor"])
    hall = Room.objects.select_related("event").get(pk=hall.pk)
    client.force_login(cast[who])

    assert (was_in, may_be_in(cast[who], hall)) == (who == "researcher", False)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_whoever_sees_the_event_anyway_goes_on_seeing_it_without_the_invitation(client, cast):
    made = announced(cast["convenor"])
    actions.invite(made, cast["member"], by=cast["convenor"])
    actions.take_back_invitation(made, cast["member"], by=cast["convenor"])
    client.force_login(cast["member"])

    assert client.get(made.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["observer", "researcher"])
def test_whoever_registered_stays_so_and_sees_the_event_until_she_is_off_the_list(who, client, cast):
    made = announced(cast["convenor"])
    actions.invite(made, cast[who], by=cast["convenor"])
    actions.register(made, by=cast[who])
    client.force_login(cast[who])

    actions.take_back_invitation(made, cast[who], by=cast["convenor"])
    after_the_invitation = client.get(made.get_absolute_url()).status_code, Registration.objects.count()
    actions.take_off_list(made, cast[who], by=cast["convenor"])

    assert after_the_invitation == (200, 1)
    assert (client.get(made.get_absolute_url()).status_code, Registration.objects.count()) == (404, 0)


def test_off_the_list_nothing_is_kept_and_the_first_who_waits_gets_the_seat(cast):
    made = announced(cast["convenor"], capacity=1)
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])
    circle = Event.objects.get().participants

    actions.take_off_list(made, cast["member"], by=cast["secretariat"])

    assert list(Registration.objects.values_list("person", "is_waiting")) == [(cast["member2"].pk, False)]
    assert not circle.members.filter(pk=cast["member"].pk).exists()
    assert Activity.objects.get(verb=Verb.TOOK_OFF_LIST).facts == {"person": cast["member"].pk}


def test_only_who_keeps_the_desk_takes_back_and_only_until_the_event_is_over(cast):
    made = event(cast["secretariat"])
    actions.invite(made, cast["observer"], by=cast["secretariat"])
    actions.register(made, by=cast["member"])

    def may(who):
        deeds = ((actions.take_back_invitation, "observer"), (actions.take_off_list, "member"))
        return [can(lambda deed=deed, whom=whom: deed(made, cast[whom], by=cast[who])) for deed, whom in deeds]

    before = {who: may(who) for who in ("member", "convenor", "moderator")}
    Event.objects.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))

    assert before == {"member": [False, False], "convenor": [False, False], "moderator": [True, True]}
    assert may("secretariat") == [False, False]


def test_the_form_asks_for_consent_and_guards_what_is_said(client, cast):
    made = event(cast["convenor"])

    without = rsvp(client, made, cast["member"], consent="")
    personal = rsvp(client, made, cast["member"], text="NIK 3471015503990004")

    assert (without.status_code, personal.status_code, Registration.objects.count()) == (422, 422, 0)
    assert "NIK 3471015503990004</textarea>" in personal.content.decode()


def test_one_registers_once_and_changes_what_one_said(client, cast):
    made = event(cast["convenor"])

    answers = [rsvp(client, made, cast["member"], text=said).status_code for said in ("Bahasa isyarat.", "Cetakan besar.")]

    assert answers == [302, 302]
    assert list(Registration.objects.values_list("needs", "is_waiting")) == [("Cetakan besar.", False)]
    assert Activity.objects.filter(verb=Verb.REGISTERED).count() == 1


def test_who_comes_later_than_the_last_seat_waits_and_moves_up_in_order(client, cast):
    made = event(cast["convenor"], capacity=1)
    for who in ("member", "member2", "colleague"):
        actions.register(made, by=cast[who])

    page = rsvp(client, made, cast["colleague"]) and client.get(made.get_absolute_url()).content.decode()
    actions.leave_event(made, by=cast["member"])

    assert "urutan 2" in page or "number 2" in page
    assert list(Registration.objects.order_by("pk").values_list("person", "is_waiting")) == [
        (cast["member2"].pk, False),
        (cast["colleague"].pk, True),
    ]


def test_participants_are_a_circle_and_whoever_leaves_is_in_it_no_more(cast):
    made = event(cast["convenor"])
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])
    circle = Event.objects.get().participants
    together = set(circle.members.values_list("pk", flat=True))

    actions.leave_event(made, by=cast["member"])

    assert together == {cast[who].pk for who in ("convenor", "member", "member2")}
    assert (circle.owner, circle.ends_on) == (cast["convenor"], timezone.localdate(made.ends_at + timedelta(days=30)))
    assert not CircleMembership.objects.filter(person=cast["member"]).exists()
    assert not Registration.objects.filter(person=cast["member"]).exists()


@pytest.mark.parametrize("who", ["observer", "member2", "moderator"])
def test_participants_do_not_read_who_else_comes_and_who_convenes_does(who, client, cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC)
    for name in ("member", who):
        actions.register(made, by=cast[name])
    address = f"/accounts/circles/{Event.objects.get().participants_id}/"

    def names(viewer):
        client.force_login(cast[viewer])
        page = client.get(address).content.decode()
        return [name for name in ("member", who) if f"<b>{cast[name].name}</b>" in page]

    assert (names("convenor"), names(who)) == (["member", who], [who])


def test_whoever_waits_is_not_among_those_who_come_until_she_moves_up(cast):
    made = announced(cast["convenor"], capacity=1)
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])
    members = Event.objects.get().participants.members
    before = set(members.values_list("pk", flat=True))

    actions.leave_event(made, by=cast["member"])

    assert before == {cast["convenor"].pk, cast["member"].pk}
    assert set(members.values_list("pk", flat=True)) == {cast["convenor"].pk, cast["member2"].pk}


def test_what_somebody_needs_is_read_by_the_convenor_and_the_secretariat_alone(client, cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC)
    actions.register(made, by=cast["member"], needs="Bahasa isyarat.")

    def reads(who):
        client.force_login(cast[who])
        return "Bahasa isyarat." in client.get(f"/events/{made.slug}/desk/").content.decode()

    assert {who: reads(who) for who in ("convenor", "secretariat", "moderator", "member", "member2")} == {
        "convenor": True,
        "secretariat": True,
        "moderator": False,
        "member": False,
        "member2": False,
    }


def test_what_somebody_needed_is_forgotten_thirty_days_after(cast):
    made = event(cast["convenor"])
    actions.register(made, by=cast["member"], needs="Bahasa isyarat.")

    def kept(days):
        run_due(only="forget-what-participants-needed", at=made.ends_at + timedelta(days=days))
        return Registration.objects.get().needs

    assert [kept(29), kept(30)] == ["Bahasa isyarat.", ""]


def test_in_the_form_one_says_what_one_is_willing_to_do_in_groups(client, cast):
    made = event(cast["convenor"])

    rsvp(client, made, cast["member"], would_facilitate="on", would_take_notes="on")
    first = Registration.objects.values_list("would_facilitate", "would_take_notes").get()
    page = client.get(made.get_absolute_url()).content.decode()
    rsvp(client, made, cast["member"], would_take_notes="on")

    assert (first, Registration.objects.values_list("would_facilitate", "would_take_notes").get()) == ((True, True), (False, True))
    assert len(re.findall(r'name="would_\w+"[^>]* checked', page)) == 2


def test_what_one_offered_and_was_named_for_is_forgotten_with_what_one_needed(cast):
    made = event(cast["convenor"])
    actions.register(made, by=cast["member"], would_facilitate=True, would_take_notes=True)
    actions.name_offices(made, by=cast["convenor"], facilitators=["member"], note_takers=["member"])

    def kept(days):
        run_due(only="forget-what-participants-needed", at=made.ends_at + timedelta(days=days))
        return Registration.objects.values_list("would_facilitate", "would_take_notes", "is_facilitator", "is_note_taker").get()

    assert [kept(29), kept(30)] == [(True,) * 4, (False,) * 4]


def test_the_video_link_is_shown_to_those_who_have_a_seat(client, cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC, capacity=1, video_link="https://video.example/ruang")
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])

    def finds(who):
        client.force_login(cast[who])
        return "video.example" in client.get(made.get_absolute_url()).content.decode()

    assert [who for who in ("convenor", "secretariat", "moderator", "member", "member2", "observer") if finds(who)] == [
        "convenor",
        "secretariat",
        "member",
    ]


def test_the_scale_and_the_mandates_are_those_of_the_directory(cast, organisation):
    listing(of=organisation, service_scale=["provinsi"], mandate=["pendampingan"])
    made = event(cast["convenor"])

    registration = actions.register(made, by=cast["colleague"])

    assert (registration.scale, registration.mandates) == ("provinsi", ["pendampingan"])


def test_nobody_registers_for_what_is_over_or_for_a_draft(cast):
    over = event(cast["convenor"], starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1))

    assert not can(lambda: actions.register(over, by=cast["member"]))
    assert not can(lambda: actions.register(drafted(cast["convenor"]), by=cast["convenor"]))


def test_the_numbers_of_seats_cost_the_same_for_one_and_for_twenty(client, cast, django_assert_max_num_queries):
    made = event(cast["convenor"])
    client.force_login(cast["convenor"])
    counted = []
    for many in (1, 19):
        for _one in range(many):
            Registration.objects.create(event=made, person=factories.person())
        client.get(f"/events/{made.slug}/desk/")
        with django_assert_max_num_queries(60) as asked:
            client.get(f"/events/{made.slug}/desk/")
        counted.append(len(asked))

    assert counted[0] == counted[1]
    assert guests.seats_of(made) == {"taken": 20, "waiting": 0}
