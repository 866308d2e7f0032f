"""The front door, and the editors' rooms behind it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cop_site.accounts.models import User
from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.cms import actions
from cop_site.cms.models import HomePage
from cop_site.vocabulary.actions import load_vocabulary
from cop_site.vocabulary.models import OfficialChannel, Term
from tests import factories
from tests.library.factories import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague_reviewer(cast):
    """A reviewer of member's own organisation: others do not see what stays inside it."""
    factories.task(cast["colleague"], "reviewer", by=cast["secretariat"])
    return cast["colleague"]


@pytest.fixture
def home(db):
    return actions.ensure_home(by=User.objects.system())


def test_the_home_page_is_made_once_and_keeps_what_editors_wrote(home):
    HomePage.objects.filter(pk=home.pk).update(heading_id="Ditulis penyunting")

    actions.ensure_home(by=User.objects.system())

    assert list(HomePage.objects.values_list("heading_id", flat=True)) == ["Ditulis penyunting"]
    assert Page.objects.filter(depth=2).count() == 1


def test_home_speaks_both_languages(client, home):
    indonesian, english = client.get("/").content.decode(), client.get("/en/").content.decode()

    assert home.heading_id in indonesian
    assert home.heading_en in english
    assert 'lang="id"' in indonesian
    assert 'lang="en"' in english


def test_home_counts_only_what_the_reader_may_see(client, cast, home):
    published(cast["member"], cast["reviewer"])
    run_pending()

    visitors = client.get("/").context["home"]
    client.force_login(cast["member2"])
    members = client.get("/").context["home"]

    assert (visitors.total, members.total) == (0, 1)
    assert {strand.term.slug: strand.count for strand in members.strands}["prevention"] == 1
    assert {strand.count for strand in visitors.strands} == {0}


def test_an_editors_label_stays_when_the_vocabulary_is_loaded_again(client, cast, home):
    term = Term.objects.get(vocabulary="mandate", slug="migrasi-aman")
    client.force_login(cast["editor"])

    response = client.post(
        reverse("wagtailsnippets_vocabulary_term:edit", args=[term.pk]), {"label_id": "Migrasi aman", "label_en": "Safe migration"}
    )

    assert response.status_code == 302
    load_vocabulary(by=User.objects.system())
    term.refresh_from_db()
    assert (term.label_id, term.slug, term.is_edited) == ("Migrasi aman", "migrasi-aman", True)
    assert Activity.objects.filter(verb="changed-term", actor=cast["editor"]).count() == 1


def test_a_number_is_shown_once_it_was_checked_with_source_and_date(client, cast, home):
    channel = OfficialChannel.objects.get(slug="polri-110")
    assert 'href="tel:110"' not in client.get("/").content.decode()
    client.force_login(cast["editor"])

    told = {"name_id": channel.name_id, "name_en": channel.name_en, "number": "110", "source": "Situs resmi", "checked_on": "2026-11-01"}
    client.post(reverse("wagtailsnippets_vocabulary_officialchannel:edit", args=[channel.pk]), told)

    assert 'href="tel:110"' in client.get("/").content.decode()


def test_editors_can_neither_add_nor_delete_terms(client, cast, home):
    term = Term.objects.first()
    client.force_login(cast["editor"])

    added = client.get("/admin/snippets/vocabulary/term/add/")
    deleted = client.post(f"/admin/snippets/vocabulary/term/delete/{term.pk}/")

    assert {added.status_code, deleted.status_code} <= {302, 403, 404}
    assert Term.objects.filter(pk=term.pk).exists()


def test_practices_in_the_editors_rooms_are_those_the_editor_may_see(client, cast, home, colleague_reviewer):
    shown = published(cast["member"], cast["reviewer"], title="Praktik untuk jaringan saja")
    hidden = published(cast["member"], colleague_reviewer, title="Praktik untuk lembaga saja", visibility="organisasi")
    client.force_login(cast["editor"])

    page = client.get(reverse("admin-practices")).content.decode()

    assert shown.title in page
    assert hidden.title not in page
