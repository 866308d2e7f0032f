"""Calendars, read by a parser that is not ours, in all three zones."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level
from cop_site.events import actions
from cop_site.events.models import CalendarFeed, Event
from tests.events.factories import drafted, event


def read(answer):
    assert answer.status_code == 200
    return list(vobject.readOne(answer.content.decode()).vevent_list) if b"VEVENT" in answer.content else []


def opened(client, person):
    """The word of the feed that a person opens, as her page tells it once."""
    client.force_login(person)
    page = client.post("/events/mine/", {"then": "open"}).content.decode()
    again = client.get("/events/mine/").content.decode()
    client.logout()
    assert "token=" not in again
    return re.search(r"token=([\w-]+)", page)[1]


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)])
def test_another_parser_reads_the_times_of_each_zone(zone, hours, client, cast):
    begins = datetime(2031, 3, 1, 9, tzinfo=ZoneInfo(zone))
    event(visibility=Level.PUBLIC, zone=zone, starts_at=begins, ends_at=begins + timedelta(hours=3))

    answer = client.get("/events/acara-uji/calendar.ics")
    found = read(answer)[0]

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"TZID:{zone}" in answer.content.decode()
    assert found.dtstart.value.utcoffset() == timedelta(hours=hours)
    assert (found.dtstart.value, found.dtend.value) == (begins, begins + timedelta(hours=3))


def test_the_calendar_of_all_holds_what_is_public_whoever_asks(client, cast):
    for level in (Level.PUBLIC, Level.NETWORK, Level.STEWARDS):
        event(cast["convenor"], slug=f"acara-{level}", name_id=f"Acara {level}", visibility=level)
    draft = drafted(cast["secretariat"], visibility=Level.PUBLIC)
    client.force_login(cast["secretariat"])

    assert [one.summary.value for one in read(client.get("/events/calendar.ics"))] == ["Acara publik"]
    assert client.get(f"/events/{draft.slug}/calendar.ics").status_code == 404


def test_of_a_closed_event_nothing_is_told_that_is_finer_than_the_district(client, cast):
    told = {"about_id": "Kalimat terbuka.", "province": "34", "regency": "34.71", "video_link": "https://video.example/x"}
    event(cast["convenor"], **told)
    Event.objects.update(place="Balai desa")  # from when it was public
    client.force_login(cast["member"])

    found = read(client.get("/events/acara-uji/calendar.ics"))[0]

    assert (hasattr(found, "description"), "Balai" in found.location.value, found.location.value) == (
        False,
        False,
        "Kota Yogyakarta, Daerah Istimewa Yogyakarta",
    )
    assert "video.example" not in found.serialize()


def test_the_feed_of_a_person_holds_what_she_registered_for(client, cast):
    mine, _other = event(cast["convenor"], name_id="Milikku"), event(cast["convenor"], slug="lain", name_id="Lain")
    actions.register(mine, by=cast["member"])
    word = opened(client, cast["member"])

    assert [one.summary.value for one in read(client.get(f"/events/calendar.ics?token={word}"))] == ["Milikku"]
    assert CalendarFeed.objects.get().digest not in word


def test_a_feed_that_was_closed_made_anew_or_whose_owner_is_suspended_gives_nothing(client, cast):
    actions.register(event(cast["convenor"]), by=cast["member"])
    first, second = opened(client, cast["member"]), opened(client, cast["member"])

    statuses = [client.get(f"/events/calendar.ics?token={word}").status_code for word in (first, second, "", "x")]
    people.suspend(cast["member"], by=cast["moderator"], reason="Uji.")
    statuses.append(client.get(f"/events/calendar.ics?token={second}").status_code)
    people.lift_suspension(cast["member"], by=cast["moderator"], reason="Uji.")
    actions.close_feed(by=cast["member"])
    statuses.append(client.get(f"/events/calendar.ics?token={second}").status_code)

    assert statuses == [404, 200, 404, 404, 404, 404]


def test_a_feed_shows_no_event_that_its_owner_lost_sight_of(client, cast):
    made = event(cast["convenor"])
    actions.register(made, by=cast["member"])
    word = opened(client, cast["member"])
    Event.objects.update(visibility=Level.STEWARDS)

    assert read(client.get(f"/events/calendar.ics?token={word}")) == []


def test_a_cancelled_event_says_so_in_the_calendar(client, cast):
    made = event(cast["convenor"], visibility=Level.PUBLIC)
    actions.cancel_event(made, by=cast["convenor"], reason="Banjir.")

    assert read(client.get("/events/calendar.ics"))[0].status.value == "CANCELLED"
