"""Synthetic organisations in bulk: public, found by search, as many as were asked for, and no dearer to list than a few."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from cop_site.accounts.models import Organisation
from cop_site.demo import listing
from cop_site.directory import rules
from cop_site.directory.models import Listing
from cop_site.search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ["/directory/", "/directory/?page=50", "/directory/?scale=nasional&mandate=bantuan-hukum", "/directory/referral/?province=11"]
PAGES += ["/directory/matrix/?by=scale", "/directory/matrix/?by=province", "/directory/map/"]


@pytest.fixture
def demo(vocabulary):
    """A demo network with nobody but its secretariat."""
    return factories.person("Sekretariat", role="secretariat", email="secretariat@demo.example")


def load(number):
    said = StringIO()
    call_command("load_directory", organisations=number, stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def test_organisations_are_loaded_up_to_a_number_and_found(demo, client):
    first, second = load(3), load(30)

    assert (first["organisations"], second["organisations"]) == (3, 30)
    assert set(second) == {"organisations", "list_page_50", "first_member", "last_member", "rare_word", "common_word"}
    assert Organisation.objects.filter(is_listed=True, visibility="publik").count() == 30
    assert Entry.objects.filter(kind="organisation").count() == 30
    found = client.get("/api/v1/search", {"q": second["rare_word"], "kind": "organisation"}).json()
    assert [one["url"].rsplit("/", 2)[1] for one in found["results"]] == [f"{listing.PREFIX}00001"]
    assert client.get("/directory/", {"q": second["common_word"]}).context["list"].total == 30


def test_what_is_loaded_keeps_the_rules_of_the_directory(demo):
    load(20)

    for entry in Listing.objects.select_related("organisation"):
        assert rules.problems_in(rules.content_of(entry)) == []
        assert set(rules.tidied(rules.content_of(entry))["provinces"]) == set(entry.provinces)


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_the_database_as_often_for_many_as_for_few(demo, client, django_assert_max_num_queries, page):
    def cost():
        client.get(page)
        with django_assert_max_num_queries(25) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    load(21)
    few = cost()
    load(120)

    assert cost() == few


def test_nothing_is_loaded_where_it_is_no_demo(demo):
    with override_settings(IS_DEMO=False), pytest.raises(CommandError, match="demo mode only"):
        load(1)

    assert Organisation.objects.count() == 0
