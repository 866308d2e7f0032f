"""What readers take along of the directory: lists, numbers, and the sheet for referrals."""

import csv
import json
from io import StringIO

import pytest
from django.utils import timezone

from cop_site.search import indexing
from tests.directory import factories

pytestmark = pytest.mark.django_db


def listed(name="", **fields):
    made = factories.listing(name, **{"visibility": "publik"} | fields)
    indexing.refresh("organisation", [made.pk])
    return made


def rows(response):
    return list(csv.DictReader(StringIO(response.text.removeprefix("\ufeff"))))


@pytest.fixture
def house(vocabulary):
    made = listed(
        "Rumah Tenun", mandate=["bantuan-hukum", "pemulangan"], service_scale=["provinsi"], provinces=["53"], verification="berdokumen"
    )
    factories.channel(made, "terbuka@tenun.example", visibility="publik")
    factories.channel(made, "+62211234567", visibility="jaringan", kind="phone")
    factories.channel(made, "rahasia@tenun.example", visibility="pengelola")
    return made


# --- lists


def test_a_table_holds_what_its_reader_may_see(client, cast, house):
    visitors = rows(client.get("/directory/?export=csv"))
    client.force_login(cast["member"])
    members = rows(client.get("/directory/?export=csv"))

    assert [row["channels"] for row in visitors] == ["Surel: terbuka@tenun.example"]
    assert members[0]["channels"] == "Surel: terbuka@tenun.example; Telepon: +62211234567"
    assert (visitors[0]["is_stale"], visitors[0]["provinces"]) == ("false", "Nusa Tenggara Timur")
    assert visitors[0]["last_confirmed"] == timezone.localdate(house.confirmed_at).isoformat()


def test_the_same_filters_hold_for_a_file(client, house):
    listed("Lembaga Pelita", kind="media", days=None)

    answer = client.get("/directory/?kind=media&export=json")

    [told] = json.loads(answer.text)["organisations"]
    assert (told["name"], told["kind"], told["is_stale"], told["last_confirmed"], told["verification"]) == (
        "Lembaga Pelita",
        "media",
        True,
        "",
        "klaim-sendiri",
    )
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="directory.json"')
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_no_cell_is_taken_for_a_formula(client, vocabulary):
    listed('=HYPERLINK("https://jahat.example")')

    [row] = rows(client.get("/directory/?export=csv"))

    assert row["name"] == '\'=HYPERLINK("https://jahat.example")'


def test_a_file_holds_all_pages(client, vocabulary):
    for number in range(23):
        listed(f"Lembaga {number:02}")

    assert len(rows(client.get("/directory/?export=csv"))) == 23


def test_how_fresh_the_directory_is_comes_as_a_table(client, house):
    listed("Lembaga Pelita", days=None)

    told = {row["metric"]: row["value"] for row in rows(client.get("/directory/?export=freshness"))}

    assert told == {"total": "2", "fresh": "1", "due": "0", "stale": "0", "never": "1", "backlog": "1", "unclaimed": "2"} | {
        "median_days": "10",
        "oldest_days": "10",
        "oldest_asked": "",
    }


# --- the sheet


def on_the_sheet(groups):
    return [
        (mandate.term.slug, [place.listing.organisation.name for place in mandate.places]) for group in groups for mandate in group.mandates
    ]


def test_a_sheet_holds_those_of_the_province_and_apart_from_them_those_who_work_everywhere(client, house):
    factories.listing("Lembaga Pelita", visibility="publik", mandate=["bantuan-hukum"], service_scale=["nasional"])
    factories.listing("Rumah Lain", visibility="publik", mandate=["bantuan-hukum"], service_scale=["nasional"], provinces=["11"])
    factories.listing("Kampung", visibility="publik", mandate=["bantuan-hukum"], service_scale=["desa-kelurahan"])

    page = client.get("/directory/referral/?province=53")

    sheet = page.context["sheet"]
    assert on_the_sheet(sheet.here) == [("pemulangan", ["Rumah Tenun"]), ("bantuan-hukum", ["Rumah Tenun"])]
    assert on_the_sheet(sheet.nationwide) == [("bantuan-hukum", ["Lembaga Pelita"])]
    assert page.text.count("terbuka@tenun.example") == 1  # in full where it comes first
    assert "/directory/" + sheet.nationwide[0].mandates[0].places[0].listing.organisation.slug in page.text
    assert page.text.index("referral-official") < page.text.index("Rumah Tenun")


def test_checked_and_fresh_ones_come_first(client, vocabulary):
    plain = {"visibility": "publik", "mandate": ["bantuan-hukum"], "provinces": ["53"]}
    factories.listing("A basi", days=None, verification="berdokumen", **plain)
    factories.listing("B sendiri", **plain)
    factories.listing("C diperiksa", verification="berdokumen", **plain)

    page = client.get("/directory/referral/?province=53&mandate=bantuan-hukum")

    assert on_the_sheet(page.context["sheet"].here) == [("bantuan-hukum", ["C diperiksa", "B sendiri", "A basi"])]


@pytest.mark.parametrize(
    ("who", "level", "seen"),
    [
        ("visitor", "publik", ["terbuka@tenun.example"]),
        ("member", "jaringan", ["terbuka@tenun.example", "+62211234567"]),
        ("moderator", "pengelola", ["terbuka@tenun.example", "+62211234567", "rahasia@tenun.example"]),
    ],
)
def test_a_sheet_says_who_may_have_it(client, cast, house, who, level, seen):
    if who != "visitor":
        client.force_login(cast[who])

    page = client.get("/directory/referral/?province=53")

    assert page.context["sheet"].level == level
    assert [value for value in ("terbuka@tenun.example", "+62211234567", "rahasia@tenun.example") if value in page.text] == seen
    assert ("print-level" in page.text) == (level != "publik")


@pytest.mark.parametrize(("query", "total"), [("", 0), ("province=99", 0), ("province=11", 0), ("province=53&mandate=sihir", 1)])
def test_a_sheet_without_anybody_says_so(client, house, query, total):
    page = client.get(f"/directory/referral/?{query}")

    assert (page.status_code, page.context["sheet"].total) == (200, total)
    assert '<select class="input" id="province"' in page.text


def test_twenty_organisations_cost_a_sheet_as_many_queries_as_one(client, house, django_assert_max_num_queries):
    def cost():
        client.get("/directory/referral/?province=53")
        with django_assert_max_num_queries(25) as queries:
            client.get("/directory/referral/?province=53")
        return len(queries)

    one = cost()
    for number in range(20):
        factories.channel(
            factories.listing(f"L{number}", visibility="publik", mandate=["pemulangan"], provinces=["53"]), visibility="publik"
        )

    assert cost() == one
