"""What waits too long is somebody's business: who is on duty, then who stands in, then the secretariat."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cop_site.activity.runner import run_pending
from cop_site.moderation import actions, clock
from cop_site.moderation.models import Appeal, Case, Report, Snapshot
from tests import factories
from tests.moderation.factories import decided, post, reported, talk

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def rota(cast):
    """Somebody on duty and somebody who stands in, both moderators."""
    people = {"on_duty": factories.person("on duty", role="moderator"), "backup": factories.person("backup", role="moderator")}
    for part, person in people.items():
        today = timezone.localdate()
        actions.put_on_rota(person, by=cast["secretariat"], starts_on=today, ends_on=today + timedelta(days=2), is_backup=part == "backup")
    return people


@pytest.fixture
def case(cast):
    return reported(post(cast["member2"], talk(cast["member"])), cast["colleague"], "danger", "Pelaku menunggu di depan.")


def mailed(minutes):
    mail.outbox.clear()
    clock.remind_of_cases(NOW + timedelta(minutes=minutes))
    return [letter.to[0].split("@")[0] for letter in mail.outbox]


def test_a_grave_case_goes_from_hand_to_hand_each_hour_and_nobody_hears_twice(rota, case):
    Case.objects.update(opened_at=NOW)

    assert [mailed(minutes) for minutes in (50, 61, 70, 121, 181, 600)] == [[], ["on-duty"], [], ["backup"], ["secretariat"], []]


def test_the_mail_names_nothing_of_it(rota, case):
    Case.objects.update(opened_at=NOW)
    mailed(61)

    letter = mail.outbox[0]
    words = f"{letter.subject} {letter.body}"
    assert [word for word in ("Kami punya satu", "Pelaku", "member2", "Ruang") if word in words] == []


def test_where_nobody_has_a_turn_the_secretariat_hears_first(case):
    Case.objects.update(opened_at=NOW)

    assert mailed(61) == ["secretariat"]


def test_what_somebody_has_taken_or_decided_is_no_news(cast, rota, case):
    actions.claim(case, by=cast["moderator"])
    Case.objects.update(opened_at=NOW, claimed_at=NOW + timedelta(minutes=60))
    while_claimed = mailed(61)
    decided(case, cast["moderator"], "keep")

    assert (while_claimed, mailed(600)) == ([], [])


def test_nobody_is_called_to_what_is_about_herself(cast, rota):
    about_her = reported(post(rota["on_duty"], talk(cast["member"])), cast["colleague"], "danger")
    Case.objects.filter(pk=about_her.pk).update(opened_at=NOW)

    assert [mailed(61), mailed(121)] == [[], ["backup"]]


def test_an_objection_calls_somebody_who_did_not_decide(cast, rota, case):
    decision = decided(case, rota["on_duty"])
    actions.appeal(decision, by=cast["member2"], words="Saya hanya bertanya.")
    Appeal.objects.update(at=NOW)

    assert set(mailed(24 * 60 + 1)) == {"backup", "moderator", "secretariat"}


def test_two_cases_are_one_mail(cast, rota, case):
    reported(post(cast["convenor"], talk(cast["member"])), cast["colleague"], "danger")
    Case.objects.update(opened_at=NOW)

    assert mailed(61) == ["on-duty"]


def test_words_are_forgotten_ninety_days_after_the_case_was_closed(cast, case):
    decided(case, cast["moderator"], "keep")
    kept = (Snapshot.objects.count(), Report.objects.get().note)

    clock.forget_what_was_judged(timezone.now() + timedelta(days=89))
    still = (Snapshot.objects.count(), Report.objects.get().note)
    clock.forget_what_was_judged(timezone.now() + timedelta(days=91))

    assert (still, Snapshot.objects.count(), Report.objects.get().note) == (kept, 0, "")


def test_an_objection_that_waits_keeps_the_words(cast, case):
    actions.appeal(decided(case, cast["moderator"]), by=cast["member2"], words="Saya hanya bertanya.")

    clock.forget_what_was_judged(timezone.now() + timedelta(days=91))

    assert Snapshot.objects.exists()


def test_where_somebody_may_be_in_danger_nobody_waits_for_the_clock(cast, rota):
    written = post(cast["member2"], talk(cast["member"]))
    called = []
    for part, reason in (("colleague", "spam"), ("convenor", "danger"), ("reviewer", "personal")):
        mail.outbox.clear()
        reported(written, cast[part], reason)
        run_pending()
        called.append([letter.to[0].split("@")[0] for letter in mail.outbox])

    assert called == [[], ["on-duty"], []]
