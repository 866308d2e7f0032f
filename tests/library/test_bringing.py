"""Files of records in the hands of the secretariat: looked through, brought in, and texts carried away again."""

import csv
import io
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.runner import run_pending
from cop_site.activity.verbs import Verb
from cop_site.core import clock
from cop_site.library import actions
from cop_site.library.actions import running
from cop_site.library.importing.content import record_of
from cop_site.library.importing.opening import lines_of
from cop_site.library.models import ImportLine, ImportRun, Practice
from tests import factories
from tests.library.factories import whole_content

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[1] / "data/search_dev/docs_import.jsonl"
NIK = "3471015503990004"  # invented, in the form of a real one
LINE = {"id": "p-1", "language": "id", "title": "Pos tanya di balai desa", "body": "Warga datang bertanya sebelum berangkat."}
RULE = {
    "id": "perdes-1",
    "language": "id",
    "document_kind": "regulasi",
    "title": "Peraturan Desa tentang Perlindungan Pekerja Migran",
    "issuer": "Desa Contoh",
    "document_number": "Nomor 3 Tahun 2024",
    "year": 2024,
    "legal_status": "berlaku",
    "valid_as_of": "2025-03-31",
    "province_code": "53",
    "mandates": ["migrasi-aman"],
    "body": "Pasal 1. Desa membuka meja informasi.",
    "references": ["https://desa.example/perdes-3"],
}
WHOLE = LINE | {
    "id": "p-2",
    "body": None,
    "summary": "Ringkas, = jujur.",
    "context": "- Pesisir.\n\n=1+1 bukan rumus.",
    "regency_code": ["53.15"],
    "period": "2024-08/2025-03",
    "mandates": ["bantuan-hukum", "reintegrasi"],
    "service_scale": ["desa-kelurahan"],
    "steps": ["Bertanya; lalu mendengar", "Mencatat | menyimpan", "=Menutup"],
    "lessons": ["'-Sabar."],
    "actors": [
        {"actor": "Pemerintah desa", "sector_5k": "kampung", "role": "Tuan | rumah"},
        {"actor": "Relawan", "sector_5k": "", "role": "Menemani"},
    ],
    "children_involved": False,
    "organisation": "Rukun Pelaut Rekaan",
    "organisation_hidden": True,
    "consent_declaration": ["paham-risiko", "tanpa-imbalan"],
    "evidence_level": "rintisan",
    "document_kind": "studi-kasus",
    "safeguarding": "Tidak menyebut nama.",
    "visibility": "jaringan",
    "review_date": "2026-12-01",
}


@pytest.fixture(autouse=True)
def secretariat(db):
    return factories.person("sekretariat", role="secretariat")


@pytest.fixture
def stewards_client(client, secretariat):
    client.force_login(secretariat, backend="cop_site.accounts.backends.PeopleBackend")
    return client


def written(tmp_path, *lines, name="praktik.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def command(name, *options):
    said = StringIO()
    call_command(name, *map(str, options), stdout=said)
    return said.getvalue().splitlines()


def row(external_id):
    return Practice.objects.unscoped("a test").get(external_id=external_id)


def everything_gone():
    Practice.objects.unscoped("a test").all().delete()


# --- out and in again


@pytest.mark.parametrize("ending", ["jsonl", "csv", "xlsx"])
def test_what_goes_out_comes_in_on_an_empty_site_and_goes_out_the_same(ending, tmp_path):
    command("import_practices", written(tmp_path, WHOLE, RULE, LINE), "--publish")
    command("export_practices", first := tmp_path / f"satu.{ending}")
    command("export_practices", plain := tmp_path / "satu.jsonl")
    everything_gone()

    said = command("import_practices", first, "--publish")
    command("export_practices", tmp_path / "dua.jsonl")

    assert said[-1] == "3 lines: 3 created."
    assert sorted((tmp_path / "dua.jsonl").read_text().splitlines()) == sorted(plain.read_text().splitlines())


def test_an_export_says_what_a_practice_says_and_no_more(tmp_path, cast, organisation):
    author, reviewer = cast["member"], cast["reviewer"]
    told = whole_content(organisation, provinces=["33"], regencies=["33.01"], location_precision="provinsi", title="Meja di desa")
    practice = actions.publish_practice(actions.submit_practice(actions.start_practice(by=author, **told), by=author), by=reviewer)

    command("export_practices", tmp_path / "a.jsonl")

    note, *lines = map(json.loads, (tmp_path / "a.jsonl").read_text().splitlines())
    line = lines[0]
    assert set(note) == {"_note"}
    assert (line["id"], line["title"], line["province_code"], line["period"]) == (practice.slug, "Meja di desa", ["33"], "2025-02")
    assert {"regency_code", "attachments", "reviewer_note", "criteria_scores", "warn_reason"} & set(line) == set()
    assert record_of(line).content["steps"] == told["steps"]


def test_an_export_holds_what_its_account_may_see(tmp_path, cast, organisation):
    for level in ("publik", "jaringan", "pengelola", "organisasi", "pribadi"):
        factories.practice(cast["member"], title=f"Judul {level}", visibility=level, organisation=organisation, live=level != "pribadi")
    factories.practice(cast["member"], title="Judul ditarik", visibility="publik", state="withdrawn")

    command("export_practices", tmp_path / "a.jsonl", "--by", cast["secretariat"].email)
    command("export_practices", tmp_path / "b.jsonl", "--visibility", "publik")

    titles = [[json.loads(line).get("title") for line in (tmp_path / name).read_text().splitlines()[1:]] for name in ("a.jsonl", "b.jsonl")]
    assert titles == [["Judul publik", "Judul jaringan", "Judul pengelola"], ["Judul publik"]]
    assert Activity.objects.filter(verb=Verb.EXPORTED_TEXTS).count() == 2


def test_a_personal_story_for_everybody_goes_out_by_year(tmp_path, cast):
    told = {"visibility": "publik", "consent_status": "persetujuan-tertulis", "period_start": "2024-05-01", "period_end": "2025-02-01"}
    factories.practice(cast["member"], **told)

    command("export_practices", tmp_path / "a.jsonl")

    assert json.loads((tmp_path / "a.jsonl").read_text().splitlines()[1])["period"] == "2024/2025"


def test_only_the_secretariat_exports(tmp_path, cast):
    with pytest.raises(CommandError, match="only the secretariat may"):
        command("export_practices", tmp_path / "a.jsonl", "--by", cast["moderator"].email)

    assert list(tmp_path.iterdir()) == []


def test_an_export_under_another_ending_stops_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"must end in \.jsonl, \.csv or \.xlsx"):
        command("export_practices", tmp_path / "a.docx")


def test_cells_that_begin_like_a_formula_are_harmless_in_a_table(tmp_path):
    command("import_practices", written(tmp_path, WHOLE), "--publish")

    command("export_practices", tmp_path / "a.csv")

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert [cell for cell in cells if cell[:1] in "=+-@\t" and cell] == []
    assert any(cell.startswith("'- Pesisir.") for cell in cells)


def test_the_file_that_stands_there_is_replaced_whole_or_not_at_all(tmp_path, cast):
    factories.practice(cast["member"], title="Panjang", context="x" * 40_000)
    (tmp_path / "a.xlsx").write_text("yang lama")

    with pytest.raises(CommandError, match="longer than a cell"):
        command("export_practices", tmp_path / "a.xlsx")

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.xlsx", "yang lama")]


# --- documents


def test_a_document_comes_in_with_its_record(tmp_path):
    said = command("import_practices", written(tmp_path, RULE), "--publish", "--visibility", "publik")

    document = row("perdes-1")
    assert said == ["line 1: created perdes-1", "1 lines: 1 created."]
    assert (document.document_kind, document.issuer, document.document_number) == ("regulasi", "Desa Contoh", "Nomor 3 Tahun 2024")
    assert (document.legal_status, str(document.valid_as_of), document.year, document.evidence_level) == ("berlaku", "2025-03-31", 2024, "")
    assert (document.body, document.context) == (RULE["body"], "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"problem": "Apa?"}, "'problem' is no field of a document"),
        ({"document_kind": None}, "'issuer' is no field of a practice; name a kind of document in 'document_kind'"),
        ({"legal_status": "mungkin"}, "unknown slug 'mungkin' in 'legal_status'"),
        ({"valid_as_of": "kemarin"}, "'valid_as_of' must be a day such as 2025-03-31"),
        ({"issuer": "x" * 241}, "'issuer' is longer than 240 characters"),
    ],
)
def test_a_document_that_is_wrong_is_refused_with_its_reason(change, reason, tmp_path):
    with pytest.raises(CommandError, match="every line was refused"):
        call_command("import_practices", str(written(tmp_path, RULE | change)), stdout=(said := StringIO()))

    assert said.getvalue().splitlines()[0] == f"line 1: refused: {reason}"


def test_a_document_does_not_turn_into_a_practice(tmp_path):
    command("import_practices", written(tmp_path, RULE))

    said = command("import_practices", written(tmp_path, LINE | {"id": "perdes-1"}, LINE))

    assert said[0] == "line 1: refused: is a document in one place and a practice in the other; 'document_kind' says which"


def test_what_was_written_here_is_known_by_the_name_under_which_it_goes_out(tmp_path, cast):
    practice = factories.practice(cast["member"], title="Tulisan sendiri")

    said = command("import_practices", written(tmp_path, LINE | {"id": practice.slug}, LINE))

    assert said[0] == "line 1: refused: the id belongs to a practice that was written here"


def test_warnings_are_told_and_do_not_keep_a_line_back(tmp_path):
    line = LINE | {"body": "Di Desa Ujicoba terdapat 3 korban."}

    said = command("import_practices", written(tmp_path, line), "--publish")

    assert said[0] == "line 1: created p-1 (warned: small_number)"
    assert row("p-1").live


def test_a_dry_run_with_a_diff_says_field_by_field_what_would_change(tmp_path):
    command("import_practices", written(tmp_path, LINE), "--publish")

    said = command(
        "import_practices", written(tmp_path, LINE | {"title": "Judul baru", "body": "Isi baru."}), "--publish", "--dry-run", "--diff"
    )

    assert said[:-1] == [
        "line 1: would update p-1",
        "  Judul",
        f"  - {LINE['title']}",
        "  + Judul baru",
        "  Konteks",
        f"  - {LINE['body']}",
        "  + Isi baru.",
    ]
    assert row("p-1").title == LINE["title"]


# --- workbooks


def template(kind="practice"):
    from cop_site.library.outgoing import sheets

    return openpyxl.load_workbook(io.BytesIO(sheets.workbook({kind: []})))


def filled(tmp_path, *records, kind="practice", heads=True):
    book = template(kind)
    sheet = book.worksheets[0]
    keys = [cell.value for cell in sheet[3]]
    for number, record in enumerate(records, start=4):
        for key, value in record.items():
            sheet.cell(number, keys.index(key) + 1, value)
    if not heads:
        sheet.delete_rows(3)
    book.save(tmp_path / "isi.xlsx")
    return tmp_path / "isi.xlsx"


def test_the_template_offers_choices_and_explains_itself():
    book = template()
    sheet = book["Praktik"]

    heads = {cell.value: cell for cell in sheet[2]}
    assert book.sheetnames == ["Praktik", "Petunjuk", "Pilihan"]
    assert sheet.row_dimensions[3].hidden
    assert {"Judul *", "Ringkasan *", "Bahasa *", "Provinsi", "Keterlihatan"} <= set(heads)
    assert "semua" not in heads["Judul *"].comment.text
    assert len(sheet.data_validations.dataValidation) > 20
    assert book["Pilihan"].max_row > 30


@pytest.mark.parametrize("heads", [True, False])
def test_a_template_filled_with_labels_comes_in(heads, tmp_path):
    record = {"id": 7, "title": "Pos tanya", "language": "Indonesia", "summary": "Warga bertanya.", "province_code": "Nusa Tenggara Timur"}
    record |= {
        "regency": "Kabupaten Manggarai Barat",
        "mandate": "layanan migrasi aman; reintegrasi",
        "children_involved": "Tidak",
        "year": 2021,
    }
    record |= {
        "steps": "Bertanya; lalu\nMendengar",
        "actors": "Desa | kampung | Tuan rumah",
        "visibility": "Publik",
        "document_kind": "Studi kasus",
    }

    said = command("import_practices", filled(tmp_path, record, heads=heads), "--publish")

    practice = row("7")
    assert said[0] == f"line {4}: created 7" if heads else said[0] == "line 3: created 7"
    assert (practice.provinces, practice.regencies, practice.mandate) == (["53"], ["53.15"], ["migrasi-aman", "reintegrasi"])
    assert (practice.children_involved, practice.year, practice.visibility) == (False, 2021, "publik")
    assert practice.steps == ["Bertanya; lalu", "Mendengar"]


def test_a_formula_in_a_cell_is_refused_and_the_rest_comes_in(tmp_path):
    good = {"id": "a", "title": "Baik", "language": "id", "summary": "Isi."}

    said = command("import_practices", filled(tmp_path, good | {"id": "b", "summary": '=HYPERLINK("http://x.example")'}, good))

    assert said[:2] == ["line 4: refused: cell D4 holds a formula or an error; put the value itself", "line 5: created a"]


def test_a_wrong_label_is_refused_with_its_row(tmp_path):
    good = {"id": "a", "title": "Baik", "language": "id", "summary": "Isi."}

    said = command("import_practices", filled(tmp_path, good, good | {"id": "b", "mandate": "Terbang"}))

    assert said[1] == "line 5: refused: unknown slug 'Terbang' in 'mandate'"


def packed(**parts):
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bomb():
    import zipfile

    file = io.BytesIO(saved(template()))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/a.bin", b"\0" * 60_000_000)
    return file.getvalue()


HOSTILE = {
    "bomb": ("a.xlsx", bomb, "is far too large when unpacked; split it into smaller ones."),
    "macros": ("a.xlsm", lambda: saved(template()), "holds programs (macros); save it without them, as XLSX."),
    "cut": ("a.xlsx", lambda: saved(template())[:5000], "is damaged or no workbook; open it, save it anew as XLSX and try again."),
    "text": ("a.xlsx", lambda: b"id,title", "is damaged or no workbook; open it, save it anew as XLSX and try again."),
    "disguised": (
        "a.csv",
        lambda: saved(template()),
        "is a spreadsheet or another packed file; save it as XLSX, with a name that ends in .xlsx.",
    ),
    "headless": ("a.xlsx", lambda: saved(openpyxl.Workbook()), "has no sheet whose first rows name columns that are known here."),
    "old": (
        "a.xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "is of an old format, or locked with a password; save it as XLSX.",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_workbook_that_means_harm_stops_with_a_sentence(case, tmp_path):
    name, content, reason = HOSTILE[case]
    (tmp_path / name).write_bytes(content())

    with pytest.raises(CommandError) as why:
        command("import_practices", tmp_path / name)

    assert str(why.value) == f"{tmp_path / name} {reason}"


def test_a_sheet_that_claims_a_million_rows_is_read_up_to_a_measure(tmp_path):
    book = template()
    book.worksheets[0].cell(1_000_000, 2, "jauh")
    book.save(tmp_path / "a.xlsx")

    lines = list(lines_of(tmp_path / "a.xlsx"))

    assert lines == []


@pytest.mark.parametrize("raw", ['{"id": NaN}', '{"id": Infinity}', '{"year": ' + "9" * 6000 + "}"])
def test_numbers_that_are_none_are_refused(raw, tmp_path):
    (tmp_path / "a.jsonl").write_text(raw + "\n" + json.dumps(LINE))

    said = command("import_practices", tmp_path / "a.jsonl")

    assert said[:2] == ["line 1: refused: is not JSON that makes sense", "line 2: created p-1"]


# --- the desk of the secretariat


def send(client, *lines, name="praktik.jsonl", raw=None, **options):
    content = raw if raw is not None else "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    upload = SimpleUploadedFile(name, content)
    return client.post(reverse("import-desk"), {"upload": upload, "level": "jaringan", **options})


def offered(client, *lines, **options):
    send(client, *lines, **options)
    run_pending()
    return ImportRun.objects.visible_to(factories.User.objects.get(handle="sekretariat")).first()


def outcomes(run, noted="outlook"):
    return list(run.lines.order_by("pk").values_list("number", noted))


def test_a_file_is_looked_through_first_and_nothing_comes_in(stewards_client):
    run = offered(stewards_client, LINE, LINE | {"id": "p-3", "mandates": "terbang"}, LINE | {"id": "p-4", "body": f"NIK {NIK}"})

    page = stewards_client.get(run.get_absolute_url()).content.decode()
    assert run.state == "ready"
    assert outcomes(run) == [(1, "created"), (2, "refused"), (3, "held")]
    assert Practice.objects.unscoped("a test").count() == 0
    assert "slug &#x27;terbang&#x27; tidak dikenal" in page or "terbang" in page
    assert NIK not in page


def test_a_run_brings_in_what_was_looked_at_and_forgets_the_words(stewards_client):
    run = offered(stewards_client, LINE, LINE | {"id": "p-3", "mandates": "terbang"}, is_published="on", level="publik")

    stewards_client.post(reverse("import-start", args=[run.pk]))
    while run_pending():
        pass

    run.refresh_from_db()
    assert (run.state, outcomes(run, "outcome")) == ("done", [(1, "created"), (2, "refused")])
    assert (row("p-1").live, row("p-1").visibility) == (True, "publik")
    assert set(run.lines.values_list("told", "said")) == {("", "")}
    assert stewards_client.get(run.get_absolute_url()).status_code == 200
    assert list(Activity.objects.filter(verb=Verb.RAN_IMPORT).values_list("facts", flat=True)) == [{"published": True, "level": "publik"}]


def test_what_would_change_stands_there_field_by_field(stewards_client):
    first = offered(stewards_client, LINE, is_published="on")
    stewards_client.post(reverse("import-start", args=[first.pk]))
    while run_pending():
        pass

    run = offered(stewards_client, LINE | {"title": "Pos tanya di pasar"}, is_published="on")

    page = stewards_client.get(run.get_absolute_url()).content.decode()
    assert outcomes(run) == [(1, "updated")]
    assert "<del>balai desa</del>" in page.replace("<del>balai</del> <del>desa</del>", "<del>balai desa</del>") or "<del>balai" in page
    assert "<ins>pasar</ins>" in page
    assert row("p-1").title == LINE["title"]


def test_a_second_file_with_the_same_id_is_refused_within_one_file(stewards_client):
    run = offered(stewards_client, LINE, LINE | {"title": "Lain"})

    assert outcomes(run) == [(1, "created"), (2, "refused")]
    assert run.lines.last().reason == "id %(said)s stands in line %(place)s already"


def test_a_run_that_died_goes_on_line_by_line_and_doubles_nothing(stewards_client, monkeypatch):
    run = offered(stewards_client, *[LINE | {"id": f"p-{number}", "title": f"Judul {number}"} for number in range(5)])
    stewards_client.post(reverse("import-start", args=[run.pk]))
    bring_in, done = running._bring_in, []

    def dies_at_the_third(run, line):
        bring_in(run, line)
        done.append(line.number)
        if len(done) == 3:
            raise KeyboardInterrupt  # the process is ended: the third line's transaction with it

    monkeypatch.setattr(running, "_bring_in", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        running.go_on(ImportRun.objects.get(pk=run.pk))
    after_the_crash = Practice.objects.unscoped("a test").count()
    monkeypatch.undo()
    while running.go_on(ImportRun.objects.get(pk=run.pk)):
        pass

    run.refresh_from_db()
    assert (after_the_crash, Practice.objects.unscoped("a test").count()) == (2, 5)
    assert {outcome for _number, outcome in outcomes(run, "outcome")} == {"created"}
    assert Activity.objects.filter(verb=Verb.IMPORTED_PRACTICE).count() == 5


def test_two_runs_of_one_file_bring_each_line_in_once(stewards_client):
    one, other = offered(stewards_client, LINE), offered(stewards_client, LINE)
    for run in (one, other):
        stewards_client.post(reverse("import-start", args=[run.pk]))

    while run_pending():
        pass

    assert (outcomes(one, "outcome"), outcomes(other, "outcome")) == ([(1, "created")], [(1, "unchanged")])
    assert Practice.objects.unscoped("a test").count() == 1


def test_a_line_over_which_something_here_stumbles_costs_no_other_line(stewards_client, monkeypatch):
    run = offered(stewards_client, LINE, LINE | {"id": "p-3"})
    stewards_client.post(reverse("import-start", args=[run.pk]))
    bring_in = running._bring_in

    def stumbles(run, line):
        if line.number == 1:
            raise RuntimeError("x")
        bring_in(run, line)

    monkeypatch.setattr(running, "_bring_in", stumbles)
    while run_pending():
        pass

    assert outcomes(run, "outcome") == [(1, "failed"), (2, "created")]


def test_a_file_that_nobody_runs_is_forgotten_after_a_day(stewards_client):
    run = offered(stewards_client, LINE)

    clock.run_due(at=timezone.now() + timedelta(hours=25), only="forget-words-of-imports")

    run.refresh_from_db()
    assert (run.state, run.lines.get().told) == ("stopped", "")
    assert stewards_client.post(reverse("import-start", args=[run.pk])).status_code == 403


def test_a_file_may_be_let_go(stewards_client):
    run = offered(stewards_client, LINE)

    stewards_client.post(reverse("import-drop", args=[run.pk]))

    run.refresh_from_db()
    assert (run.state, run.lines.get().told) == ("dropped", "")


def test_whoever_loses_the_office_brings_in_nothing_more(stewards_client, secretariat):
    run = offered(stewards_client, LINE)
    stewards_client.post(reverse("import-start", args=[run.pk]))
    type(secretariat).objects.filter(pk=secretariat.pk).update(role="member")

    while run_pending():
        pass

    run.refresh_from_db()
    assert (run.state, Practice.objects.unscoped("a test").count()) == ("stopped", 0)


def test_another_steward_sees_what_it_came_to_and_not_its_words(stewards_client, client, cast):
    run = offered(stewards_client, LINE, LINE | {"id": "p-3", "mandates": "terbang"})
    client.force_login(cast["secretariat"], backend="cop_site.accounts.backends.PeopleBackend")

    page = client.get(run.get_absolute_url()).content.decode()

    assert (LINE["title"] in page, "terbang" in page) == (False, False)
    assert client.post(reverse("import-start", args=[run.pk])).status_code == 403
    assert client.post(reverse("import-drop", args=[run.pk])).status_code == 403


@pytest.mark.parametrize("name", ["import-desk", "import-template", "export-texts"])
def test_only_the_secretariat_has_these_pages(name, client, cast):
    answers = {}
    for who in ("visitor", "member", "moderator", "editor", "secretariat"):
        client.logout()
        if who != "visitor":
            client.force_login(cast[who], backend="cop_site.accounts.backends.PeopleBackend")
        answers[who] = client.get(reverse(name)).status_code

    assert answers == {"visitor": 302, "member": 403, "moderator": 403, "editor": 403, "secretariat": 200}


@pytest.mark.parametrize("name", ["import-run", "import-start", "import-drop"])
def test_a_run_is_refused_to_others_as_if_it_were_not_there(name, stewards_client, client, cast):
    run = offered(stewards_client, LINE)
    client.force_login(cast["moderator"], backend="cop_site.accounts.backends.PeopleBackend")
    ask = client.get if name == "import-run" else client.post

    assert [ask(reverse(name, args=[pk])).status_code for pk in (run.pk, 999_999)] == [403, 403]
    run.refresh_from_db()
    assert run.state == "ready"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("a.jsonl", b"", "tidak berisi"),
        ("a.pdf", b"%PDF-", ".jsonl"),
        ("a.jsonl", '{"id": 1}'.encode("utf-16"), "UTF-16"),
        ("a.csv", b"id,judul\n1,x", "judul"),
        ("a.xlsm", b"PK\x03\x04", "XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_beside_it(name, raw, words, stewards_client):
    answer = send(stewards_client, name=name, raw=raw)

    assert answer.status_code == 422
    assert words in answer.content.decode() or "holds no lines" in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_file_that_is_too_large_is_a_413_with_a_sentence(stewards_client):
    answer = send(stewards_client, raw=b"x" * (20 * 1024 * 1024 + 1))

    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_form_sent_twice_is_one_run(stewards_client):
    key = "7f3ad3f6-7d63-4f6e-8f08-5d0f4a1f7e11"

    for _time in range(2):
        send(stewards_client, LINE, deed_key=key)

    assert ImportRun.objects.count() == 1


def test_fields_that_nobody_offers_change_nothing(stewards_client, cast):
    run = offered(stewards_client, LINE, by=cast["member"].pk, state="done", by_id=cast["member"].pk, ended_at="2020-01-01")

    assert (run.by.handle, run.state, run.ended_at) == ("sekretariat", "ready", None)


def test_the_page_of_a_run_costs_the_same_for_one_line_and_for_twenty(stewards_client, django_assert_max_num_queries):
    many = [LINE | {"id": f"p-{number}", "title": f"Judul {number}"} for number in range(20)]
    for lines in ([LINE], many):
        run = offered(stewards_client, *lines, is_published="on")
        stewards_client.post(reverse("import-start", args=[run.pk]))
        while run_pending():
            pass
    changed = [offered(stewards_client, *[line | {"body": "Isi baru."} for line in lines], is_published="on") for lines in ([LINE], many)]

    for run in changed:
        with django_assert_max_num_queries(24):
            assert stewards_client.get(run.get_absolute_url()).status_code == 200


def test_a_run_at_work_is_told_to_htmx_and_its_end_reloads_the_page(stewards_client):
    send(stewards_client, LINE)
    run = ImportRun.objects.get()

    part = stewards_client.get(run.get_absolute_url(), headers={"HX-Request": "true"})
    run_pending()
    end = stewards_client.get(run.get_absolute_url(), headers={"HX-Request": "true"})

    assert "<progress" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert end.headers["HX-Refresh"] == "true"


def test_texts_are_carried_away_over_the_web(stewards_client, cast):
    factories.practice(cast["member"], title="Judul publik", visibility="publik")
    factories.practice(cast["member"], title="Judul organisasi", visibility="organisasi")

    for ending in ("jsonl", "csv", "xlsx"):
        answer = stewards_client.post(reverse("export-texts"), {"kind": "all", "level": "", "ending": ending})
        body = b"".join(answer.streaming_content)
        assert answer.status_code == 200
        assert (b"Judul organisasi" in body, ending == "xlsx" or b"Judul publik" in body) == (False, True)
    assert Activity.objects.filter(verb=Verb.EXPORTED_TEXTS).count() == 3


def test_looking_at_the_pages_changes_no_row(stewards_client):
    run = offered(stewards_client, LINE)
    before = Activity.objects.count(), ImportLine.objects.count()

    for path in (reverse("import-desk"), reverse("import-template"), reverse("export-texts"), run.get_absolute_url()):
        assert stewards_client.get(path).status_code == 200
    for name in ("import-start", "import-drop"):
        assert stewards_client.get(reverse(name, args=[run.pk])).status_code == 405

    assert (Activity.objects.count(), ImportLine.objects.count()) == before
