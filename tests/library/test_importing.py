"""Records from elsewhere: what a line may say, what becomes of it, and what a second run does."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cop_site.accounts.models import Organisation
from cop_site.activity.models import Activity, Delivery
from cop_site.activity.verbs import Verb
from cop_site.library import actions
from cop_site.library.models import Practice, Review
from cop_site.search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[1] / "data/search_dev/docs_import.jsonl"
NIK = "3471015503990004"  # invented, in the form of a real one
LINE = {"id": "p-1", "language": "id", "title": "Pos tanya di balai desa", "body": "Warga datang bertanya sebelum berangkat."}


@pytest.fixture(autouse=True)
def secretariat(db):
    return factories.person("sekretariat", role="secretariat")


@pytest.fixture
def file(tmp_path):
    """Writes lines (objects, or raw text) into a file and returns its path."""

    def write(*lines, name="praktik.jsonl", raw=None):
        path = tmp_path / name
        text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
        path.write_bytes(text.encode() if raw is None else raw)
        return path

    return write


def bring_in(path, *options):
    """What the command said, a line each; the sum at the end left out."""
    said = StringIO()
    call_command("import_practices", str(path), *options, stdout=said)
    return said.getvalue().splitlines()[:-1]


def refused(path, *options):
    """What the command said when it ended badly."""
    said = StringIO()
    with pytest.raises(CommandError) as why:
        call_command("import_practices", str(path), *options, stdout=said)
    return [*said.getvalue().splitlines()[:-1], str(why.value)]


def row(external_id="p-1"):
    return Practice.objects.unscoped("a test").get(external_id=external_id)


def rows():
    return {model.__name__: model._base_manager.count() for model in (Practice, Organisation, Activity, Delivery, Review, Entry)}


# --- the sample


def test_all_forty_sample_lines_come_in_and_a_second_run_changes_nothing():
    first = bring_in(SAMPLE, "--publish", "--visibility", "publik")
    before = rows()
    second = bring_in(SAMPLE, "--publish", "--visibility", "publik")

    assert first == [f"line {number}: created dev-d{number:03}" for number in range(1, 41)]
    assert second == [f"line {number}: unchanged dev-d{number:03}" for number in range(1, 41)]
    assert rows() == before
    assert Practice.objects.published().filter(visibility="publik", is_imported=True).count() == 40
    assert Entry.objects.filter(kind="practice").count() == 40
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


# --- what a line says


def test_a_bare_line_becomes_a_draft_that_only_the_importer_sees(file, secretariat):
    said = bring_in(file(LINE))

    practice = row()
    assert said == ["line 1: created p-1"]
    assert (practice.state, practice.live, practice.visibility, practice.is_imported) == ("draft", False, "jaringan", True)
    assert (practice.evidence_level, practice.document_kind, practice.sensitivity) == ("gagasan", "studi-kasus", "terbatas")
    assert (practice.author, practice.context, practice.results) == (secretariat, LINE["body"], "")


def test_a_full_line_fills_the_columns(file):
    line = LINE | {
        "province_code": "53",
        "regency": "Kabupaten Manggarai Barat",
        "mandates": ["bantuan-hukum", "reintegrasi"],
        "service_scale": "desa-kelurahan",
        "trafficking_forms": "abk-perikanan",
        "year": 2021,
        "organisation": "Rukun Pelaut Rekaan",
        "steps": ["Bertanya", "Mendengar"],
        "children_involved": False,
        "evidence_level": "rintisan",
        "summary": None,
    }

    bring_in(file(line))

    practice = row()
    assert (practice.provinces, practice.regencies, practice.location_precision) == (["53"], ["53.15"], "kabupaten-kota")
    assert (practice.mandate, practice.service_scale) == (["bantuan-hukum", "reintegrasi"], ["desa-kelurahan"])
    assert (practice.trafficking_form, practice.steps) == (["abk-perikanan"], ["Bertanya", "Mendengar"])
    assert (practice.period_start, practice.period_end, practice.evidence_level) == (date(2021, 1, 1), None, "rintisan")
    assert (practice.organisation.name, practice.organisation.is_listed) == ("Rukun Pelaut Rekaan", False)


def test_an_organisation_is_found_by_name_or_slug_before_one_is_made(file):
    known = factories.organisation("Serikat Rekaan", slug="serikat-rekaan")

    bring_in(file(LINE | {"organisation": "serikat rekaan"}, LINE | {"id": "p-2", "organisation": "serikat-rekaan"}))

    assert {row("p-1").organisation, row("p-2").organisation} == {known}
    assert Organisation.objects.count() == 1


def test_every_field_of_the_template_has_its_place(file):
    line = LINE | {
        "objective": "Warga tahu haknya.",
        "cost_band": "tanpa-biaya",
        "references": ["Buku saku", "Modul"],
        "context": "Pesisir.",
    }
    line |= {"anonymisation": "Nama desa dilebur.", "actors": [["Pemerintah desa", "kampung", "Tuan rumah"]]}

    bring_in(file(line))

    practice = row()
    assert practice.context == "Pesisir.\n\nWarga datang bertanya sebelum berangkat."
    assert practice.objective == "Warga tahu haknya."
    assert practice.cost_band == "tanpa-biaya"
    assert practice.references == ["Buku saku", "Modul"]
    assert practice.actors == [{"actor": "Pemerintah desa", "sector_5k": "kampung", "role": "Tuan rumah"}]
    assert practice.anonymisation == "Nama desa dilebur."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"foo": 1}, "unknown key 'foo'"),
        ({"title": ""}, "'title' is missing"),
        ({"title": 7}, "'title' must be text"),
        ({"title": "x" * 241}, "'title' is longer than 240 characters"),
        ({"language": "jv"}, "'language' must be id or en"),
        ({"language": None}, "'language' is missing"),
        ({"body": " "}, "'summary' or 'body' is missing"),
        ({"body": ["a"]}, "'body' must be text"),
        ({"mandates": "terbang"}, "unknown slug 'terbang' in 'mandate'"),
        ({"mandates": ["bantuan-hukum", 3]}, "unknown slug '3' in 'mandate'"),
        ({"mandates": "bantuan-hukum", "mandate": "reintegrasi"}, "'mandates' and 'mandate' are the same field; give one of them"),
        ({"document_kind": "buku"}, "unknown slug 'buku' in 'document_kind'"),
        ({"province_code": "99"}, "unknown province '99'"),
        ({"regency": "Kota Atlantis"}, "unknown regency 'Kota Atlantis', or more than one of that name"),
        ({"regency": "Kota Palu", "province_code": "53"}, "unknown regency 'Kota Palu' in province 53, or more than one of that name"),
        ({"year": "lalu"}, "'year' must be a year such as 2024"),
        ({"year": True}, "'year' must be a year such as 2024"),
        ({"period": "2025-06/2024-01"}, "The end lies before the beginning"),
        ({"visibility": "semua"}, "unknown slug 'semua' in 'visibility'"),
        ({"visibility": "kelompok"}, "'kelompok' needs a circle, and a line cannot name one"),
        ({"visibility": "organisasi"}, "'organisasi' needs an organisation"),
        ({"visibility": "publik", "sensitivity": "terbatas"}, "Visibility is wider than the sensitivity allows"),
        ({"sensitivity": "terlarang"}, "Visibility is wider than the sensitivity allows"),
        ({"consent_status": "ditarik"}, "Consent withdrawn: content removed"),
        ({"children_involved": True, "regency": "Kota Palu"}, "Content about children is restricted"),
        ({"children_involved": "mungkin"}, "'children_involved' must be true or false"),
        ({"evidence_level": "gagasan", "document_kind": "praktik-baik"}, "A good practice needs more than pilot evidence"),
        ({"attachments": ["a.pdf"]}, "'attachments' cannot be imported: files and reviews are made here"),
        ({"id": NIK}, "'id' holds personal data (nik)"),
        ({"id": ["a"]}, "'id' must be text"),
    ],
)
def test_a_line_that_is_wrong_is_refused_with_its_reason_and_leaves_no_trace(change, reason, file):
    before = rows()

    said = refused(file(LINE | change))

    assert said == [f"line 1: refused: {reason}", "Nothing was brought in: every line was refused."]
    assert rows() == before


def test_a_bad_line_does_not_stop_the_rest(file):
    path = file("", "{", LINE, '{"id": 1, "id": 2}', "[]", LINE | {"title": "Judul lain"}, "[" * 9000, LINE | {"id": "p-2"})

    said = bring_in(path)

    assert [line.split(" (")[0] for line in said] == [
        "line 2: refused: is not JSON",
        "line 3: created p-1",
        "line 4: refused: key 'id' stands there twice",
        "line 5: refused: must be one JSON object",
        "line 6: refused: id 'p-1' stands in line 3 already",
        "line 7: refused: is not JSON that makes sense",
        "line 8: created p-2",
    ]


def test_a_line_without_an_id_is_known_again_by_its_title(file):
    path = file({key: value for key, value in LINE.items() if key != "id"})

    first = bring_in(path)
    second = bring_in(path)

    assert first == [f"line 1: created {row(Practice._base_manager.get().external_id).external_id}"]
    assert second == [first[0].replace("created", "unchanged")]


# --- files


def test_byte_order_mark_windows_line_ends_and_blank_lines_do_no_harm(file):
    raw = b"\xef\xbb\xbf" + b"\r\n".join([json.dumps(LINE).encode(), b"", json.dumps(LINE | {"id": "p-2"}).encode(), b""])

    said = bring_in(file(raw=raw))

    assert said == ["line 1: created p-1", "line 3: created p-2"]


def test_a_monstrous_line_is_refused_and_the_next_one_read(file):
    raw = b'{"id": "' + b"x" * 20_000_000 + b'"}\n' + json.dumps(LINE).encode()

    said = bring_in(file(raw=raw))

    assert said == ["line 1: refused: longer than 1,000,000 bytes", "line 2: created p-1"]


def test_a_line_that_is_not_utf_8_is_refused(file):
    raw = json.dumps(LINE).encode() + b"\n" + '{"id": "p-2", "title": "Perès"}'.encode("latin-1")

    said = bring_in(file(raw=raw))

    assert said == ["line 1: created p-1", "line 2: refused: is not UTF-8 text"]


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.jsonl", '{"id": 1}'.encode("utf-16"), "is UTF-16; save it as UTF-8."),
        ("a.csv", "id,title\n1,Perès".encode("latin-1"), "is not UTF-8 text; save it as “CSV UTF-8”."),
        ("a.csv", b"id,judul\n1,x", "has unknown columns: 'judul'."),
        ("a.csv", b"id,id\n1,x", "names a column twice."),
        ("a.csv", b"", "is empty; its first line must name the columns."),
        ("a.jsonl", b"\n\n", "holds no lines."),
    ],
)
def test_a_file_of_which_nothing_can_be_read_stops_with_a_sentence(name, raw, reason, file):
    path = file(name=name, raw=raw)

    with pytest.raises(CommandError) as why:
        call_command("import_practices", str(path), stdout=StringIO())

    assert str(why.value) == f"{path} {reason}"


def test_a_file_that_is_not_there_stops_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        call_command("import_practices", str(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_says_the_same_as_json(delimiter, file):
    cells = [
        "p-1",
        "id",
        '"Pos ""tanya"", di balai; desa"',
        "Isi.",
        "bantuan-hukum|reintegrasi",
        "53",
        "2021",
        '"Tanya; dengar|Catat"',
        "tidak",
    ]
    header = ["id", "language", "title", "body", "mandates", "province_code", "year", "steps", "children_involved"]
    path = file(
        "\ufeff" + delimiter.join(header) + "\r", delimiter.join(cells) + "\r", delimiter * 8, "p-2" + delimiter, name="praktik.csv"
    )

    said = bring_in(path)

    practice = row()
    assert said == ["line 2: created p-1", "line 4: refused: 'title' is missing"]
    assert (practice.title, practice.mandate) == ('Pos "tanya", di balai; desa', ["bantuan-hukum", "reintegrasi"])
    assert (practice.steps, practice.period_start.year, practice.children_involved) == (["Tanya; dengar", "Catat"], 2021, False)


def test_a_row_with_too_many_cells_is_refused(file):
    said = bring_in(file("id,language,title,body", 'a,id,"Dua\nbaris",Isi', "b,id,Judul,Isi,lebih", name="a.csv"))

    assert said == ["line 2: created a", "line 4: refused: has 5 cells under 4 columns"]


# --- dry runs


def test_a_dry_run_says_what_would_be_done_and_changes_nothing_at_all(file):
    bring_in(file(LINE | {"id": "p-0"}), "--publish")
    Delivery.objects.update(state=Delivery.State.WAITING)
    before = rows() | {"waiting": Delivery.objects.filter(state="waiting").count()}
    changed = LINE | {"id": "p-0", "title": "Judul baru"}

    said = bring_in(
        file(LINE | {"organisation": "Lembaga Baru"}, changed, LINE | {"id": "p-3", "body": f"NIK {NIK}"}), "--dry-run", "--publish"
    )

    assert said == ["line 1: would create p-1", "line 2: would update p-0", "line 3: would hold p-3 as a private draft: nik"]
    assert rows() | {"waiting": Delivery.objects.filter(state="waiting").count()} == before
    assert row("p-0").title == LINE["title"]


# --- publishing


def test_publishing_to_the_public_is_the_importers_recorded_approval(file, secretariat):
    bring_in(file(LINE), "--publish", "--visibility", "publik")

    practice = row()
    assert (practice.state, practice.live, practice.visibility, practice.sensitivity) == ("published", True, "publik", "umum")
    assert list(practice.reviews.values_list("decision", "reviewer")) == [("public-approved", secretariat.pk)]
    assert list(Activity.objects.filter(verb=Verb.IMPORTED_PRACTICE).values_list("actor", "facts")) == [
        (secretariat.pk, {"published": True, "level": "publik"})
    ]


def test_a_line_that_names_its_level_has_the_last_word(file):
    bring_in(file(LINE | {"visibility": "pengelola"}, LINE | {"id": "p-2", "visibility": "pribadi"}), "--publish", "--visibility", "publik")

    assert (row("p-1").visibility, row("p-1").live, row("p-1").sensitivity) == ("pengelola", True, "terbatas")
    assert (row("p-2").visibility, row("p-2").live) == ("pribadi", False)


def test_a_story_of_a_child_does_not_go_public(file):
    said = refused(file(LINE | {"children_involved": True}), "--publish", "--visibility", "publik")

    assert said[0] == "line 1: refused: Content about children is restricted"


@pytest.mark.parametrize(("field", "shown"), [("body", True), ("title", True), ("steps", True), ("organisation", False)])
def test_personal_data_keeps_a_line_a_private_draft(field, shown, file, secretariat, cast):
    said = bring_in(file(LINE | {field: f"Ibu dengan NIK {NIK} datang."}), "--publish", "--visibility", "publik")

    practice = row()
    assert said == ["line 1: held p-1 as a private draft: nik"]
    assert (practice.visibility, practice.live, practice.wants_public) == ("pribadi", False, False)
    assert [name for name in cast if Practice.objects.visible_to(cast[name]).filter(pk=practice.pk)] == []
    assert Practice.objects.visible_to(secretariat).filter(pk=practice.pk).count() == 1
    assert Organisation.objects.filter(name__contains="NIK").count() == 0


def test_a_held_line_that_was_cleaned_comes_in_the_second_time(file):
    bring_in(file(LINE | {"body": f"NIK {NIK}"}), "--publish")

    said = bring_in(file(LINE), "--publish")

    assert said == ["line 1: updated p-1"]
    assert (row().visibility, row().live) == ("jaringan", True)


# --- a second time


def test_an_update_publishes_what_changed(file):
    bring_in(file(LINE), "--publish", "--visibility", "publik")

    said = bring_in(file(LINE | {"title": "Judul baru"}), "--publish")

    practice = row()
    assert said == ["line 1: updated p-1"]
    assert (practice.title, practice.visibility, practice.live) == ("Judul baru", "publik", True)
    assert Practice.objects.unscoped("a test").count() == 1
    assert practice.reviews.filter(decision="public-approved").count() == 2


def test_an_update_without_publish_waits_behind_what_readers_see(file):
    bring_in(file(LINE), "--publish", "--visibility", "publik")

    said = [bring_in(file(LINE | {"title": "Judul baru"}))[0] for _time in range(2)]

    practice = row()
    assert said == ["line 1: updated p-1", "line 1: unchanged p-1"]
    assert (practice.title, practice.visibility, practice.live, practice.has_unpublished_changes) == (LINE["title"], "publik", True, True)
    assert practice.get_latest_revision_as_object().title == "Judul baru"


def test_a_second_run_never_widens_what_was_narrowed_here(file, secretariat):
    path = file(LINE | {"visibility": "publik"})
    bring_in(path, "--publish")
    actions.narrow_practice(row(), by=secretariat, visibility="pengelola")

    bring_in(file(LINE | {"visibility": "publik", "title": "Judul baru"}), "--publish", "--visibility", "publik")

    assert (row().visibility, row().title) == ("pengelola", "Judul baru")


def test_a_line_that_names_a_level_may_narrow_and_widen_what_nobody_touched(file):
    bring_in(file(LINE), "--publish")

    bring_in(file(LINE | {"visibility": "publik"}), "--publish")
    wide = row().visibility
    bring_in(file(LINE | {"visibility": "pengelola"}), "--publish")

    assert (wide, row().visibility) == ("publik", "pengelola")


def test_personal_data_in_an_update_leaves_what_readers_see_as_it_was(file):
    bring_in(file(LINE), "--publish")
    before = rows()

    said = refused(file(LINE | {"body": f"NIK {NIK}"}), "--publish")

    assert said[0] == "line 1: refused: holds personal data (nik); what readers see stays as it was"
    assert (row().live, row().context) == (True, LINE["body"])
    assert rows() == before


def test_a_withdrawn_record_stays_withdrawn(file, secretariat):
    bring_in(file(LINE), "--publish")
    actions.withdraw_practice(row(), by=secretariat, reason="Diminta pemiliknya.")

    said = refused(file(LINE | {"title": "Judul baru"}), "--publish")

    assert said[0] == "line 1: refused: was withdrawn here, and stays withdrawn"
    assert (row().state, row().title, row().context) == ("withdrawn", "", "")


def test_what_was_written_here_is_not_overwritten(file):
    factories.practice(factories.person("penulis"), external_id="p-1", title="Tulisan sendiri")

    said = refused(file(LINE), "--publish")

    assert said[0] == "line 1: refused: the id belongs to a practice that was written here"
    assert row().title == "Tulisan sendiri"


def test_what_people_went_on_writing_here_is_not_overwritten(file, secretariat):
    bring_in(file(LINE))
    actions.change_practice(row(), by=secretariat, title="Disunting di sini")

    said = refused(file(LINE))

    assert said[0] == "line 1: refused: has been worked on here since it came in; change it on the site"
    assert row().title == "Disunting di sini"


# --- who imports


def test_only_the_secretariat_imports(file, cast):
    with pytest.raises(CommandError, match="only the secretariat may"):
        call_command("import_practices", str(file(LINE)), "--by", cast["moderator"].email)

    assert Practice.objects.unscoped("a test").count() == 0


def test_the_account_that_was_named_is_the_one_that_did_it(file, cast):
    bring_in(file(LINE), "--by", cast["secretariat"].email.upper())

    assert row().author == cast["secretariat"]


def test_an_unknown_account_stops_with_a_sentence(file):
    with pytest.raises(CommandError, match=r"There is no account tidak@ada.example\."):
        call_command("import_practices", str(file(LINE)), "--by", "tidak@ada.example")
