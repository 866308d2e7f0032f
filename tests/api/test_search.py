"""The read API answers as its reader, in the shape that others count on."""

import pytest
from django.core.cache import cache
from django.test import Client

from cop_site.activity.runner import run_pending
from tests.library.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast):
    practice = published(cast["member"], cast["reviewer"], title="Peraturan desa tentang migrasi aman")
    run_pending()
    return practice


def test_an_answer_has_the_fields_that_were_promised(client, cast, found):
    client.force_login(cast["member2"])

    answer = client.get("/api/v1/search?q=perdes").json()

    assert set(answer) == {"total", "results", "facets", "instead"}
    assert set(answer["results"][0]) == {"kind", "id", "external_id", "title", "url", "snippet", "score"}
    assert (answer["total"], answer["results"][0]["id"], answer["results"][0]["kind"]) == (1, found.pk, "practice")
    assert answer["results"][0]["url"].endswith(found.get_absolute_url())
    assert answer["facets"]["province"] == [{"value": "33", "label": "Jawa Tengah", "count": 1}]


def test_a_visitor_gets_nothing_that_is_not_public(client, found):
    answer = client.get("/api/v1/search?q=perdes").json()

    assert answer == {"total": 0, "results": [], "facets": {name: [] for name in answer["facets"]}, "instead": ""}


@pytest.mark.parametrize("query", ["kind=gossip", "size=101", "size=-1", "from=-1", "size=many"])
def test_what_cannot_be_asked_is_refused(client, query):
    assert client.get(f"/api/v1/search?q=desa&{query}").status_code == 422


def test_a_kind_whose_section_is_not_open_yet_is_known_and_empty(client, found):
    answer = client.get("/api/v1/search?q=desa&kind=topic")

    assert (answer.status_code, answer.json()["total"]) == (200, 0)


def test_suggestions_go_on_from_what_was_typed_for_those_who_may_see(client, cast, found):
    visitors = client.get("/api/v1/suggest?q=migra").json()
    client.force_login(cast["member2"])
    members = client.get("/api/v1/suggest?q=migra").json()

    assert visitors == {"suggestions": []}
    assert members["suggestions"] == [
        {"text": found.title, "url": f"http://testserver{found.get_absolute_url()}", "kind": "practice", "label": "Praktik"}
    ]


def test_labels_and_addresses_come_in_the_language_that_is_asked_for(client, cast, found):
    client.force_login(cast["member2"])

    answer = client.get("/api/v1/search?q=perdes&language=en").json()
    suggestion = client.get("/api/v1/suggest?q=migra&language=en").json()["suggestions"][0]

    assert answer["facets"]["province"] == [{"value": "33", "label": "Central Java", "count": 1}]
    assert answer["results"][0]["url"] == f"http://testserver/en{found.get_absolute_url()}"
    assert (suggestion["label"], suggestion["url"]) == ("Practice", answer["results"][0]["url"])
    assert client.get("/api/v1/suggest?q=migra&language=xx").status_code == 422


def test_who_asks_for_suggestions_without_end_waits_and_others_do_not(client, cast, found, settings):
    settings.ACCOUNT_RATE_LIMITS = {"suggest": "3/m/key"}
    cache.clear()
    client.force_login(cast["member2"])

    answers = [client.get("/api/v1/suggest?q=migra") for _time in range(4)]
    of_a_visitor = Client().get("/api/v1/suggest?q=migra")
    cache.clear()

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 50 <= int(answers[3]["Retry-After"]) <= 60
    assert of_a_visitor.status_code == 200


def test_the_description_names_all_calls(client):
    described = client.get("/api/v1/openapi.json").json()

    assert set(described["paths"]) == {"/api/v1/search", "/api/v1/suggest", "/api/v1/directory/freshness"}


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_the_api_only_reads(client, method):
    assert getattr(client, method)("/api/v1/search").status_code == 405
