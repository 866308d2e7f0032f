"""Whether entries are still right: who is asked when, the link that answers, and what the directory says of itself."""

from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.directory import actions, confirming
from cop_site.directory.models import Listing, Stewardship
from cop_site.directory.selectors import freshness
from cop_site.screening.version import RULES_VERSION
from tests.directory.factories import listing, steward

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_mode(settings):
    """``clock --at`` is for tests and drills."""
    settings.IS_DEMO = True


@pytest.fixture
def entry(cast, organisation):
    steward(cast["member"], organisation)
    return listing(of=organisation, days=0)


def asked_after(days):
    """Who gets a mail when the clock is asked so many days from now."""
    mail.outbox.clear()
    call_command("clock", job="ask-whether-entries-are-right", at=(timezone.now() + timedelta(days=days)).isoformat())
    return sorted(address for letter in mail.outbox for address in letter.to)


def link():
    return next(word for word in mail.outbox[0].body.split() if "/directory/confirm/" in word).split("/directory/")[1]


# --- asking


def test_after_180_days_the_stewards_are_asked_and_again_each_30_days(cast, entry):
    member = [cast["member"].email]

    assert [asked_after(days) for days in (179, 180.1, 181, 209, 210.2)] == [[], member, [], [], member]


def test_all_stewards_are_asked_and_nobody_who_may_not_answer(cast, organisation, entry):
    steward(cast["colleague"], organisation)
    steward(cast["suspended"], organisation)

    assert asked_after(181) == sorted([cast["member"].email, cast["colleague"].email])


def test_what_nobody_looks_after_or_does_not_stand_there_is_asked_of_nobody(cast, entry):
    unclaimed = listing("Lembaga Sendiri", days=200)
    entry.organisation.is_listed = False
    entry.organisation.save()

    assert asked_after(181) == []
    unclaimed.refresh_from_db()
    assert unclaimed.asked_at is not None


def test_the_mail_tells_nothing(entry):
    asked_after(181)

    told = mail.outbox[0].subject + mail.outbox[0].body
    assert [word for word in (entry.organisation.name, entry.organisation.slug) if word in told] == []


def test_confirming_starts_the_time_anew(cast, entry):
    asked_after(181)
    actions.confirm_listing(entry, by=cast["member"])
    entry.refresh_from_db()

    assert (entry.asked_at, entry.is_due) == (None, False)
    assert Activity.objects.get(verb="confirmed-listing").actor == cast["member"]


# --- the link


@pytest.fixture
def due(entry):
    Listing.objects.filter(pk=entry.pk).update(confirmed_at=timezone.now() - timedelta(days=190))
    entry.refresh_from_db()
    return entry


@pytest.fixture
def page(cast, due):
    return confirming.path_of(due, cast["member"])


def test_one_press_confirms_without_signing_in_and_reading_changes_nothing(client, cast, due, page):
    asked_after(0)
    assert f"/directory/{link()}" in page.split("confirm/")[0] + "confirm/" + link().removeprefix("confirm/")

    for _again in range(2):
        answer = client.get(page)
        due.refresh_from_db()
        assert (answer.status_code, due.is_due) == (200, True)
    assert client.post(page).status_code == 302
    due.refresh_from_db()

    assert (due.is_due, Activity.objects.get(verb="confirmed-listing").actor) == (False, cast["member"])
    assert "_auth_user_id" not in client.session


def test_an_answered_link_does_nothing_more(client, due, page):
    client.post(page)
    Activity.objects.get(verb="confirmed-listing")
    before = Listing.objects.get(pk=due.pk).confirmed_at

    assert (client.get(page).status_code, client.post(page).status_code) == (200, 302)
    assert Listing.objects.get(pk=due.pk).confirmed_at == before


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ:1abc:forged"])
def test_forged_links_lead_nowhere(client, page, token):
    forged = page[:-2] + ("A" if page[-2] != "A" else "B") + "/"

    assert client.post(forged).status_code == 404
    assert client.post(f"/directory/confirm/{token or 'kosong'}/").status_code == 404


def test_a_link_signed_for_something_else_leads_nowhere(client, cast, due):
    foreign = signing.dumps([due.pk, cast["member"].pk, due.confirmed_at.isoformat()], salt="another")

    assert client.post(f"/directory/confirm/{foreign}/").status_code == 404


def test_a_link_is_good_for_60_days(client, monkeypatch, due, page):
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 59 * 86400)
    assert client.get(page).status_code == 200

    monkeypatch.setattr(signing.time, "time", lambda: now + 61 * 86400)
    assert client.post(page).status_code == 404


@pytest.mark.parametrize("change", ["ended", "over", "suspended", "left"])
def test_rights_are_asked_again(client, cast, due, page, change):
    if change == "suspended":
        type(cast["member"]).objects.filter(pk=cast["member"].pk).update(suspended_at=timezone.now())
    elif change == "left":
        actions.end_stewardship(Stewardship.objects.get(), by=cast["secretariat"])
    else:
        changes = {"ended": {"ended_at": timezone.now()}, "over": {"ends_on": timezone.localdate() - timedelta(days=1)}}
        Stewardship.objects.update(**changes[change])

    assert (client.get(page).status_code, client.post(page).status_code) == (404, 404)
    assert Listing.objects.get(pk=due.pk).is_due


# --- what the directory says of itself


@pytest.fixture
def directory(cast):
    for days, level in ((1, "publik"), (100, "jaringan"), (185, "jaringan"), (250, "publik"), (None, "jaringan"), (300, "pengelola")):
        listing(days=days, visibility=level)
    listing(days=None, visibility="publik", is_listed=False)


@pytest.mark.parametrize(
    ("who", "numbers"),
    [
        ("visitor", (2, 1, 0, 1, 0, 1)),
        ("observer", (2, 1, 0, 1, 0, 1)),
        ("member", (5, 2, 1, 1, 1, 3)),
        ("researcher", (5, 2, 1, 1, 1, 3)),
        ("moderator", (6, 2, 1, 2, 1, 4)),
    ],
)
def test_numbers_count_what_one_may_see(cast, directory, who, numbers):
    state = freshness.state(cast[who])

    assert (state.total, state.fresh, state.due, state.stale, state.never, state.backlog) == numbers


def test_the_numbers_cost_one_query(cast, directory, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        state = freshness.state(cast["visitor"])

    assert (state.unclaimed, state.median_days, state.oldest_days, state.fresh_percent) == (2, 125, 250, 50)


def test_the_page_is_for_everybody(client, directory):
    page = client.get(reverse("directory-freshness"))

    assert (page.status_code, "noindex" in page.content.decode()) == (200, False)


def test_no_entries_is_no_error(client, cast):
    assert client.get(reverse("directory-freshness")).status_code == 200
    assert freshness.state(cast["visitor"]).median_days is None


def test_the_clock_reads_entries_again_when_the_rules_have_changed(entry):
    Listing.objects.filter(pk=entry.pk).update(about_id="Jalan El Tari No. 12, Kupang", screened_version="1")

    call_command("clock", job="rescreen-entries")
    entry.refresh_from_db()

    assert (entry.organisation.is_listed, entry.screened_version) == (False, RULES_VERSION)
