"""The directory in the read API."""

import pytest

from cop_site.search import indexing
from tests.directory import factories

pytestmark = pytest.mark.django_db


def test_the_directory_tells_how_fresh_it_is_to_each_as_far_as_they_see(client, cast):
    steward = cast["member"]
    claimed = factories.listing("Satu", visibility="publik", days=10)
    factories.steward(steward, claimed.organisation)
    for name, days, level in (("Dua", 190, "publik"), ("Tiga", 211, "jaringan"), ("Empat", None, "publik"), ("Lima", 20, "pengelola")):
        factories.listing(name, days=days, visibility=level)
    factories.listing("Enam", is_listed=False, visibility="publik")

    visitor = client.get("/api/v1/directory/freshness").json()
    client.force_login(cast["member2"])
    member = client.get("/api/v1/directory/freshness").json()

    assert visitor == {"total": 3, "fresh": 1, "due": 1, "stale": 0, "never": 1, "backlog": 2, "unclaimed": 2} | {
        "median_days": 100,
        "oldest_days": 190,
        "oldest_asked": None,
    }
    assert (member["total"], member["stale"], member["unclaimed"]) == (4, 1, 3)


def test_organisations_are_a_kind_of_the_search(client, vocabulary):
    entry = factories.listing("Rumah Tenun", visibility="publik", mandate=["bantuan-hukum"], provinces=["53"], regencies=["53.71"])
    indexing.refresh("organisation", [entry.pk])

    answer = client.get("/api/v1/search?q=tenun&kind=organisation&language=en").json()

    assert answer["results"][0]["url"] == f"http://testserver/en/directory/{entry.organisation.slug}/"
    assert answer["facets"]["mandate"] == [{"value": "bantuan-hukum", "label": "Legal aid", "count": 1}]
    assert "regency" not in answer["facets"]
