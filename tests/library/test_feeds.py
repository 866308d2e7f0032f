"""The feed of a list: what is public in it, the newest first, the same for everybody."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from cop_site.activity.runner import run_pending
from cop_site.library import actions
from cop_site.library.models import Practice
from cop_site.search import indexing
from tests import factories
from tests.library.factories import public, published

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = "/feeds/library.atom"


@pytest.fixture
def open_shelf(cast):
    practice = public(cast["member"], cast["reviewer"], cast["safety_reviewer"], title="Meja informasi di balai desa")
    published(cast["member"], cast["reviewer"], title="Peraturan desa tentang migrasi aman")
    run_pending()
    return practice


def entries(response):
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(response):
    return [one.find(f"{ATOM}title").text for one in entries(response)]


def test_the_feed_holds_what_is_public_and_the_same_for_members(client, cast, open_shelf):
    visitors = client.get(FEED)
    client.force_login(cast["member"])
    members = client.get(FEED)

    assert titles(visitors) == [open_shelf.title]
    assert members.content == visitors.content
    assert visitors["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_an_entry_keeps_its_id_and_says_when_it_changed(client, open_shelf, settings):
    changed_at = timezone.now() - timedelta(days=3)
    Practice.objects.filter(pk=open_shelf.pk).update(shelf_changed_at=changed_at)

    response = client.get(FEED)

    entry, feed = entries(response)[0], ElementTree.fromstring(response.content)
    assert entry.find(f"{ATOM}id").text == f"{settings.SITE_URL}{open_shelf.get_absolute_url()}"
    assert entry.find(f"{ATOM}updated").text == feed.find(f"{ATOM}updated").text == changed_at.isoformat()
    assert entry.find(f"{ATOM}author/{ATOM}name").text == open_shelf.organisation.name
    assert entry.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "id"}


def test_the_feed_of_a_list_has_its_filters_and_one_address_for_each_list(client, open_shelf):
    fitting = client.get(f"{FEED}?province=33&mandate=migrasi-aman&sort=title&page=3")
    other = client.get(f"{FEED}?mandate=bantuan-hukum")

    assert (titles(fitting), titles(other)) == ([open_shelf.title], [])
    assert ElementTree.fromstring(fitting.content).find(f"{ATOM}id").text.endswith("/feeds/library.atom?mandate=migrasi-aman&province=33")


def test_the_newest_come_first_and_fifty_are_enough(client, db):
    now = timezone.now()
    Practice.objects.bulk_create(
        Practice(
            slug=f"p-{n}",
            title=f"Praktik {n}",
            visibility="publik",
            document_kind="pelajaran",
            live=True,
            state="published",
            shelf_changed_at=now - timedelta(hours=n),
        )
        for n in range(55)
    )
    indexing.rebuild()

    assert titles(client.get(FEED)) == [f"Praktik {n}" for n in range(50)]


def test_what_was_withdrawn_is_gone_at_once(client, cast, open_shelf):
    before = client.get(FEED)
    actions.withdraw_practice(open_shelf, by=cast["member"], reason="Persetujuan berakhir")

    after = client.get(FEED, headers={"If-None-Match": before["ETag"], "If-Modified-Since": before["Last-Modified"]})

    assert (after.status_code, titles(after)) == (200, [])


def test_a_reader_who_has_it_gets_nothing_again_until_it_changes(client, cast, open_shelf):
    first = client.get(FEED)
    assert first["ETag"] == Client().get(FEED)["ETag"]

    known = client.get(FEED, headers={"If-None-Match": first["ETag"]})
    public(cast["member"], cast["reviewer"], cast["safety_reviewer"], title="Mediasi upah awak kapal")
    run_pending()
    changed = client.get(FEED, headers={"If-None-Match": first["ETag"]})

    assert (known.status_code, known.content, changed.status_code) == (304, b"", 200)


def test_what_happens_inside_the_network_does_not_touch_the_mark(client, cast, open_shelf):
    first = client.get(FEED)
    published(cast["member"], cast["reviewer"], title="Praktik lain di dalam jaringan")
    run_pending()

    assert client.get(FEED)["ETag"] == first["ETag"]


def test_words_of_members_are_words_in_every_reader(client, db):
    factories.practice(None, title="<b>Judul</b>", summary="<script>alert(1)</script> & lain", visibility="publik")
    indexing.rebuild()

    entry = entries(client.get(FEED))[0]

    assert entry.find(f"{ATOM}title").text == "<b>Judul</b>"
    assert entry.find(f"{ATOM}summary").attrib == {"type": "html"}
    assert entry.find(f"{ATOM}summary").text.startswith("&lt;script&gt;alert(1)&lt;/script&gt; &amp; lain")


def test_the_list_leads_to_its_feed_under_its_filters(client, open_shelf):
    page = client.get("/library/?mandate=migrasi-aman&sort=title&page=1").content.decode()

    assert 'type="application/atom+xml" title="Pustaka" href="/feeds/library.atom?mandate=migrasi-aman"' in page
