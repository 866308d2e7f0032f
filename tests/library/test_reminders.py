"""What lies too long is called to mind: neutrally, once a week at most, to those who may do something about it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cop_site.activity.runner import run_pending
from cop_site.library import actions
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import make_practice, published, submitted

pytestmark = pytest.mark.usefixtures("demo_mode")


@pytest.fixture
def demo_mode(settings):
    """``clock --at`` is for tests and drills."""
    settings.IS_DEMO = True


def told_after(days):
    """Who gets a mail when the clock is asked so many days from now."""
    run_pending()
    mail.outbox.clear()
    call_command("clock", job="remind-of-reviews", at=(timezone.now() + timedelta(days=days)).isoformat())
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_what_nobody_took_for_a_week_is_called_to_mind_once_a_week(cast, author, reviewer):
    submitted(author)

    assert [told_after(days) for days in (6, 7.1, 8, 14.2)] == [[], [reviewer.email], [], [reviewer.email]]


def test_many_that_wait_are_one_mail(author, reviewer):
    for _number in range(3):
        submitted(author, title="Kata rahasia gerbang merah")

    assert told_after(8) == [reviewer.email]
    assert "gerbang" not in mail.outbox[0].subject + mail.outbox[0].body


@pytest.mark.parametrize(("days_held", "days", "is_told"), [(6, 11, False), (6, 12.5, True)])
def test_whoever_took_it_hears_two_days_before_it_is_due(cast, author, reviewer, days_held, days, is_told):
    other = factories.person("Penelaah Kedua")
    factories.task(other, "reviewer", by=cast["secretariat"])
    practice = actions.claim_review(submitted(author), by=reviewer)
    Practice.objects.filter(pk=practice.pk).update(claimed_at=timezone.now() + timedelta(days=days_held))

    assert told_after(days) == ([reviewer.email] if is_told else [])


def test_a_claim_that_lapsed_is_everybodys_again(cast, author, reviewer):
    other = factories.person("Penelaah Kedua")
    factories.task(other, "reviewer", by=cast["secretariat"])
    actions.claim_review(submitted(author), by=reviewer)

    assert told_after(8) == sorted([reviewer.email, other.email])


def test_rights_are_asked_when_the_mail_goes_out(cast, author, reviewer):
    submitted(author)
    type(reviewer).objects.filter(pk=reviewer.pk).update(suspended_at=timezone.now())

    assert told_after(8) == []


def test_nobody_is_reminded_of_what_is_not_hers_to_read(author):
    submitted(author, visibility="organisasi")

    assert told_after(8) == []


def test_what_asks_to_go_public_is_called_to_mind_to_those_who_may_let_it(cast, author, reviewer):
    published(author, reviewer, visibility="publik")
    factories.task(cast["colleague"], "safety-reviewer", by=cast["secretariat"])

    assert told_after(8) == [cast["safety_reviewer"].email]


def test_authors_hear_of_what_came_back_two_weeks_ago(author, reviewer):
    actions.ask_for_changes(submitted(author), by=reviewer, note="Mohon tambah satu langkah.")

    assert [told_after(days) for days in (13, 14.1, 15, 21.2)] == [[], [author.email], [], [author.email]]


def test_an_author_who_lost_her_rights_hears_nothing(author, reviewer):
    actions.ask_for_changes(submitted(author), by=reviewer, note="Mohon tambah satu langkah.")
    type(author).objects.filter(pk=author.pk).update(role="observer")

    assert told_after(15) == []


def test_drafts_and_what_stands_are_nobodys_business(author, reviewer):
    make_practice(author)
    published(author, reviewer)

    assert told_after(60) == []
