"""What people hear of events: in the list and by a mail that says nothing of it; never what they may not see any more."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cop_site.accounts.models import Level
from cop_site.activity.runner import run_pending
from cop_site.core.clock import run_due
from cop_site.events import actions
from cop_site.events.models import Event
from cop_site.notifications import mailing
from cop_site.notifications.models import Notification
from tests.events.factories import announced, event, say

SECRET = "Judul rahasia"


def heard():
    """Who was told, by the verb of what they were told of."""
    run_pending()
    return {(row.recipient.handle, str(row.activity.verb)) for row in Notification.objects.select_related("recipient", "activity")}


def mailed():
    mailing.send_waiting()
    return sorted(letter.to[0] for letter in mail.outbox if "/notifications/" in letter.body)


def test_whoever_is_invited_is_told_and_finds_the_event(client, cast):
    made = announced(cast["convenor"], name_id=SECRET)
    actions.invite(made, cast["observer"], by=cast["convenor"])

    assert heard() == {("observer", "invited-to-event")}
    assert mailed() == [cast["observer"].email]
    assert SECRET not in f"{mail.outbox[-1].subject}{mail.outbox[-1].body}"

    client.force_login(cast["observer"])
    told = Notification.objects.get()
    assert SECRET in client.get("/notifications/").content.decode()
    assert client.get(f"/notifications/{told.pk}/").url == made.get_absolute_url()


def test_whoever_moves_up_is_told(cast):
    made = announced(cast["convenor"], capacity=1)
    for who in ("member", "member2", "colleague"):
        actions.register(made, by=cast[who])
    actions.leave_event(made, by=cast["member"])

    assert heard() == {("member2", "moved-up")}


def test_participants_are_told_of_another_time_and_of_nothing_else_that_changed(cast):
    made = announced(cast["convenor"])
    actions.register(made, by=cast["member"])

    actions.change_event(made, by=cast["convenor"], name_id="Nama lain")
    before = heard()
    actions.change_event(made, by=cast["convenor"], starts_at=made.starts_at + timedelta(hours=1))

    assert (before, heard()) == (set(), {("member", "changed-event")})


def test_those_who_come_and_those_who_wait_are_told_that_it_is_cancelled(cast):
    made = announced(cast["convenor"], capacity=1)
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])
    actions.cancel_event(made, by=cast["convenor"], reason="Banjir.")

    assert heard() == {("member", "cancelled-event"), ("member2", "cancelled-event")}


@pytest.mark.parametrize("hours", [24, 1])
def test_those_with_a_seat_are_reminded_a_day_and_an_hour_before_and_once(hours, cast):
    made = announced(cast["convenor"], capacity=1)
    for who in ("member", "member2"):
        actions.register(made, by=cast[who])
    at = made.starts_at - timedelta(hours=hours)

    run_due(only="remind-of-events", at=at - timedelta(minutes=1))
    too_early = heard()
    for minutes in (0, 5):
        run_due(only="remind-of-events", at=at + timedelta(minutes=minutes))

    assert (too_early, heard()) == (set(), {("member", "reminded-of-event")})
    assert Notification.objects.count() == 1


def test_news_of_an_invitation_that_was_taken_back_leads_to_a_page_that_says_so(client, cast):
    made = announced(cast["convenor"], name_id=SECRET)
    for who in ("observer", "member"):
        actions.invite(made, cast[who], by=cast["convenor"])
    heard()
    for who in ("observer", "member"):
        actions.take_back_invitation(made, cast[who], by=cast["convenor"])

    def finds(who):
        client.force_login(cast[who])
        page = client.get(f"/notifications/{Notification.objects.get(recipient=cast[who]).pk}/")
        counted = client.get("/notifications/unread/").json()["unread"]
        return page.status_code, "notifications/gone.html" in {one.name for one in page.templates}, SECRET in page.content.decode(), counted

    assert (finds("observer"), finds("member")) == ((404, True, False, 0),) * 2
    assert mailed() == []


def test_news_of_another_stay_unknown(client, cast):
    actions.invite(announced(cast["convenor"]), cast["observer"], by=cast["convenor"])
    heard()
    client.force_login(cast["member"])

    page = client.get(f"/notifications/{Notification.objects.get().pk}/")

    assert (page.status_code, "notifications/gone.html" in {one.name for one in page.templates}) == (404, False)


@pytest.mark.parametrize("who", ["member", "observer"])
def test_whoever_is_taken_off_the_list_hears_of_it_even_where_she_sees_the_event_no_more(who, client, cast):
    made = announced(cast["convenor"], name_id=SECRET)
    actions.invite(made, cast[who], by=cast["convenor"])
    actions.register(made, by=cast[who])
    heard()
    Notification.objects.all().delete()

    actions.take_back_invitation(made, cast[who], by=cast["convenor"])
    actions.take_off_list(made, cast[who], by=cast["convenor"])
    heard()
    client.force_login(cast[who])
    told = Notification.objects.get()

    assert (told.activity.verb, mailed()) == ("took-off-list", [cast[who].email])
    assert (SECRET in client.get("/notifications/").content.decode()) == (who == "member")
    assert client.get(f"/notifications/{told.pk}/").url == (made.get_absolute_url() if who == "member" else "/events/mine/")


def test_the_bell_counts_what_one_was_told_of_events(client, cast):
    actions.invite(announced(cast["convenor"]), cast["member"], by=cast["convenor"])
    heard()
    client.force_login(cast["member"])

    counted = client.get("/notifications/unread/").json()["unread"]
    client.get(f"/notifications/{Notification.objects.get().pk}/")

    assert (counted, client.get("/notifications/unread/").json()["unread"]) == (1, 0)


def lose_sight(made, cast):
    Event.objects.filter(pk=made.pk).update(visibility=Level.STEWARDS)


def leave(made, cast):
    actions.leave_event(made, by=cast["member"])


def suspend(made, cast):
    cast["member"].__class__.objects.filter(pk=cast["member"].pk).update(suspended_at=timezone.now())


@pytest.mark.parametrize("lose", [lose_sight, leave, suspend])
def test_no_mail_goes_out_to_whoever_lost_sight_of_the_event_or_left_it(lose, cast):
    made = announced(cast["convenor"])
    actions.register(made, by=cast["member"])
    actions.cancel_event(made, by=cast["convenor"], reason="Banjir.")
    heard()

    lose(made, cast)

    assert mailed() == []


def test_whoever_does_not_see_an_event_any_more_is_not_told_of_it(cast):
    made = event(cast["convenor"])
    actions.register(made, by=cast["member"])
    Event.objects.update(visibility=Level.STEWARDS)
    made.refresh_from_db()
    actions.cancel_event(made, by=cast["convenor"], reason="Banjir.")

    assert heard() == set()


def end_live_part(made, cast):
    return say(made.rooms.get(kind="hall"), cast["convenor"], "room.close", later=True)


def test_whoever_registered_and_may_enter_is_told_once_that_one_still_answers(client, cast):
    made = announced(cast["convenor"], name_id=SECRET, capacity=1)
    actions.invite(made, cast["observer"], by=cast["convenor"])
    for who in ("member", "member2", "observer", "convenor"):
        actions.register(made, by=cast[who])
    heard()
    Notification.objects.all().delete()

    end_live_part(made, cast)
    end_live_part(made, cast)

    assert heard() == {("member", "ended-live-part"), ("member2", "ended-live-part")}  # an observer enters no room
    assert mailed() == sorted(cast[who].email for who in ("member", "member2"))
    assert SECRET not in "".join(f"{letter.subject}{letter.body}" for letter in mail.outbox)
    client.force_login(cast["member"])
    assert client.get(f"/notifications/{Notification.objects.get(recipient=cast['member']).pk}/").url == made.get_absolute_url()


def test_no_mail_says_that_one_still_answers_once_the_room_is_closed(cast):
    made = announced(cast["convenor"])
    actions.register(made, by=cast["member"])
    end_live_part(made, cast)
    heard()

    say(made.rooms.get(kind="hall"), cast["convenor"], "room.close")

    assert mailed() == []
