"""The list of organisations: what is found by which words, what narrows it, and that nobody sees what is not theirs."""

import pytest

from cop_site.directory.models import Listing
from cop_site.search import indexing
from tests.directory import factories

pytestmark = pytest.mark.django_db


def listed(name="", **fields):
    """An entry that everybody may read and that search knows."""
    made = factories.listing(name, **{"visibility": "publik"} | fields)
    indexing.refresh("organisation", [made.pk])
    return made


def names(page):
    return [shown.title for shown in page.context["list"].page.object_list]


def options(page, name):
    """Values of a facet with their counts."""
    boxes = [box for box in page.context["list"].facets if box.name == name]
    return {option.slug: option.count for box in boxes for option in box.options}


# --- finding


@pytest.fixture
def aid(vocabulary):
    return listed(
        "Lembaga Bantuan Hukum Pelita",
        abbreviation="LBHP",
        kind="lembaga-bantuan-hukum",
        mandate=["bantuan-hukum"],
        service_scale=["kabupaten-kota"],
        provinces=["53"],
        regencies=["53.71"],
        countries=["MY"],
        languages=["tet"],
        target_group=["anak"],
        about_id="Mendampingi korban di pengadilan.",
        about_en="Stands by survivors in court.",
    )


@pytest.mark.parametrize(
    "words",
    ["LBHP", "bantuan hukum", "legal aid", "Kupang", "NTT", "East Nusa Tenggara", "Malaysia", "pendampingan", "court", "children", "Tetun"],
)
def test_an_organisation_is_found_by_what_it_is_called_does_and_where_it_works(client, aid, words):
    listed("Rumah Tenun", mandate=["pemulangan"], provinces=["11"])

    page = client.get("/directory/", {"q": words})

    assert names(page)[:1] == ["Lembaga Bantuan Hukum Pelita"]


def test_the_whole_site_and_the_api_find_it_and_suggest_it(client, aid):
    found = client.get("/search/", {"q": "pelita", "kind": "organisation"})
    answer = client.get("/api/v1/search", {"q": "pelita", "kind": "organisation"}).json()
    suggested = client.get("/api/v1/suggest", {"q": "lembaga ban"}).json()["suggestions"]

    assert names(found) == ["Lembaga Bantuan Hukum Pelita"]
    assert [one["id"] for one in answer["results"]] == [aid.pk]
    assert [one["text"] for one in suggested] == ["Lembaga Bantuan Hukum Pelita"]


def test_the_address_narrows_by_scale_mandate_province_and_kind(client, aid):
    listed("Rumah Tenun", mandate=["pemulangan"], service_scale=["nasional"], kind="media")

    for narrowed in ("scale=kabupaten-kota", "mandate=bantuan-hukum", "province=53", "kind=lembaga-bantuan-hukum", "group=prosecution"):
        assert names(client.get(f"/directory/?{narrowed}")) == ["Lembaga Bantuan Hukum Pelita"], narrowed
    page = client.get("/directory/?kind=media&province=none")

    assert names(page) == ["Rumah Tenun"]
    assert [(chip.name, chip.slug) for chip in page.context["list"].chips] == [("province", "none"), ("kind", "media")]
    assert 'name="kind" value="media" checked' in page.text


def test_a_facet_counts_without_its_own_filter(client, vocabulary):
    listed("Satu", service_scale=["nasional"], mandate=["bantuan-hukum"])
    listed("Dua", service_scale=["provinsi"], mandate=["bantuan-hukum"])
    listed("Tiga", service_scale=["provinsi"], mandate=["pemulangan"])

    page = client.get("/directory/?scale=provinsi")

    assert page.context["list"].total == 2
    assert options(page, "scale") == {"provinsi": 2, "nasional": 1}
    assert options(page, "mandate") == {"pemulangan": 1, "bantuan-hukum": 1}
    assert options(page, "group") == {"protection": 1, "prosecution": 1}


def test_districts_are_offered_once_their_province_is_chosen(client, aid):
    listed("Dua", provinces=["53", "35"], regencies=["35.78"])

    before, after = client.get("/directory/"), client.get("/directory/?province=53")

    assert options(before, "regency") == {}
    assert options(after, "regency") == {"53.71": 1}
    assert names(client.get("/directory/?province=53&regency=53.71")) == ["Lembaga Bantuan Hukum Pelita"]


def test_within_a_group_only_its_own_mandates_are_offered(client, vocabulary):
    listed("Satu", mandate=["bantuan-hukum", "pemulangan"])

    page = client.get("/directory/?group=prosecution")

    assert names(page) == ["Satu"]
    assert options(page, "mandate") == {"bantuan-hukum": 1}


def test_the_list_says_how_many_were_checked_and_of_how_many_there_is_no_news(client, vocabulary):
    listed("Satu", verification="berdokumen")
    listed("Dua", verification="berdokumen", days=211)
    listed("Tiga", days=None)

    page = client.get("/directory/")

    assert (page.context["listed"].verified, page.context["listed"].stale) == (2, 2)
    assert options(page, "verified") == {"ya": 2}
    assert names(page) == ["Dua", "Satu", "Tiga"]
    assert page.text.count('data-state="stale"') == 2


def test_what_was_confirmed_lately_comes_first_where_it_is_asked_for(client, vocabulary):
    for name, days in (("Lama", 300), ("Baru", 3), ("Tidak pernah", None)):
        listed(name, days=days)

    assert names(client.get("/directory/?sort=newest")) == ["Baru", "Lama", "Tidak pernah"]


def test_cards_show_the_same_organisations(client, aid):
    table, cards = client.get("/directory/"), client.get("/directory/?view=cards")

    assert names(table) == names(cards)
    assert "<table" in table.text
    assert "<table" not in cards.text
    assert '<input type="hidden" name="view" value="cards">' in cards.text


@pytest.mark.parametrize(
    "query",
    [
        *("q=%00", "q=%ED%A0%80", "q=" + "a" * 3000, "province=%27%20OR%201=1", "regency=53.71&province=99", "scale=" + "x" * 500),
        *("kind=%00&kind[]=1", "page=-1", "page=%C2%B2", "sort=oldest", "view=<script>", "export=xlsx", "year_from=2000"),
    ],
)
def test_odd_questions_are_answered(client, aid, query):
    assert client.get(f"/directory/?{query}").status_code == 200
    assert client.get(f"/directory/referral/?{query}").status_code == 200


def test_an_empty_list_says_that_not_recorded_is_not_the_same_as_not_there(client, cast, aid):
    client.force_login(cast["member"])

    page = client.get("/directory/?q=angkasa")

    assert names(page) == []
    assert "/directory/new/" in page.text


# --- who sees what


def test_what_a_reader_may_not_see_changes_nothing_for_her(client, cast, aid):
    def everything(path="/directory/"):
        page = client.get(path, {"q": "pelita"})
        return (
            page.context["list"].total,
            [(box.name, options(page, box.name)) for box in page.context["list"].facets],
            client.get("/api/v1/suggest", {"q": "pel"}).json(),
            client.get(path, {"export": "csv"}).text,
            client.get("/directory/?export=freshness").text,
            client.get("/directory/referral/?province=53").context["sheet"].total,
        )

    before = everything()
    listed("Pelita Tertutup", visibility="jaringan", mandate=["bantuan-hukum"], provinces=["53"])
    listed("Pelita Pengelola", visibility="pengelola", mandate=["pemulangan"], provinces=["53"])
    listed("Pelita Belum", is_listed=False, mandate=["pemulangan"], provinces=["53"])

    assert everything() == before
    seen = {}
    for who in ("observer", "researcher", "member", "moderator"):
        client.force_login(cast[who])
        seen[who] = client.get("/directory/", {"q": "pelita"}).context["list"].total
    assert seen == {"observer": 1, "researcher": 2, "member": 2, "moderator": 3}


def test_its_own_people_find_an_organisation_at_every_level(client, cast, organisation):
    entry = factories.listing(of=organisation)
    for level in ("organisasi", "pengelola"):
        organisation.visibility = level
        organisation.save()
        indexing.refresh("organisation", [entry.pk])

        client.force_login(cast["member"])
        own = names(client.get("/directory/"))
        client.force_login(cast["member2"])

        assert own == ["Lembaga Tikar"]
        assert "Lembaga Tikar" not in names(client.get("/directory/"))


def test_an_entry_that_the_index_still_shows_is_asked_of_the_database(client, aid):
    Listing.objects.get(pk=aid.pk).organisation.__class__.objects.filter(pk=aid.organisation_id).update(visibility="jaringan")

    page = client.get("/directory/")

    assert (names(page), page.context["list"].total) == ([], 0)


# --- what it costs


def test_twenty_organisations_cost_as_many_queries_as_one(client, vocabulary, django_assert_max_num_queries):
    def cost():
        client.get("/directory/")  # what is kept in memory is read
        with django_assert_max_num_queries(25) as queries:
            client.get("/directory/")
        return len(queries)

    listed("Satu")
    one = cost()
    for number in range(20):
        listed(f"Lembaga {number}", mandate=["bantuan-hukum"], provinces=["53"], days=number * 20)

    assert cost() == one
