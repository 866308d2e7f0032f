"""Searches that people keep: their own, answered with today's rights, and nothing of the answers kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cop_site.accounts.models import Organisation
from cop_site.activity.models import Activity
from cop_site.search import actions, engines, registry, saved
from cop_site.search.asked import Asked
from cop_site.search.models import SavedSearch
from tests import factories

NEW = "/search/saved/new/?q=singgah&scale=desa"


@pytest.fixture
def ana(db):
    return factories.person("Ana")


def asked(text="singgah", **more):
    return Asked(text=text, sort="relevance", **more)


def changed(row, when):
    """``row`` as if it had changed ``when``."""
    documents = registry.kind_named("organisation").documents
    [document] = documents([row.pk])
    engines.current().write([replace(document, changed_at=when.timestamp())])


def test_a_search_is_saved_with_its_filters_opened_renamed_and_deleted(client, ana, make_organisation):
    make_organisation("Rumah Singgah")
    client.force_login(ana)

    form = client.get(NEW)
    kept = client.post(NEW, {"name": "Rumah singgah di desa"})
    row = SavedSearch.objects.get()
    page = client.get("/search/saved/")
    opened = client.post(f"/search/saved/{row.pk}/open/")
    client.post(f"/search/saved/{row.pk}/rename/", {"name": "Singgah"})
    renamed = client.get("/search/saved/").text
    client.post(f"/search/saved/{row.pk}/delete/")

    assert 'value="singgah"' in form.text
    assert kept.url == "/search/saved/"
    assert (row.owner, row.name, row.query) == (ana, "Rumah singgah di desa", "q=singgah&scale=desa")
    assert "Rumah singgah di desa" in page.text
    assert opened.url == "/search/?q=singgah&scale=desa"
    assert "<h2>Singgah</h2>" in renamed
    assert not SavedSearch.objects.exists()


def test_a_visitor_signs_in_and_comes_back_to_the_same_search(client, make_organisation):
    make_organisation("Rumah Singgah")

    page = client.get("/search/?q=singgah&scale=desa")
    sent_to = client.get(NEW)

    assert 'href="/search/saved/new/?q=singgah&amp;scale=desa"' in page.text
    assert sent_to.status_code == 302
    assert sent_to.url == "/accounts/login/?next=/search/saved/new/%3Fq%3Dsinggah%26scale%3Ddesa"


def test_what_was_typed_before_the_session_ended_comes_back(client, ana, organisations):
    client.post(NEW, {"name": "Rumah di desa", "about": "q=singgah&scale=desa"})
    client.force_login(ana)

    assert 'value="Rumah di desa"' in client.get(NEW).text


def test_nobody_else_sees_opens_or_changes_it(client, ana, organisations):
    row = actions.save_search(by=ana, name="Milik Ana", asked=asked())
    client.force_login(factories.person("Sekretariat", role="secretariat"))

    answers = [client.post(f"/search/saved/{row.pk}/{deed}/", {"name": "x"}) for deed in ("open", "rename", "delete")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert "Milik Ana" not in client.get("/search/saved/").text
    assert SavedSearch.objects.get().name == "Milik Ana"


@pytest.mark.parametrize("role", ["applicant", "suspended"])
def test_who_was_not_admitted_keeps_none(db, client, role, organisations):
    person = factories.person("Orang", role="member" if role == "suspended" else role)
    if role == "suspended":
        row = actions.save_search(by=person, name="Dulu", asked=asked())
        type(person).objects.filter(pk=person.pk).update(suspended_at=timezone.now())
        person.refresh_from_db()
        assert not SavedSearch.objects.visible_to(person).filter(pk=row.pk).exists()
    client.force_login(person)

    assert client.get("/search/saved/").status_code in {302, 403}
    with pytest.raises(PermissionDenied):
        actions.save_search(by=person, name="Nama", asked=asked())


@pytest.mark.parametrize(
    ("query", "name"), [("q=singgah", "Hubungi 0812-3456-7890"), ("q=Hubungi+0812-3456-7890", "Nama biasa"), ("q=singgah", "")]
)
def test_personal_data_is_not_kept_in_a_name_nor_in_a_question(client, ana, organisations, query, name):
    client.force_login(ana)

    answer = client.post(f"/search/saved/new/?{query}", {"name": name})

    assert answer.status_code == 422
    assert not SavedSearch.objects.exists()
    if name and "0812" in name + query:
        with pytest.raises(PermissionDenied):
            actions.save_search(by=ana, name=name, asked=asked("Hubungi 0812-3456-7890" if "0812" in query else "singgah"))


def test_the_journal_is_told_no_word_of_it(ana, organisations):
    row = actions.save_search(by=ana, name="Rahasia kecil", asked=asked())
    actions.look_at_saved_search(row, by=ana)
    actions.rename_saved_search(row, by=ana, name="Lain")
    actions.delete_saved_search(row, by=ana)

    told = list(Activity.objects.filter(actor=ana).order_by("pk").values_list("verb", "facts", "reason"))
    assert told == [("saved-search", {}, ""), ("renamed-search", {}, ""), ("deleted-search", {}, "")]


def test_there_is_room_for_so_many(client, ana, organisations):
    SavedSearch.objects.bulk_create(SavedSearch(owner=ana, name=f"{n}", query="q=a") for n in range(saved.MOST_SAVED))
    client.force_login(ana)

    answer = client.post(NEW, {"name": "Satu lagi"})

    assert answer.status_code == 422
    assert SavedSearch.objects.count() == saved.MOST_SAVED
    with pytest.raises(PermissionDenied):
        actions.save_search(by=ana, name="Satu lagi", asked=asked())


def test_new_is_what_came_or_changed_since_for_this_reader_now(ana, visitor, make_organisation):
    looked_at = timezone.now()
    rows = {name: make_organisation(f"Singgah {name}") for name in ("lama", "baru", "terbaru")}
    closed = make_organisation("Singgah jejaring", visibility="jaringan")
    other = make_organisation("Rumah")
    for row, hours in ((rows["lama"], -1), (rows["baru"], 1), (rows["terbaru"], 3), (closed, 2), (other, 2)):
        changed(row, looked_at + timedelta(hours=hours))
    search = SavedSearch(owner=ana, name="Singgah", query="q=singgah")

    for_ana = [shown.title for shown in saved.new_in(search, viewer=ana, since=looked_at)]
    for_a_visitor = [shown.title for shown in saved.new_in(search, viewer=visitor, since=looked_at)]
    Organisation.objects.filter(pk=rows["baru"].pk).update(visibility="pengelola")  # the index has not heard of it
    narrowed = [shown.title for shown in saved.new_in(search, viewer=ana, since=looked_at)]

    assert for_ana == ["Singgah terbaru", "Singgah jejaring", "Singgah baru"]
    assert for_a_visitor == ["Singgah terbaru", "Singgah baru"]
    assert narrowed == ["Singgah terbaru", "Singgah jejaring"]


def test_the_page_says_how_much_is_new_until_it_was_looked_at(client, ana, make_organisation):
    row = actions.save_search(by=ana, name="Singgah", asked=asked())
    changed(make_organisation("Rumah Singgah"), timezone.now() + timedelta(seconds=1))
    SavedSearch.objects.update(looked_at=timezone.now() - timedelta(days=1))
    client.force_login(ana)

    before = client.get("/search/saved/").context["saved"].rows[0].new
    opened = client.post(f"/search/saved/{row.pk}/open/", {"newest": "1"})
    SavedSearch.objects.update(looked_at=timezone.now() + timedelta(minutes=1))
    after = client.get("/search/saved/").context["saved"].rows[0].new

    assert (before, after) == (1, 0)
    assert opened.url == "/search/?q=singgah&sort=newest"


def test_a_form_sent_twice_saves_once(client, ana, organisations):
    client.force_login(ana)
    sent = {"name": "Sekali", "deed_key": "6a5ab3b0-7f0f-4a57-9f0e-2f6f4c3d2b1a"}

    answers = [client.post(NEW, sent) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert SavedSearch.objects.count() == 1


def test_twenty_cost_no_more_than_one_page_of_searches(client, ana, make_organisation):
    make_organisation("Rumah Singgah")
    actions.save_search(by=ana, name="Satu", asked=asked())
    client.force_login(ana)
    client.get("/search/saved/")
    with CaptureQueriesContext(connection) as one:
        client.get("/search/saved/")
    for number in range(19):
        actions.save_search(by=ana, name=f"{number}", asked=asked())

    with CaptureQueriesContext(connection) as twenty:
        client.get("/search/saved/")

    assert len(twenty) == len(one)  # nothing is new: one question tells so for all
