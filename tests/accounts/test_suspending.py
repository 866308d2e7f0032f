"""Suspension takes everything at once, in every browser, until its end or until somebody lifts it."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from cop_site.accounts import actions
from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core import clock
from tests import factories

pytestmark = pytest.mark.django_db
CIRCLES = "/accounts/circles/"


def suspend(person, by, days=None):
    until = timezone.now() + timedelta(days=days) if days else None
    actions.suspend(person, by=by, reason="Akun dipakai orang lain.", until=until)
    return User.objects.get(pk=person.pk)


def journal():
    lines = Activity.objects.filter(verb__in=[Verb.SUSPENDED, Verb.LIFTED_SUSPENSION]).select_related("actor").order_by("pk")
    return [(line.verb, line.actor.handle) for line in lines]


def test_every_browser_is_signed_out_and_stays_so_when_the_suspension_ends(cast):
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.post("/accounts/login/", {"login": cast["member"].email, "password": factories.PASSWORD})
    assert [browser.get(CIRCLES).status_code for browser in browsers] == [200, 200]
    keys = [browser.session.session_key for browser in browsers]

    suspend(cast["member"], cast["moderator"])

    assert [browser.get(CIRCLES).status_code for browser in browsers] == [302, 302]
    assert (UserSession.objects.filter(user=cast["member"]).count(), Session.objects.filter(session_key__in=keys).count()) == (0, 0)
    actions.lift_suspension(cast["member"], by=cast["moderator"], reason="Sudah jelas.")
    assert [browser.get(CIRCLES).status_code for browser in browsers] == [302, 302]


@pytest.mark.parametrize(
    ("first", "second", "then", "told"),
    [(7, 30, 30, 2), (30, 7, 30, 1), (7, None, None, 2), (None, 7, None, 1), (None, None, None, 1)],
)
def test_the_longer_of_two_suspensions_counts(first, second, then, told, cast):
    suspend(cast["member"], cast["moderator"], first)
    began = User.objects.get(pk=cast["member"].pk).suspended_at

    person = suspend(cast["member"], cast["moderator"], second)

    assert person.suspended_at == began
    assert (person.suspended_until and (person.suspended_until - timezone.now()).days + 1) == then
    assert journal() == [(Verb.SUSPENDED, "moderator")] * told


def test_the_clock_lifts_what_has_come_to_its_end_and_nothing_else(cast):
    suspend(cast["member"], cast["moderator"], 7)
    suspend(cast["colleague"], cast["moderator"], 30)
    suspend(cast["member2"], cast["moderator"])

    for _time in range(2):
        clock.run_due(at=timezone.now() + timedelta(days=8), only="end-suspensions")

    still = set(User.objects.filter(suspended_at__isnull=False, pk__in=[cast[who].pk for who in ("member", "colleague", "member2")]))
    assert still == {cast["colleague"], cast["member2"]}
    assert journal()[3:] == [(Verb.LIFTED_SUSPENSION, "sistem")]
    assert User.objects.get(pk=cast["member"].pk).suspended_until is None


def test_nobody_ends_a_suspension_before_its_day(cast):
    person = suspend(cast["member"], cast["moderator"], 7)

    with pytest.raises(PermissionDenied):
        actions.end_suspension(person, by=User.objects.system(), at=timezone.now())

    assert journal() == [(Verb.SUSPENDED, "moderator")]


def test_the_secretariat_names_a_last_day_or_none(client, cast):
    client.force_login(cast["secretariat"])
    last = timezone.localdate() + timedelta(days=7)
    for who, until in (("member", last.isoformat()), ("colleague", "")):
        address = f"/accounts/people/{cast[who].handle}/suspend/"
        assert client.post(address, {"suspend-until": until, "suspend-reason": "Akun dicuri."}).status_code == 302

    member, colleague = (User.objects.get(pk=cast[who].pk) for who in ("member", "colleague"))
    assert timezone.localtime(member.suspended_until).date() == last
    assert (colleague.suspended_at is not None, colleague.suspended_until) == (True, None)
