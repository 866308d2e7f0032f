"""The page of an organisation: plain sentences, how fresh they are, and how it is reached, for each reader."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cop_site.accounts.models import Membership
from tests import factories
from tests.directory.factories import channel, listing, steward

LEVELS = ("publik", "jaringan", "organisasi", "pengelola")
WORDS = {
    "provinces": ["53", "33"],
    "countries": ["MY"],
    "service_scale": ["kabupaten-kota", "provinsi"],
    "mandate": ["bantuan-hukum", "pemulangan", "rumah-aman"],
    "languages": ["id", "tet"],
    "target_group": ["pmi", "keluarga"],
    "about_id": "Menemani yang pulang.",
}


def page(client, entry):
    return client.get(f"/directory/{entry.organisation.slug}/").content.decode()


def facts(entry, client):
    return client.get(f"/directory/{entry.organisation.slug}/").context["page"]


@pytest.fixture
def entry(db):
    return listing("Lontar Uji", visibility="publik", **WORDS)


# --- who reads it


SEES = {
    "publik": {"visitor", "applicant", "observer", "researcher", "member", "convenor", "moderator", "secretariat"},
    "jaringan": {"researcher", "member", "convenor", "moderator", "secretariat"},
    "organisasi": set(),
    "pengelola": {"moderator", "secretariat"},
}


@pytest.mark.parametrize("level", LEVELS)
def test_it_is_read_by_its_level_and_is_not_there_for_others(client, cast, level):
    entry = listing("Lontar Uji", visibility=level)
    answers = {}
    for who in sorted(SEES["publik"]):
        client.logout()
        if who != "visitor":
            client.force_login(cast[who])
        answers[who] = client.get(f"/directory/{entry.organisation.slug}/").status_code

    assert {who for who, status in answers.items() if status == 200} == SEES[level]
    assert set(answers.values()) <= {200, 404}


def test_its_own_people_read_it_before_it_is_listed(client, cast, organisation):
    entry = listing(of=organisation)
    organisation.is_listed = False
    organisation.save()

    seen = {}
    for who in ("member", "secretariat", "member2"):
        client.force_login(cast[who])
        seen[who] = client.get(f"/directory/{entry.organisation.slug}/").status_code

    assert seen == {"member": 200, "secretariat": 200, "member2": 404}


# --- what it says


def test_choices_are_said_in_plain_sentences_in_both_languages(client, entry):
    indonesian, english = facts(entry, client).sentences, client.get(f"/en/directory/{entry.organisation.slug}/").content.decode()

    assert indonesian[0] == "Bekerja di Jawa Tengah, Nusa Tenggara Timur dan Malaysia."
    assert "It works in Central Java, East Nusa Tenggara and Malaysia." in english


def test_many_provinces_are_counted_not_listed(client, db):
    entry = listing(visibility="publik", provinces=["11", "12", "13", "14", "15", "16", "17"])

    assert facts(entry, client).sentences == ["Bekerja di 7 provinsi."]


def test_mandates_stand_under_their_groups(client, entry):
    groups = {group.label: [slug for slug, _label in group.mandates] for group in facts(entry, client).groups}

    assert groups == {"Pelindungan dan pemulihan": ["rumah-aman", "pemulangan"], "Penanganan hukum": ["bantuan-hukum"]}


def test_a_text_in_the_other_language_alone_is_shown_with_its_language(client, entry):
    shown = client.get(f"/en/directory/{entry.organisation.slug}/").content.decode()

    assert '<p class="lede" lang="id">Menemani yang pulang.</p>' in shown


@pytest.mark.parametrize(
    ("days", "verification", "said"),
    [
        (10, "berdokumen", "Terverifikasi"),
        (10, "klaim-sendiri", "Pernyataan sendiri"),
        (211, "berdokumen", "211 hari"),
        (None, "berdokumen", "Belum pernah"),
    ],
)
def test_its_state_is_said_in_words(client, db, days, verification, said):
    entry = listing(visibility="publik", days=days, verification=verification)

    assert said in page(client, entry)


def test_a_full_organisation_says_so_until_its_day_is_over(client, db):
    today = timezone.localdate()
    full = listing(visibility="publik", capacity="full", capacity_until=today)
    over = listing(visibility="publik", capacity="full", capacity_until=today - timedelta(days=1))

    assert ["Sedang penuh" in page(client, one) for one in (full, over)] == [True, False]


# --- how it is reached


def test_each_channel_is_for_its_own_readers(client, cast, organisation):
    entry = listing(of=organisation, visibility="publik")
    organisation.visibility = "publik"
    organisation.save()
    for level in LEVELS:
        channel(entry, f"{level}@lembaga.example", visibility=level)
    steward(cast["colleague"], organisation)

    seen = {}
    for who in ("visitor", "observer", "researcher", "member2", "member", "colleague", "moderator"):
        client.logout()
        if who != "visitor":
            client.force_login(cast[who])
        seen[who] = [one.visibility for one in facts(entry, client).channels]

    network = ["publik", "jaringan"]
    assert seen == {
        "visitor": ["publik"],
        "observer": ["publik"],
        "researcher": network,
        "member2": network,
        "member": [*network, "organisasi"],
        "colleague": list(LEVELS),
        "moderator": [*network, "pengelola"],
    }


def test_members_ask_through_the_platform_where_somebody_would_read_it(client, cast, entry):
    client.force_login(cast["member"])
    before = facts(entry, client).deeds.inquire
    person = factories.person("Pengurus Uji")
    Membership.objects.create(person=person, organisation=entry.organisation)
    steward(person, entry.organisation)

    assert (before, facts(entry, client).deeds.inquire) == (False, True)
    client.logout()
    assert facts(entry, client).deeds.inquire is False


# --- what it has shared


def test_its_texts_are_those_that_the_reader_may_see_and_that_name_it(client, cast, entry):
    words = {"organisation": entry.organisation}
    factories.practice(cast["member"], title="Untuk semua", visibility="publik", **words)
    factories.practice(cast["member"], title="Untuk jaringan", **words)
    factories.practice(cast["member"], title="Tanpa nama lembaga", visibility="publik", organisation_hidden=True, **words)

    def shown():
        told = page(client, entry)
        return [title for title in ("Untuk semua", "Untuk jaringan", "Tanpa nama lembaga") if title in told]

    as_visitor = shown()
    client.force_login(cast["member2"])

    assert (as_visitor, shown()) == (["Untuk semua"], ["Untuk semua", "Untuk jaringan"])


def test_it_costs_the_same_with_many_channels_and_texts(client, cast, entry, django_assert_max_num_queries):
    for number in range(20):
        channel(entry, f"n{number}@lembaga.example", visibility="publik")
        factories.practice(cast["member"], visibility="publik", organisation=entry.organisation)
    page(client, entry)

    with django_assert_max_num_queries(25):
        page(client, entry)
