"""Making events: drafts, announcing, changing, cancelling, and making another like it."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cop_site.accounts.models import Level
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.events import actions, selectors, shows
from cop_site.events.models import AgendaStep, Entry, Event, Registration, Room
from cop_site.screening.refusing import NotReady
from tests import actors
from tests.events.factories import announced, drafted, event, say

SAID = {
    "name_id": "Forum belajar",
    "about_id": "Belajar bersama.",
    "visibility": "jaringan",
    "starts_at": "2031-03-01T09:00",
    "ends_at": "2031-03-01T12:00",
    "zone": "Asia/Makassar",
    "capacity": "40",
    "agenda_id": "20 | Pembukaan\nPleno",
    "agenda_en": "20 | Opening\nPlenary",
}


def problems(refusal):
    return {problem.field for problem in refusal.value.problems}


@pytest.mark.parametrize("who", actors.EVERYBODY)
def test_a_draft_is_seen_by_its_author_and_the_secretariat(who, cast):
    made = drafted(cast["convenor"])
    hall = made.rooms.get(kind=Room.Kind.HALL)

    is_theirs = who in {"convenor", "secretariat"}
    assert Event.objects.visible_to(cast[who]).filter(pk=made.pk).exists() == is_theirs
    assert (selectors.room_for(cast[who], hall.pk) is not None) == is_theirs


@pytest.mark.parametrize("who", ["member", "researcher", "observer", "applicant", "moderator", "suspended"])
def test_only_convenors_and_the_secretariat_make_events(who, cast):
    with pytest.raises(PermissionDenied):
        drafted(cast[who])


def test_the_form_makes_a_draft_with_times_of_its_zone_and_an_agenda(client, cast):
    client.force_login(cast["convenor"])

    answer = client.post("/events/new/", SAID | {"deed_key": str(uuid4())})
    made = Event.objects.get()

    assert (answer.status_code, answer.url, made.is_draft) == (302, "/events/forum-belajar/", True)
    assert made.starts_at.astimezone(ZoneInfo("Asia/Makassar")).isoformat() == "2031-03-01T09:00:00+08:00"
    assert list(made.steps.values_list("minutes", "name_id", "name_en")) == [(20, "Pembukaan", "Opening"), (None, "Pleno", "Plenary")]
    assert {room.kind for room in made.rooms.all()} == {"hall", "backstage"}


@pytest.mark.parametrize("word", shows.shows())
def test_a_run_of_show_is_an_agenda_to_begin_with(word, client, cast):
    client.force_login(cast["convenor"])

    page = client.get(f"/events/new/?show={word}").content.decode()

    assert all(step["name_id"] in page for step in shows.steps_of(word))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"place": "Balai desa"}, "place"),
        ({"video_link": "http://video.example/x"}, "video_link"),
        ({"video_link": "https://user@video.example/x"}, "video_link"),
        ({"regency": "34.71"}, "regency"),
        ({"capacity": 0}, "capacity"),
        ({"visibility": Level.PRIVATE}, "visibility"),
        ({"visibility": Level.CIRCLE}, "circle"),
        ({"about_id": ""}, "about_id"),
        ({"zone": "Europe/Paris"}, "zone"),
    ],
)
def test_what_may_not_stand_in_an_event_is_refused_at_its_field(told, field, cast):
    with pytest.raises(NotReady) as refusal:
        drafted(cast["convenor"], **told)

    assert problems(refusal) == {field}


def test_personal_data_is_refused_in_an_event(cast):
    with pytest.raises(NotReady) as refusal:
        drafted(cast["convenor"], about_id="Hubungi NIK 3471015503990004.")

    assert [finding.field for finding in refusal.value.findings] == ["about_id"]


def test_the_page_shows_its_convenor_how_to_announce_it_and_then_the_network_sees_it(client, cast):
    made = drafted(cast["convenor"])
    client.force_login(cast["convenor"])

    page = client.get(made.get_absolute_url()).content.decode()
    client.post(f"/events/{made.slug}/announce/", {"deed_key": str(uuid4())})

    assert f"/events/{made.slug}/announce/" in page
    assert Event.objects.visible_to(cast["member"]).filter(pk=made.pk).exists()
    assert not Event.objects.visible_to(cast["observer"]).filter(pk=made.pk).exists()


def test_a_draft_is_thrown_away_after_one_question_with_all_that_belongs_to_it(client, cast):
    made = drafted(cast["convenor"], steps=[{"name_id": "Pleno", "name_en": "", "minutes": 20}])
    say(made.rooms.get(kind=Room.Kind.HALL), cast["convenor"], text="Catatan awal.")
    client.force_login(cast["convenor"])

    page = client.get(made.get_absolute_url()).content.decode()
    asked = client.get(f"/events/{made.slug}/discard/")
    still_there = Event.objects.count()
    answer = client.post(f"/events/{made.slug}/discard/", {"deed_key": str(uuid4())})

    assert (f"/events/{made.slug}/discard/" in page, asked.status_code, still_there) == (True, 200, 1)
    assert (answer.url, Event.objects.count(), Room.objects.count(), Entry.objects.count(), AgendaStep.objects.count()) == (
        "/events/mine/",
        0,
        0,
        0,
        0,
    )
    told = Activity.objects.get(verb=Verb.DISCARDED_EVENT)
    assert (told.actor, told.subject_id, told.facts, told.reason) == (cast["convenor"], made.pk, {}, "")


@pytest.mark.parametrize(("who", "status"), [("convenor", 200), ("secretariat", 200), ("moderator", 404), ("member", 404)])
def test_a_draft_is_thrown_away_by_who_may_change_it(who, status, client, cast):
    made = drafted(cast["convenor"])
    client.force_login(cast[who])

    assert client.get(f"/events/{made.slug}/discard/").status_code == status


def test_a_draft_whose_time_has_passed_can_still_be_thrown_away(cast):
    made = drafted(cast["convenor"])
    Event.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))

    actions.discard_event(made, by=cast["convenor"])

    assert not Event.objects.exists()


def test_an_announced_event_is_cancelled_and_never_thrown_away(client, cast):
    made = announced(cast["convenor"])
    client.force_login(cast["convenor"])

    answers = [client.get(f"/events/{made.slug}/discard/"), client.post(f"/events/{made.slug}/discard/", {"deed_key": str(uuid4())})]

    assert ([answer.status_code for answer in answers], Event.objects.count()) == ([403, 403], 1)
    with pytest.raises(PermissionDenied):
        actions.discard_event(made, by=cast["secretariat"])


def test_a_form_sent_anew_after_its_draft_was_thrown_away_makes_nothing(client, cast):
    client.force_login(cast["convenor"])
    said = SAID | {"deed_key": str(uuid4())}
    client.post("/events/new/", said)
    actions.discard_event(Event.objects.get(), by=cast["convenor"])

    answer = client.post("/events/new/", said)

    assert (answer.status_code, answer.url, Event.objects.count()) == (302, "/events/mine/", 0)


def test_an_event_for_everybody_is_announced_by_the_secretariat_and_nobody_announces_her_own(cast):
    made = drafted(cast["convenor"], visibility=Level.PUBLIC)
    own = drafted(cast["secretariat"], visibility=Level.PUBLIC)

    for event_, person in ((made, cast["convenor"]), (own, cast["secretariat"])):
        with pytest.raises(PermissionDenied):
            actions.announce_event(event_, by=person)

    assert actions.announce_event(made, by=cast["secretariat"]).status == Event.Status.PUBLISHED


def test_an_announced_event_does_not_go_to_everybody_by_being_changed(cast):
    made = actions.announce_event(drafted(cast["convenor"]), by=cast["convenor"])

    with pytest.raises(NotReady) as refusal:
        actions.change_event(made, by=cast["convenor"], visibility=Level.PUBLIC)

    assert problems(refusal) == {"visibility"}


def test_who_sees_it_is_frozen_once_somebody_has_registered(cast):
    made = actions.announce_event(drafted(cast["convenor"]), by=cast["convenor"])
    actions.register(made, by=cast["member"])

    with pytest.raises(NotReady) as refusal:
        actions.change_event(made, by=cast["secretariat"], visibility=Level.PUBLIC)

    assert problems(refusal) == {"visibility"}
    assert actions.change_event(made, by=cast["convenor"], name_id="Nama lain").name_id == "Nama lain"


def test_who_sees_it_is_frozen_once_something_was_said_in_a_room(cast, circle):
    made = announced(cast["convenor"], visibility=Level.CIRCLE, circle=circle)
    say(made.rooms.get(kind=Room.Kind.HALL), cast["member"], text="Hanya untuk lingkar ini.")

    with pytest.raises(NotReady) as refusal:
        actions.change_event(made, by=cast["convenor"], visibility=Level.NETWORK)

    assert problems(refusal) == {"visibility"}
    assert not Event.objects.visible_to(cast["member2"]).exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name_id": "Nama lain"}, "name_id"),
        ({"about_en": "Something else."}, "about_en"),
        ({"place": "Balai desa"}, "place"),
        ({"province": "34"}, "province"),
        ({"steps": [{"name_id": "Lain", "name_en": "", "minutes": None}]}, "agenda_id"),
    ],
)
def test_what_everybody_reads_of_an_announced_event_is_changed_by_those_who_may_announce_it(told, field, cast, vocabulary):
    made = drafted(cast["convenor"], visibility=Level.PUBLIC)
    actions.change_event(made, by=cast["convenor"], name_id="Acara umum")
    actions.announce_event(made, by=cast["secretariat"])

    with pytest.raises(NotReady) as refusal:
        actions.change_event(made, by=cast["convenor"], **told)

    assert problems(refusal) == {field}
    assert actions.change_event(made, by=cast["convenor"], capacity=7, steps=[]).capacity == 7
    assert actions.change_event(made, by=cast["secretariat"], **told).pk == made.pk


def test_words_that_may_not_be_changed_are_kept_in_the_form(client, cast):
    made = drafted(cast["convenor"], visibility=Level.PUBLIC)
    actions.announce_event(made, by=cast["secretariat"])
    client.force_login(cast["convenor"])

    answer = client.post(f"/en/events/{made.slug}/edit/", SAID | {"visibility": "publik", "name_id": "Nama lain", "deed_key": str(uuid4())})

    assert (answer.status_code, 'value="Nama lain"' in answer.content.decode()) == (422, True)
    assert "Ask the secretariat to change it" in answer.content.decode()


def test_fewer_seats_than_are_taken_are_refused_and_more_let_the_next_up(cast):
    made = actions.announce_event(drafted(cast["convenor"], capacity=1), by=cast["convenor"])
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])

    actions.change_event(made, by=cast["convenor"], capacity=2)
    with pytest.raises(NotReady):
        actions.change_event(made, by=cast["convenor"], capacity=1)

    assert Registration.objects.filter(is_waiting=False).count() == 2
    assert Activity.objects.get(verb=Verb.MOVED_UP).facts == {"person": cast["member2"].pk}


def test_attribution_stays_as_it_is_once_something_was_said(cast):
    made = actions.announce_event(drafted(cast["convenor"]), by=cast["convenor"])
    say(made.rooms.get(kind=Room.Kind.HALL), cast["member"], text="Halo.")

    with pytest.raises(NotReady) as refusal:
        actions.change_event(made, by=cast["convenor"], is_unattributed=True)

    assert problems(refusal) == {"is_unattributed"}


def test_a_cancelled_event_says_why_and_takes_nobody(client, cast):
    made = actions.announce_event(drafted(cast["convenor"]), by=cast["convenor"])
    client.force_login(cast["convenor"])

    empty = client.post(f"/events/{made.slug}/cancel/", {"reason": ""})
    client.post(f"/events/{made.slug}/cancel/", {"reason": "Banjir di jalan."})
    client.force_login(cast["member"])
    page = client.get(made.get_absolute_url()).content.decode()

    assert (empty.status_code, "Banjir di jalan." in page, 'data-form="rsvp"' in page) == (422, True, False)
    with pytest.raises(PermissionDenied):
        actions.register(made, by=cast["member"])


def test_another_like_it_has_the_same_agenda_on_the_same_weekday(cast):
    made = event(
        cast["secretariat"], name_id="Forum", starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
    )
    made.steps.create(place=1, name_id="Pembukaan", minutes=20)

    copy = actions.clone_event(made, by=cast["convenor"])

    assert (copy.is_draft, copy.author, copy.starts_at - made.starts_at) == (True, cast["convenor"], timedelta(weeks=2))
    assert list(copy.steps.values_list("name_id", "minutes")) == [("Pembukaan", 20)]


def test_an_event_of_another_is_not_changed_by_a_convenor(client, cast):
    made = event(cast["secretariat"])
    client.force_login(cast["convenor"])

    pages = [client.get(f"/events/{made.slug}/{page}/").status_code for page in ("edit", "cancel", "desk")]

    assert pages == [403, 403, 403]
