"""Citations: in formats that other programs read, with the rights of whoever asks, and without anybody's name."""

import csv
import json
import re
from io import StringIO

import bibtexparser
import pytest
import rispy
from bibtexparser.latexenc import latex_to_unicode
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from cop_site.activity.runner import run_pending
from cop_site.library import actions
from cop_site.library.citing import bibtex, csl, linked, ris, table
from cop_site.library.citing.citation import citation_of
from cop_site.library.models import Practice
from cop_site.library.selectors import exporting
from cop_site.search import indexing
from tests import factories
from tests.library.factories import public, published

NASTY = "50% & $3_000 #1 {kurung} }terbuka{ \\jalan ~ ^ @book{x, \"kutip\" 'petik' –“é” TY - ER"


@pytest.fixture
def shelf(cast):
    practice = published(cast["member"], cast["reviewer"], title="Peraturan desa tentang migrasi aman")
    run_pending()
    return practice


@pytest.fixture
def open_shelf(cast):
    practice = public(cast["member"], cast["reviewer"], cast["safety_reviewer"], title="Meja informasi di balai desa")
    run_pending()
    return practice


def cited(practice, viewer=None):
    return citation_of(practice, viewer=viewer or AnonymousUser())


def nasty(**fields):
    return factories.practice(
        None, title=NASTY, summary=f"{NASTY}\nbaris kedua", first_published_at=timezone.now(), mandate=["migrasi-aman"], **fields
    )


def body_of(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()


def as_read(said):
    """What a reader of BibTeX sees of a value."""
    said = said.replace(r"\textbackslash{}", "\0").replace(r"\textbraceleft{}", "\1").replace(r"\textbraceright{}", "\2")
    said = re.sub(r"\\([&%$#_])", r"\1", said).replace(r"\textasciitilde{}", "~").replace(r"\textasciicircum{}", "^")
    return said.strip("{}").replace("\0", "\\").replace("\1", "{").replace("\2", "}")


# --- the formats, read by other programs


def test_bibtex_is_read_by_another_program_sign_by_sign(db):
    practice = nasty(organisation=factories.organisation("Serikat & Lembaga {Tikar}"))

    read = bibtexparser.loads(bibtex.entry(cited(practice)) + bibtex.entry(cited(nasty()))).entries

    assert (len(read), read[0]["ID"]) == (2, practice.slug)
    assert as_read(read[0]["title"]) == NASTY
    assert as_read(read[0]["abstract"]) == f"{NASTY} baris kedua"
    assert as_read(read[0]["author"]) == "Serikat & Lembaga {Tikar}"
    assert latex_to_unicode(read[0]["keywords"]) == "Layanan migrasi aman"
    assert read[0]["ENTRYTYPE"] == "techreport"


def test_ris_is_read_by_another_program_line_by_line(db):
    practice = nasty(organisation=factories.organisation("Serikat Tikar"))
    written = ris.record(cited(practice)) + ris.record(cited(nasty()))

    read = rispy.loads(written)

    assert len(read) == 2
    assert (read[0]["title"], read[0]["abstract"]) == (NASTY, f"{NASTY} baris kedua")
    assert (read[0]["authors"], read[0]["type_of_reference"], read[0]["id"]) == (["Serikat Tikar"], "RPRT", practice.slug)
    assert read[0]["urls"] == [cited(practice).url]
    assert {len(line) for line in written.split("\r\n") if "\n" in line} == set()


@pytest.mark.parametrize(
    ("kind", "in_bibtex", "in_ris", "in_csl"),
    [
        ("praktik-baik", "techreport", "RPRT", "report"),
        ("regulasi", "misc", "STAT", "legislation"),
        ("laporan-riset", "techreport", "RPRT", "report"),
        ("modul-pelatihan", "manual", "GEN", "report"),
        ("data-agregat", "misc", "DATA", "dataset"),
        ("catatan-pertemuan", "misc", "GEN", "document"),
    ],
)
def test_each_kind_is_what_the_formats_call_it(kind, in_bibtex, in_ris, in_csl, db):
    citation = cited(factories.practice(None, document_kind=kind))

    assert bibtexparser.loads(bibtex.entry(citation)).entries[0]["ENTRYTYPE"] == in_bibtex
    assert rispy.loads(ris.record(citation))[0]["type_of_reference"] == in_ris
    assert csl.item(citation)["type"] == in_csl


@pytest.mark.parametrize("start", ["=1+1", "+62", "-2", "@SUM", "\t=1", " =1", "＝1", "|x"])
def test_no_cell_of_the_table_is_a_formula(start):
    assert table.harmless(f"{start}!A1") == f"'{start}!A1"


def test_the_table_is_read_back_without_a_mark_at_its_start(db):
    practice = nasty(provinces=["33"], service_scale=["desa-kelurahan"])
    written = table.head() + table.row(cited(practice))

    row = next(csv.DictReader(StringIO(written)))

    assert not written.startswith("\ufeff")
    assert (row["id"], row["title"], row["places"], row["visibility"]) == (practice.slug, NASTY, "Jawa Tengah", "Anggota jaringan")
    assert row["service_scale"] == "Desa/kelurahan"


def test_csl_names_organisations_whole(db):
    item = json.loads(csl.written(cited(nasty(organisation=factories.organisation("Yayasan Tikar, Solo")))))

    assert item["author"] == [{"literal": "Yayasan Tikar, Solo"}]
    assert item["issued"] == {"date-parts": [[timezone.localdate().year]]}


def test_linked_data_cannot_leave_its_element(db):
    practice = factories.practice(None, title="</script><script>alert(1)</script> & <!-- \u2028")

    written = linked.written(cited(practice))

    assert re.findall("[<>&\u2028]", written) == []
    assert json.loads(written)["name"] == "</script><script>alert(1)</script> & <!--"


def test_signs_that_no_format_can_hold_are_left_out(db):
    practice = factories.practice(None, title="Satu\x00dua\x0b\x1f\ufffetiga\r\nempat")

    assert cited(practice).title == "Satuduatiga empat"


# --- what a citation says


def test_a_document_is_by_its_issuer_and_of_its_own_year(db):
    practice = factories.practice(
        None, document_kind="regulasi", issuer="Pemerintah Desa Contoh", document_number="Nomor 3 Tahun 2024", period_start="2024-01-01"
    )
    practice.refresh_from_db()

    citation = cited(practice)

    assert (citation.author, citation.year, citation.number) == ("Pemerintah Desa Contoh", 2024, "Nomor 3 Tahun 2024")


def test_without_an_organisation_the_site_stands_for_it(db, settings):
    citation = cited(factories.practice(None))

    assert (citation.author, citation.is_by_the_site) == (settings.SITE_NAME, True)


def test_an_organisation_that_hides_is_named_inside_the_network_alone(cast, organisation, settings):
    practice = factories.practice(None, organisation=organisation, organisation_hidden=True, visibility="publik")

    assert cited(practice, cast["member2"]).author == organisation.name
    assert cited(practice, cast["applicant"]).author == settings.SITE_NAME


def test_a_place_is_as_fine_as_its_precision_lets_it_be(db):
    exact = factories.practice(None, provinces=["33"], regencies=["33.01"], location_precision="kabupaten-kota")
    broad = factories.practice(None, provinces=["33"], regencies=["33.01"], location_precision="nasional")

    assert "Jawa Tengah" in cited(exact).places
    assert cited(broad).places == ()


def test_what_is_for_the_network_says_so_wherever_it_goes(db, settings):
    settings.IS_DEMO = False
    inside, outside = cited(factories.practice(None)), cited(factories.practice(None, visibility="publik"))

    assert inside.licence_url == ""
    assert inside.note in bibtexparser.loads(bibtex.entry(inside)).entries[0]["note"]
    assert (outside.notes, outside.licence) == ((), "CC BY-SA 4.0")


def test_every_export_of_a_demonstration_says_that_it_is_invented(db, settings):
    settings.IS_DEMO = True
    citation = cited(factories.practice(None, visibility="publik"))

    for written in (bibtex.entry(citation), ris.record(citation), csl.written(citation), table.row(citation)):
        assert citation.note in written


# --- one text


@pytest.mark.parametrize("ending", ["bib", "ris", "json", "csv"])
def test_a_text_is_cited_to_those_who_may_see_it(client, cast, shelf, ending):
    address = reverse(f"practice-{ending}", args=[shelf.slug])
    hidden = client.get(address)
    never_was = client.get(reverse(f"practice-{ending}", args=["tidak-pernah-ada"]))
    client.force_login(cast["member2"])
    seen = client.get(address)

    assert (hidden.status_code, never_was.status_code, seen.status_code) == (404, 404, 200)
    assert shelf.title in body_of(seen)
    assert seen["Content-Disposition"].startswith(f'attachment; filename="{shelf.slug}.{ending}"')
    assert address.endswith(f"/library/{shelf.slug}.{ending}")


def test_nothing_off_the_shelf_is_cited_not_even_to_its_author(client, cast, shelf):
    draft = factories.practice(cast["member"], live=False, state="draft")
    actions.withdraw_practice(shelf, by=cast["member"], reason="Persetujuan berakhir")
    client.force_login(cast["member"])

    assert [client.get(reverse("practice-bib", args=[one.slug])).status_code for one in (draft, shelf)] == [404, 404]


def test_no_citation_names_a_member(client, cast, open_shelf):
    written = "".join(
        body_of(client.get(reverse(f"practice-{ending}", args=[open_shelf.slug]))) for ending in ("bib", "ris", "json", "csv")
    )

    assert open_shelf.title in written
    assert cast["member"].name not in written


# --- a whole list


@pytest.mark.parametrize("ending", ["bib", "ris", "json", "csv"])
def test_a_list_is_written_with_its_filters_and_the_rights_of_its_reader(client, cast, shelf, open_shelf, ending):
    other = published(cast["member"], cast["reviewer"], title="Mediasi upah awak kapal", mandate=["bantuan-hukum"])
    run_pending()

    def exported(query=""):
        return body_of(client.get(f"{reverse('library')}?export={ending}{query}"))

    visitors = exported()
    client.force_login(cast["member2"])
    members, narrowed = exported(), exported("&mandate=bantuan-hukum")

    assert [title in visitors for title in (shelf.title, open_shelf.title, other.title)] == [False, True, False]
    assert [title in members for title in (shelf.title, open_shelf.title, other.title)] == [True, True, True]
    assert [title in narrowed for title in (shelf.title, open_shelf.title, other.title)] == [False, False, True]


def test_an_export_of_nothing_is_still_a_file(client, db):
    bodies = {ending: body_of(client.get(f"{reverse('library')}?export={ending}")) for ending in ("bib", "ris", "json", "csv")}

    assert bibtexparser.loads(bodies["bib"]).entries == rispy.loads(bodies["ris"]) == json.loads(bodies["json"]) == []
    assert list(csv.DictReader(StringIO(bodies["csv"]))) == []


def test_an_unknown_format_is_the_page(client, db):
    assert client.get(f"{reverse('library')}?export=exe")["Content-Type"].startswith("text/html")


def test_a_long_list_is_whole_in_each_format_and_ends_where_it_says(client, db, monkeypatch):
    now = timezone.now()
    Practice.objects.bulk_create(
        Practice(
            slug=f"p-{n}",
            title=f"Praktik {n}",
            visibility="publik",
            document_kind="pelajaran",
            live=True,
            state="published",
            changed_at=now,
        )
        for n in range(23)
    )
    indexing.rebuild()
    monkeypatch.setattr(exporting, "PIECE", 5)

    whole = json.loads(body_of(client.get(f"{reverse('library')}?export=json")))
    monkeypatch.setattr(exporting, "MOST_CITED", 10)
    cut = body_of(client.get(f"{reverse('library')}?export=bib"))
    page = client.get(reverse("library")).content.decode()

    assert {one["id"] for one in whole} == {f"p-{n}" for n in range(23)}
    assert len(whole) == 23
    assert len(bibtexparser.loads(cut).entries) == 10
    assert "10" in cut.splitlines()[0]
    assert "23" in cut.splitlines()[0]
    assert "library/?export=" not in page


def test_an_export_asks_the_database_once_for_each_piece_and_not_for_each_text(client, cast, shelf):
    client.force_login(cast["member2"])
    address = f"{reverse('library')}?export=json"
    body_of(client.get(address))
    with CaptureQueriesContext(connection) as one:
        body_of(client.get(address))
    for number in range(9):
        published(cast["member"], cast["reviewer"], title=f"Praktik nomor {number} tentang migrasi")
    run_pending()
    body_of(client.get(address))  # what search keeps in memory is read again once after a change

    with CaptureQueriesContext(connection) as ten:
        assert len(json.loads(body_of(client.get(address)))) == 10

    assert len(ten) == len(one)


def test_an_export_speaks_the_language_of_its_page(client, open_shelf):
    with translation.override("en"):
        english = reverse("library")

    assert "Safe-migration services" in body_of(client.get(f"{english}?export=csv"))
    assert "Layanan migrasi aman" in body_of(client.get("/library/?export=csv"))


# --- the page


def test_a_public_page_carries_tags_for_machines(client, open_shelf):
    page = client.get(open_shelf.get_absolute_url()).content.decode()

    assert f'<meta name="citation_title" content="{open_shelf.title}">' in page
    assert f'<meta name="DC.creator" content="{open_shelf.organisation.name}">' in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, flags=re.DOTALL)[1])
    assert (data["name"], data["author"]) == (open_shelf.title, {"@type": "Organization", "name": open_shelf.organisation.name})
    assert f'href="{reverse("practice-bib", args=[open_shelf.slug])}"' in page


def test_the_tags_name_nobody_who_hides_whoever_reads_the_page(client, cast, organisation):
    practice = factories.practice(None, organisation=organisation, organisation_hidden=True, visibility="publik", html={})
    client.force_login(cast["member2"])

    page = client.get(practice.get_absolute_url()).content.decode()

    head, body = page.split("</head>")
    assert organisation.name in body
    assert organisation.name not in head


def test_a_page_for_the_network_carries_no_tags_and_can_be_cited(client, cast, shelf):
    client.force_login(cast["member2"])

    page = client.get(shelf.get_absolute_url()).content.decode()

    assert "citation_title" not in page
    assert "application/ld+json" not in page
    assert f'href="{reverse("practice-ris", args=[shelf.slug])}"' in page
