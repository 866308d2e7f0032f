"""The shelf: list, practice, tombstone, sealed door."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.library import actions, documents
from cop_site.library.models import Practice
from tests import factories
from tests.library.factories import published, sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague_reviewer(cast):
    """A reviewer of member's own organisation: others do not see what stays inside it."""
    factories.task(cast["colleague"], "reviewer", by=cast["secretariat"])
    return cast["colleague"]


@pytest.fixture
def shelf(cast):
    """A published practice of member's organisation, indexed."""
    practice = published(cast["member"], cast["reviewer"], title="Peraturan desa tentang migrasi aman")
    run_pending()
    return practice


def test_a_member_finds_a_published_practice_in_the_list_and_a_visitor_does_not(client, cast, shelf):
    visitors = client.get(reverse("library"))
    client.force_login(cast["member2"])
    members = client.get(reverse("library"))

    assert [shown.row for shown in members.context["list"].page.object_list] == [shelf]
    assert list(visitors.context["list"].page.object_list) == []


def test_filters_of_one_facet_widen_and_of_two_narrow(client, cast, shelf):
    other = published(
        cast["member"], cast["reviewer"], title="Mediasi upah awak kapal perikanan", mandate=["bantuan-hukum"], provinces=["53"]
    )
    run_pending()
    client.force_login(cast["member2"])

    def found(query):
        return {shown.row for shown in client.get(reverse("library") + query).context["list"].page.object_list}

    assert found("?mandate=migrasi-aman&mandate=bantuan-hukum") == {shelf, other}
    assert found("?mandate=bantuan-hukum&province=53") == {other}
    assert found("?mandate=bantuan-hukum&province=33") == set()


def test_a_facet_counts_what_else_could_be_chosen(client, cast, shelf):
    published(cast["member"], cast["reviewer"], title="Mediasi upah awak kapal perikanan", provinces=["53"])
    run_pending()
    client.force_login(cast["member2"])

    provinces = next(facet for facet in client.get(reverse("library") + "?province=53").context["list"].facets if facet.name == "province")

    assert {(option.slug, option.count, option.is_chosen) for option in provinces.options} == {("33", 1, False), ("53", 1, True)}


@pytest.mark.parametrize(
    "query", ["?page=abc", "?page=99999999", "?year_from=x", "?sort=drop", "?mandate=", "?scale=%00", "?q=%22(", "?year_to=٢٠٢٤"]
)
def test_nonsense_in_the_address_is_left_out(client, cast, shelf, query):
    client.force_login(cast["member2"])

    assert client.get(reverse("library") + query).status_code == 200


def test_a_list_costs_the_same_for_one_practice_and_for_twenty(client, cast, shelf):
    client.force_login(cast["member2"])
    client.get(reverse("library"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("library"))
    for number in range(19):
        published(cast["member"], cast["reviewer"], title=f"Praktik nomor {number} tentang migrasi")
    run_pending()
    client.get(reverse("library"))  # what search keeps in memory is read again once after a change

    with CaptureQueriesContext(connection) as twenty:
        response = client.get(reverse("library"))

    assert len(response.context["list"].page.object_list) == 20
    assert len(twenty) == len(one)


def test_htmx_gets_the_results_alone(client, cast, shelf):
    client.force_login(cast["member2"])

    part = client.get(reverse("library"), headers={"HX-Request": "true"}).content.decode()

    assert shelf.title in part
    assert "<html" not in part


def test_a_practice_shows_both_what_worked_and_what_did_not(client, cast, shelf):
    client.force_login(cast["member2"])

    page = client.get(shelf.get_absolute_url()).content.decode()

    assert shelf.html["results"] in page
    assert shelf.html["what_failed"] in page
    assert f'<h1 lang="id">{shelf.title}</h1>' in page


def test_english_readers_get_english_labels_around_indonesian_words(client, cast, shelf):
    client.force_login(cast["member2"])
    with translation.override("en"):
        page = client.get(shelf.get_absolute_url()).content.decode()

    assert '<html lang="en"' in page
    assert "What did not work" in page
    assert f'<h1 lang="id">{shelf.title}</h1>' in page


def test_risks_and_safeguards_stay_inside_the_network(client, cast):
    practice = published(cast["member"], cast["reviewer"], safeguarding="Pelaku lokal dapat mengenali jadwal " + "kami " * 14)
    actions.ask_for_public(practice, by=cast["member"])
    actions.approve_public(practice, by=cast["safety_reviewer"])

    public = client.get(practice.get_absolute_url()).content.decode()
    client.force_login(cast["member2"])
    inside = client.get(practice.get_absolute_url()).content.decode()

    assert "Pelaku lokal dapat mengenali" in inside
    assert "Pelaku lokal dapat mengenali" not in public


def test_an_organisation_that_hides_is_named_to_the_network_alone(client, cast, organisation):
    practice = published(cast["member"], cast["reviewer"], organisation_hidden=True)
    actions.ask_for_public(practice, by=cast["member"])
    actions.approve_public(practice, by=cast["safety_reviewer"])
    run_pending()

    public = client.get(practice.get_absolute_url()).content.decode() + client.get(reverse("library")).content.decode()
    client.force_login(cast["member2"])
    inside = client.get(practice.get_absolute_url()).content.decode()

    assert organisation.name in inside
    assert organisation.name not in public


def test_a_month_of_a_persons_story_is_told_to_the_network_and_the_year_to_the_public(cast):
    practice = published(
        cast["member"], cast["reviewer"], consent_status="komposit", anonymisation="Beberapa kasus dilebur menjadi satu cerita."
    )
    assert practice.shows_months

    Practice.objects.filter(pk=practice.pk).update(consent_status="persetujuan-lisan", visibility="publik")
    practice.refresh_from_db()

    assert not practice.shows_months


def test_what_was_withdrawn_leaves_a_page_that_says_why_and_nothing_else(client, cast, shelf):
    actions.withdraw_practice(shelf, by=cast["member"], reason="Persetujuan berakhir")
    client.force_login(cast["member2"])

    response = client.get(shelf.get_absolute_url())

    page = response.content.decode()
    assert response.status_code == 410
    assert "Persetujuan berakhir" in page
    assert shelf.title not in page
    assert shelf.html["results"] not in page


def test_those_who_could_not_read_it_do_not_learn_that_it_was_withdrawn(client, cast, shelf):
    actions.withdraw_practice(shelf, by=cast["member"], reason="Persetujuan berakhir")

    withdrawn = client.get(shelf.get_absolute_url())
    never_was = client.get(reverse("practice", args=["tidak-pernah-ada"]))

    assert withdrawn.status_code == never_was.status_code == 404


def test_withdrawing_takes_it_from_the_counts_before_any_listener_ran(client, cast, shelf):
    client.force_login(cast["member2"])
    assert client.get("/api/v1/search?q=migrasi").json()["total"] == 1

    actions.withdraw_practice(shelf, by=cast["member"], reason="Persetujuan berakhir")

    answer = client.get("/api/v1/search?q=migrasi").json()
    assert (answer["total"], answer["facets"]["mandate"]) == (0, [])


def test_a_moderator_opens_a_sealed_practice_once_with_a_reason_that_is_journaled(client, cast, colleague_reviewer):
    practice = published(cast["member"], colleague_reviewer, visibility="organisasi")
    client.force_login(cast["moderator"])
    door = reverse("practice-sealed", args=[practice.pk])
    assert client.get(practice.get_absolute_url()).status_code == 404

    without_reason = client.post(door, {"reason": ""})
    opened = client.post(door, {"reason": "Laporan pembaca nomor 12"})

    assert without_reason.status_code == 422
    assert practice.title in opened.content.decode()
    entry = Activity.objects.get(verb="opened-sealed")
    assert (entry.actor, entry.subject, entry.reason) == (cast["moderator"], practice, "Laporan pembaca nomor 12")
    assert client.get(practice.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["visitor", "member2", "reviewer", "auditor", "convenor"])
def test_the_sealed_door_is_for_moderators_and_the_secretariat(client, cast, shelf, who):
    if who != "visitor":
        client.force_login(cast[who])

    response = client.post(reverse("practice-sealed", args=[shelf.pk]), {"reason": "Ingin tahu"})

    assert response.status_code == (302 if who == "visitor" else 403)
    assert not Activity.objects.filter(verb="opened-sealed").exists()


def test_search_knows_the_words_without_the_signs_of_markdown(cast):
    practice = published(
        cast["member"], cast["reviewer"], problem=f"## Awal\n\n**Tebal** & [tautan](https://desa.example/a). {sentence(50)}"
    )

    body = documents.document_of(practice).body

    assert "Awal Tebal & tautan (desa.example)." in body
    assert not set("#*[]<>") & set(body)
