"""What search engines are told of: what anybody may read, in both languages."""

import re

import pytest

from cop_site.accounts.models import User
from cop_site.cms.actions import ensure_home
from cop_site.cms.models import TextPage
from tests.directory.factories import listing
from tests.forums import factories as talks
from tests.library.factories import public, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(db):
    return ensure_home(by=User.objects.system())


def addresses(client, path):
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", client.get(path).content.decode())


def test_robots_lead_to_the_sitemap_and_that_to_its_parts(client):
    robots = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert addresses(client, "/sitemap.xml") == [
        "/sitemap-pages.xml",
        "/sitemap-sections.xml",
        "/sitemap-library.xml",
        "/sitemap-directory.xml",
        "/sitemap-forums.xml",
    ]


def test_pages_stand_there_in_both_languages_and_only_while_published(client):
    TextPage.objects.get(slug="help").unpublish()

    told = addresses(client, "/sitemap-pages.xml")

    assert sorted(told) == sorted(
        f"{prefix}{path}" for prefix in ("", "/en") for path in ("/", "/about/", "/code-of-conduct/", "/privacy/", "/news/")
    )


def test_each_address_names_the_other_language(client):
    told = client.get("/sitemap-sections.xml").content.decode()

    sections = [f"{prefix}/{section}/" for section in ("library", "directory", "forums", "events") for prefix in ("", "/en")]
    assert addresses(client, "/sitemap-sections.xml") == sections
    assert told.count('hreflang="en" href="http://testserver/en/library/"') == 2
    assert told.count('hreflang="id" href="http://testserver/library/"') == 2
    assert told.count('hreflang="x-default" href="http://testserver/library/"') == 2


def test_a_practice_stands_there_only_when_everybody_may_read_it(client, cast):
    shown = public(cast["member"], cast["reviewer"], cast["safety_reviewer"])
    published(cast["member"], cast["reviewer"])
    client.force_login(cast["member"])

    assert addresses(client, "/sitemap-library.xml") == [f"/library/{shown.slug}/", f"/en/library/{shown.slug}/"]


def test_an_organisation_stands_there_only_when_everybody_may_read_its_entry(client, cast):
    shown = listing("Lontar Uji", visibility="publik")
    listing("Untuk jaringan")
    listing("Belum tercantum", visibility="publik", is_listed=False)
    client.force_login(cast["member"])

    path = shown.get_absolute_url()
    assert addresses(client, "/sitemap-directory.xml") == [path, f"/en{path}"]


def test_a_topic_stands_there_only_when_everybody_may_read_it(client, cast):
    open_to_all = talks.topic(talks.forum("Alun-alun", visibility="publik"), cast["member"])
    talks.topic(talks.forum("Ruang jaringan"), cast["colleague"])
    client.force_login(cast["member"])

    path = open_to_all.get_absolute_url()
    assert addresses(client, "/sitemap-forums.xml") == [path, f"/en{path}"]
