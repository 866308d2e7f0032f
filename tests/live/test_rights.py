"""Who loses a right by a deed on the site is out of the room within two seconds, hears nothing after it, and is let in no more."""

import json
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from websockets.exceptions import ConnectionClosed

from cop_site.accounts import actions as people
from cop_site.accounts.models import Level
from cop_site.events.models import Entry
from tests.events.factories import frame, hall
from tests.factories import PASSWORD
from tests.live.talking import cookie, door, refusal, talker

pytestmark = pytest.mark.slow
AFTER = "Sesudah itu."


def _sign_out(client, cast, circle):
    client.post("/accounts/logout/")


def _sign_out_everywhere(client, cast, circle):
    people.end_sessions(by=cast["member"])


def _change_the_password(client, cast, circle):
    new = "helai baru tikar pandan"
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302


def _suspend(client, cast, circle):
    people.suspend(cast["member"], by=cast["moderator"], reason="Diperiksa.")


def _change_role(client, cast, circle):
    people.change_role(cast["member"], "observer", by=cast["secretariat"])


def _leave_the_circle(client, cast, circle):
    people.leave_circle(circle, cast["member"], by=cast["member"])


def _be_taken_out(client, cast, circle):
    people.leave_circle(circle, cast["member"], by=cast["convenor"])


LOSSES = {
    _sign_out: {4401},
    _sign_out_everywhere: {4401},
    _change_the_password: {4401},
    _suspend: {4403},
    _change_role: {4403},
    _leave_the_circle: {4403},
    _be_taken_out: {4403},
}


@pytest.fixture
def client_inside(cast):
    client = Client()
    client.post("/accounts/login/", {"login": cast["member"].email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("lose", LOSSES)
def test_who_lost_a_right_is_out(lose, url, cast, circle, client_inside):
    room = hall(visibility=Level.CIRCLE, circle=circle)
    session = client_inside.cookies[settings.SESSION_COOKIE_NAME].value

    with talker(url, room.pk, session=session) as one, talker(url, room.pk, cast["convenor"]) as other:
        assert one.act(text="Saya di sini.")["type"] == "ack"
        lose(client_inside, cast, circle)
        began = time.monotonic()
        other.act(text=AFTER)
        with suppress(ConnectionClosed):  # it may be over already
            one.socket.send(json.dumps(frame(text="Masih di sini?")))
        code, heard = one.closed_with()
        took = time.monotonic() - began

    assert ({code}, took < 2) == (LOSSES[lose], True)
    assert [told["code"] for told in heard if told["type"] == "error"] in ([], ["forbidden"])
    assert AFTER not in json.dumps(heard)
    assert list(Entry.objects.order_by("seq").values_list("data__text", flat=True)) == ["Saya di sini.", AFTER]
    assert refusal(door(url, room.pk, "?since=0"), cookie(session) | {"Origin": url}) == (403, b"")


def test_who_is_muted_says_nothing_more_and_still_hears(url, cast):
    room = hall()

    with talker(url, room.pk, cast["member"]) as one, talker(url, room.pk, cast["member2"]) as other:
        assert one.act(text="Saya di sini.")["type"] == "ack"
        people.mute(cast["member"], by=cast["moderator"], reason="Tenang dulu.", until=timezone.now() + timedelta(hours=1))
        refused = [one.act(kind)["code"] for kind in ("hand.raise", "hand.lower")] + [one.act(text="Lagi.")["code"]]
        other.act(text=AFTER)
        while (heard := one.until("event"))["seq"] < 2:
            pass

    assert refused == ["forbidden"] * 3
    assert (heard["data"]["text"], Entry.objects.count()) == (AFTER, 2)
