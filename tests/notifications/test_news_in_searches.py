"""News in saved searches: each is asked once an hour, with the rights its owner has then."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from cop_site.core import clock
from cop_site.directory.models import Listing
from cop_site.notifications import clock as ours
from cop_site.notifications import mailing
from cop_site.notifications.actions import see, wish_level
from cop_site.notifications.choices import Level
from cop_site.notifications.models import Notification
from cop_site.search import indexing
from cop_site.search.models import SavedSearch
from tests import factories
from tests.directory.factories import listing

JOB = "tell-of-news-in-saved-searches"


@pytest.fixture
def search(cast):
    """Looked at an hour ago, asking for everything about a word."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    return SavedSearch.objects.create(owner=cast["member"], name="Perdes", query="q=perdes", looked_at=an_hour_ago)


def shelved(**fields):
    now = timezone.now()
    practice = factories.practice(None, title="Contoh perdes", first_published_at=now, last_published_at=now, **fields)
    indexing.refresh("practice", [practice.pk])
    return practice


def looked(hours=0):
    """Ask what has its turn; returns who was told so far."""
    clock.run_due(only=JOB, at=timezone.now() + timedelta(hours=hours))
    return list(Notification.objects.order_by("pk").values_list("recipient__name", "reason"))


def test_the_owner_is_told_of_news_once_and_mailed(cast, search):
    assert looked() == []
    shelved(visibility="jaringan")

    assert looked() == []
    assert looked(hours=2) == [("member", "found")]
    assert looked(hours=4) == [("member", "found")]
    mailing.send_waiting()
    assert [letter.to for letter in mail.outbox] == [[cast["member"].email]]


def test_what_the_owner_may_not_see_is_no_news(cast, search):
    shelved(visibility="pengelola")

    assert looked() == []


def test_news_that_is_gone_again_is_not_mailed(cast, search):
    practice = shelved(visibility="jaringan")
    assert looked() == [("member", "found")]
    type(practice).objects.filter(pk=practice.pk).update(visibility="pengelola")

    mailing.send_waiting()

    assert mail.outbox == []


def test_a_muted_search_and_one_of_a_suspended_person_tell_nothing(cast, search):
    SavedSearch.objects.create(owner=cast["suspended"], name="Perdes", query="q=perdes", looked_at=search.looked_at)
    wish_level(search, Level.MUTE, by=cast["member"])
    shelved(visibility="jaringan")

    assert looked() == []


def test_only_the_next_news_is_told_after_the_last_was_seen(cast, search):
    shelved(visibility="jaringan")
    looked()
    see(Notification.objects.get(), by=cast["member"])

    assert looked(hours=2) == [("member", "found")]


def test_whoever_looked_at_the_search_itself_has_read_the_news(cast, search):
    shelved(visibility="jaringan")
    looked()

    SavedSearch.objects.filter(pk=search.pk).update(looked_at=timezone.now())

    assert Notification.objects.unread().count() == 0
    looked(hours=1)
    assert Notification.objects.get().seen_at is not None


@pytest.mark.parametrize(("changed_days_ago", "is_news"), [(30, False), (0, True)])
def test_an_entry_that_was_merely_confirmed_is_no_news(cast, changed_days_ago, is_news):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    SavedSearch.objects.create(owner=cast["member"], name="Pelita", query="q=pelita", looked_at=an_hour_ago)
    entry = listing("Lembaga Pelita", days=0)
    Listing.objects.filter(pk=entry.pk).update(changed_at=timezone.now() - timedelta(days=changed_days_ago))
    indexing.refresh("organisation", [entry.pk])

    assert bool(looked()) is is_news


def test_the_longest_waiting_have_their_turn_first(cast, monkeypatch):
    monkeypatch.setattr(ours, "SEARCHES_AT_ONCE", 1)
    asked = timezone.now() - timedelta(hours=1)
    for name in ("pertama", "kedua"):
        SavedSearch.objects.create(owner=cast["member"], name=name, query="q=perdes", looked_at=asked)
    shelved(visibility="jaringan")

    looked()
    looked()

    assert list(Notification.objects.order_by("pk").values_list("saved_search__name", flat=True)) == ["pertama", "kedua"]
