"""Synthetic practices in bulk: public, found by search, as many as were asked for and no more the second time."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.test import override_settings

from cop_site.core import text
from cop_site.demo import loading
from cop_site.library.models import Practice
from cop_site.search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(monkeypatch):
    """A demo network with nobody but its secretariat."""
    steward = factories.person("Sekretariat", role="secretariat", email="secretariat@demo.example")
    monkeypatch.setattr(loading, "secretariat", lambda: steward)


def load(number):
    said = StringIO()
    call_command("load_practices", practices=number, stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def test_practices_are_loaded_up_to_a_number_and_found(demo, client):
    first, second = load(3), load(5)

    assert (first["practices"], second["practices"]) == (3, 5)
    assert Practice.objects.visible_to(AnonymousUser()).published().count() == 5
    assert Entry.objects.filter(kind="practice").count() == 5
    assert client.get(second["practice"]).status_code == 200
    found = client.get("/api/v1/search", {"q": second["rare_word"]}).json()["results"]
    assert [one["external_id"] for one in found] == ["beban-000001"]


def test_nothing_is_loaded_where_it_is_no_demo(demo):
    with override_settings(IS_DEMO=False), pytest.raises(CommandError, match="demo mode only"):
        load(1)

    assert Practice.objects.unscoped("a test").count() == 0


def test_nothing_is_loaded_before_there_is_a_demo_network():
    with pytest.raises(CommandError, match="run seed_demo first"):
        load(1)


def test_the_same_number_is_always_the_same_text_and_its_pages_are_clean(demo):
    load(2)
    first, second = Practice.objects.unscoped("a test").order_by("slug")

    again = next(iter(loading._practices(first.author, range(1, 2))))

    assert [getattr(again, name) for name in ("title", "summary", "mandate", "provinces")] == [
        getattr(first, name) for name in ("title", "summary", "mandate", "provinces")
    ]
    assert first.title != second.title
    assert first.html == {name: text.render(getattr(first, name)) for name in loading.LENGTHS} | {"sanitiser": text.SANITISER_VERSION}
