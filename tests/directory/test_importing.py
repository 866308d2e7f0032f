"""Organisations come in from files and go out again: line by line, nothing by halves, nobody who asked not to be there."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cop_site.accounts.models import Organisation
from cop_site.activity.models import Activity
from cop_site.directory import rules
from cop_site.directory.models import Listing, Unwanted
from cop_site.search.models import Entry
from tests import factories as people
from tests.directory import factories

pytestmark = pytest.mark.django_db
WHOLE = {
    "name": "Rumah Tenun",
    "slug": "rumah-tenun",
    "abbreviation": "RT2",
    "kind": "cso-lsm",
    "sector_5k": ["komunitas"],
    "scales": ["kabupaten-kota", "provinsi"],
    "mandates": ["bantuan-hukum", "pemulangan"],
    "provinces": ["53"],
    "regencies": ["53.71"],
    "countries": ["MY"],
    "languages": ["id", "tet"],
    "target_group": ["anak"],
    "about_id": "Mendampingi keluarga.\n\nDi kampung; setiap hari.",
    "about_en": "Stands by families.",
    "offers_id": "=Konsultasi | gratis",
    "offers_en": "Advice",
    "hours": "Senin sampai Jumat",
    "links": ["https://tenun.example/satu", "https://tenun.example/dua"],
    "capacity": "open",
    "verification": "berdokumen",
    "visibility": "jaringan",
    "listed": True,
}


@pytest.fixture
def secretariat(vocabulary):
    return people.person("Sekretariat", role="secretariat", email="sekretariat@people.example")


@pytest.fixture
def bring(tmp_path, secretariat):
    """Bring in a file and return what was said about each of its lines."""

    def bring_in(content, ending="jsonl", **options):
        path = tmp_path / f"organisations.{ending}"
        if isinstance(content, list):
            content = "\n".join(json.dumps(line) for line in content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        said = StringIO()
        try:
            call_command("import_organisations", path, stdout=said, **options)
        except CommandError as error:
            return [*said.getvalue().splitlines(), str(error).replace(str(path), "FILE")]
        return said.getvalue().splitlines()

    return bring_in


def export(tmp_path, ending):
    path = tmp_path / f"out.{ending}"
    call_command("export_organisations", path, stdout=StringIO())
    return path


def content():
    return {one.organisation.slug: rules.content_of(one) for one in Listing.objects.select_related("organisation")}


def test_a_line_brings_an_organisation_in_and_search_finds_it(bring):
    said = bring([WHOLE])

    entry = Listing.objects.get(organisation__slug="rumah-tenun")
    assert said == ["line 1: created rumah-tenun", "1 lines: 1 created."]
    assert (entry.organisation.is_listed, entry.organisation.visibility, entry.verification) == (True, "jaringan", "berdokumen")
    assert entry.confirmed_at is None  # a file is no news from the organisation
    assert entry.revisions.get().content["mandate"] == ["bantuan-hukum", "pemulangan"]
    assert Entry.objects.filter(kind="organisation", object_id=entry.pk).count() == 1


def test_again_the_same_line_changes_nothing_and_another_updates_by_slug_or_name(bring):
    bring([WHOLE])

    again = bring([WHOLE])
    by_slug = bring([{"slug": "rumah-tenun", "mandates": ["pemulangan"]}])
    by_name = bring([{"name": "rumah tenun", "hours": "Setiap hari"}])

    assert (again[0], by_slug[0], by_name[0]) == (
        "line 1: unchanged rumah-tenun",
        "line 1: updated rumah-tenun",
        "line 1: updated rumah-tenun",
    )
    entry = Listing.objects.get()
    assert (entry.mandate, entry.hours, entry.about_en) == (["pemulangan"], "Setiap hari", "Stands by families.")
    assert entry.revisions.count() == 3


def test_a_dry_run_says_what_it_would_do_and_does_nothing(bring):
    said = bring([WHOLE, {"name": "X", "kind": "nothing"}], dry_run=True)

    assert said[0] == "line 1: would create rumah-tenun"
    assert said[2] == "2 lines: 1 would create, 1 refused."
    assert (Organisation.objects.count(), Listing.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"address": "Jalan Mawar 3"}, "unknown key 'address'"),
        ({"kind": "toko"}, "there is no “toko”"),
        ({"mandates": ["bantuan-hukum", "sihir"]}, "there is no “sihir”"),
        ({"provinces": ["99"]}, "there is no “99”"),
        ({"visibility": "kelompok"}, "unknown slug 'kelompok' in 'visibility'"),
        ({"visibility": "organisasi"}, "unknown slug 'organisasi' in 'visibility'"),
        ({"verification": "pasti"}, "unknown slug 'pasti' in 'verification'"),
        ({"listed": "mungkin"}, "'listed' must be true or false"),
        ({"about_id": 7}, "'about_id' must be text"),
        ({"links": ["http://tenun.example"]}, "A link begins with https://"),
        ({"about_id": "Hubungi Ibu Sari di 0812-3456-7890."}, "holds personal data or a place"),
        ({"offers_id": "Datang ke Jalan Mawar No. 3, RT 02 RW 05."}, "holds personal data or a place"),
        ({"name": ""}, "'name' is missing"),
        ({"slug": "Rumah Tenun!"}, "cannot be a slug here"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(bring, line, why):
    said = bring([{"name": "Rumah Tenun"} | line, {"name": "Lembaga Pelita"}])

    assert said[0].startswith("line 1: refused: ")
    assert why in said[0]
    assert said[1:] == ["line 2: created lembaga-pelita", "2 lines: 1 created, 1 refused."]
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["lembaga-pelita"]


def test_bad_lines_of_a_table_are_named_and_skipped(bring):
    table = b"\n".join(
        [
            b"name,kind,mandates",
            b"Rumah Satu,cso-lsm,bantuan-hukum|pemulangan",
            b"Rumah Dua,cso-lsm",
            b"Rumah Tiga,cso-lsm,pemulangan,lebih",
            b'"Rumah Empat"x,cso-lsm,pemulangan',
            b"Rumah Lima \xe9,cso-lsm,pemulangan",
            b'"Rumah Enam,cso-lsm,pemulangan',
            b"Rumah Tujuh,cso-lsm,pemulangan",
        ]
    )

    said = bring(table, "csv")

    assert [line.split(" (")[0] for line in said] == [
        "line 2: created rumah-satu",
        "line 3: refused: has 2 cells under 3 columns",
        "line 4: refused: has 4 cells under 3 columns",
        "line 5: refused: is not CSV",
        "line 6: refused: is not UTF-8 text",
        "line 7: refused: is not CSV",
        "line 8: created rumah-tujuh",
        "7 lines: 2 created, 5 refused.",
    ]


@pytest.mark.parametrize(
    ("table", "why"), [("", "FILE is empty"), ("nama,jenis\nA,B", "FILE has unknown columns"), ("name\n", "FILE holds no lines.")]
)
def test_a_table_without_a_head_that_can_be_read_is_no_table(bring, table, why):
    [said] = bring(table, "csv")

    assert said.startswith(why)


def test_one_organisation_stands_in_a_file_once(bring):
    said = bring([WHOLE, WHOLE | {"hours": "Malam"}, {"name": "Rumah Tenun", "hours": "Malam"}])

    assert said[1:3] == [
        "line 2: refused: 'rumah-tenun' stands in line 1 already",
        "line 3: refused: 'Rumah Tenun' stands in line 1 already",
    ]
    assert Listing.objects.get().hours == "Senin sampai Jumat"


@pytest.mark.parametrize("name", ["Yayasan Diam", "DIAM", "Diam (Jakarta)"])
def test_who_does_not_want_to_be_listed_comes_back_with_no_file(bring, secretariat, name):
    flagged = people.organisation("Yayasan Diam", slug="diam")
    Unwanted.objects.create(organisation=flagged, reason="Diminta lembaga.", set_by=secretariat)

    said = bring([{"name": name}])

    assert said[0] == "line 1: refused: this organisation asked not to stand in the directory"
    assert Organisation.objects.filter(is_listed=True).count() == 0


def test_a_file_makes_nothing_public_and_widens_nothing(bring):
    said = bring([WHOLE | {"visibility": "publik"}])

    assert said[0].startswith("line 1: created rumah-tenun (for the network")
    assert Organisation.objects.get().visibility == "jaringan"


def test_what_stays_unlisted_is_known_to_nobody_but_the_secretariat(bring):
    bring([WHOLE | {"listed": False}])

    entry = Listing.objects.get()
    assert (entry.organisation.is_listed, entry.mandate) == (False, ["bantuan-hukum", "pemulangan"])
    assert Entry.objects.filter(kind="organisation").count() == 0


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_what_goes_out_comes_in_again(bring, tmp_path, ending, settings):
    settings.IS_DEMO = True  # a line that says so stands before the others
    bring([WHOLE, {"name": "Lembaga Pelita", "visibility": "pengelola"}, {"name": "Belum", "listed": False}])
    path, before = export(tmp_path, ending), content()

    same = bring(path.read_bytes(), ending)
    Organisation.objects.all().delete()
    new = bring(path.read_bytes(), ending)

    assert same[-1] == "3 lines: 3 unchanged."
    assert new[-1] == "3 lines: 3 created."
    assert content() == before
    assert {(one.slug, one.visibility, one.is_listed) for one in Organisation.objects.all()} == {
        ("rumah-tenun", "jaringan", True),
        ("lembaga-pelita", "pengelola", True),
        ("belum", "jaringan", False),
    }


def test_ways_to_reach_anybody_do_not_travel_and_the_export_is_journaled(tmp_path, secretariat):
    factories.channel(
        factories.listing("Rumah Tenun", has_conflict=True, conflict_note="Rahasia dewan."), "0211234567", visibility="publik"
    )

    said = export(tmp_path, "jsonl").read_text()

    assert json.loads(said.splitlines()[-1])["name"] == "Rumah Tenun"
    assert "0211234567" not in said
    assert "Rahasia" not in said
    assert Activity.objects.get(verb="exported-directory").facts == {"ending": "jsonl", "number": 1}


def test_only_the_secretariat_carries(bring, tmp_path):
    member = people.person("Anggota")

    said = bring([WHOLE], by=member.email)

    assert said == [f"The account {member.email} may not do this: only the secretariat may."]
    assert Organisation.objects.count() == 0
    with pytest.raises(CommandError, match="must end in"):
        export(tmp_path, "xlsx")
