"""The demo's own small files: what a document says, as a Word document and as a PDF."""

import zipfile
from io import BytesIO

from cop_site.demo.papers import LINES, paper

WORDS = "## Bab I\n\n### Pasal 1\n\nDesa **wajib** memberi keterangan (tanpa biaya) & menyimpan rahasia.\n\n> Catatan"


def test_a_word_document_holds_the_words_without_their_marks():
    made = paper("docx", "Peraturan desa", WORDS)

    document = zipfile.ZipFile(BytesIO(made)).read("word/document.xml").decode()
    assert "Peraturan desa" in document
    assert "Desa wajib memberi keterangan (tanpa biaya) &amp; menyimpan rahasia." in document
    assert "#" not in document
    assert "&gt;" not in document


def test_a_pdf_goes_on_over_as_many_pages_as_it_needs():
    made = paper("pdf", "Daftar", "\n".join(f"{number}. baris" for number in range(LINES)))

    assert made.startswith(b"%PDF-1.4")
    assert made.count(b"/Type /Page ") == 2
    assert rb"(0. baris) Tj" in made


def test_a_bracket_in_a_pdf_is_a_bracket():
    made = paper("pdf", "Daftar", WORDS)

    assert rb"keterangan \(tanpa biaya\) & menyimpan" in made


def test_the_same_text_makes_the_same_bytes():
    assert paper("docx", "Daftar", WORDS) == paper("docx", "Daftar", WORDS)
