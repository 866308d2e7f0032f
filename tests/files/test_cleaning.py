"""What the cleaning refuses, by its code; without a process of its own, since there are many."""

import io
import time

import openpyxl
import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from cop_site.files.cleaning import work
from cop_site.files.cleaning.outcome import Refusal
from cop_site.files.names import ending_of
from cop_site.files.refusing import SENTENCES
from tests.files import fixtures as made

W = made.W


def named_script(writer):
    names = ArrayObject([TextStringObject("a"), made.action("/JavaScript", JS="app.alert(1)")])
    tree = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): names})})
    writer.root_object[NameObject("/Names")] = tree


def locked_pdf() -> bytes:
    file, writer = io.BytesIO(), PdfWriter(io.BytesIO(made.pdf()))
    writer.encrypt("", "rahasia")
    writer.write(file)
    return file.getvalue()


def many_pages() -> bytes:
    file, writer = io.BytesIO(), PdfWriter()
    for _page in range(301):
        writer.add_blank_page(10, 10)
    writer.write(file)
    return file.getvalue()


def hide(book):
    book.create_sheet("Rahasia").sheet_state = "veryHidden"


def comment(book):
    book.active["A1"].comment = openpyxl.comments.Comment("Catatan", made.MARK)


def fetch(book):
    book.active["A1"] = '=WEBSERVICE("https://lain.example/x")'


def with_bomb() -> bytes:
    return made.docx_with({"word/media/image2.jpeg": b"\0" * 30_000_000})


def with_many() -> bytes:
    return made.docx_with({f"word/part{number}.xml": "<a/>" for number in range(3001)})


def with_dtd() -> str:
    return f'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="{W}">&b;</w:document>'


def nested() -> bytes:
    return made.zipped({"a.docx": made.docx(), "b.txt": "isi"})


def macro_types() -> bytes:
    parts = made.docx_parts()
    types = parts["[Content_Types].xml"].replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "vnd.ms-word.document.macroEnabled.main+xml"
    )
    return made.zipped(parts | {"[Content_Types].xml": types})


def renamed_comments() -> bytes:
    parts = made.docx_parts()
    kind = f'<Override PartName="/word/lain.xml" ContentType="{made.OFFICE}.wordprocessingml.comments+xml"/></Types>'
    types = parts["[Content_Types].xml"].replace("</Types>", kind)
    return made.zipped(parts | {"[Content_Types].xml": types, "word/lain.xml": f'<w:comments xmlns:w="{W}"><w:comment/></w:comments>'})


def rel(kind, target, mode="External"):
    return {"word/_rels/settings.xml.rels": made.relations(made.relation(1, kind, target, mode))}


REFUSED = {
    "svg": ("gambar.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "web-page"),
    "svg called png": ("gambar.png", lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>', "web-page"),
    "html called png": ("gambar.png", lambda: b"<!doctype html><title>x</title><script>alert(1)</script>", "web-page"),
    "html called txt": ("catatan.txt", lambda: b"catatan\n" * 900 + b"<SCRIPT>alert(1)</SCRIPT>", "web-page"),
    "utf-16 html called txt": ("catatan.txt", lambda: "<html><script>alert(1)</script>".encode("utf-16"), "web-page"),
    "script": ("jalan.js", lambda: b"alert(1)", "unknown-kind"),
    "program": ("jalan.exe", lambda: b"MZ" + b"\0" * 100, "unknown-kind"),
    "program called txt": ("jalan.txt", lambda: b"MZ" + b"\0" * 100, "unknown-kind"),
    "gif that is a script": ("a.gif", lambda: b"GIF89a=1;alert(document.domain)/*" + b"a" * 100, "damaged"),
    "heic": ("a.heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "heic"),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-office"),
    "41 million pixels": ("a.png", lambda: made.png_that_says(6410, 6400), "too-many-pixels"),
    "promises of pixels": ("a.png", lambda: made.png_that_says(100_000, 100_000), "too-many-pixels"),
    "cut png": ("a.png", lambda: made.png()[:-40], "damaged"),
    "cut jpg": ("a.jpg", lambda: made.jpg(made.half_red((400, 300)))[:-900], "damaged"),
    "head of a png": ("a.png", lambda: b"\x89PNG\r\n\x1a\n", "damaged"),
    "moving gif": ("a.gif", lambda: made.moving("GIF"), "moving"),
    "moving png": ("a.png", lambda: made.moving("PNG"), "moving"),
    "moving webp": ("a.webp", lambda: made.moving("WEBP"), "moving"),
    "zip": ("a.zip", nested, "archive"),
    "zip called docx": ("a.docx", nested, "archive"),
    "cut docx": ("a.docx", lambda: made.docx()[:-200], "damaged"),
    "docm": ("a.docm", lambda: made.docx_with({"word/vbaProject.bin": b"Attribut"}), "macros"),
    "macros by type": ("a.docx", macro_types, "macros"),
    "template from outside": ("a.docx", lambda: made.docx_with(rel("attachedTemplate", "https://lain.example/a.dotm")), "outside"),
    "template on a disk": ("a.docx", lambda: made.docx_with(rel("attachedTemplate", "file:///C:/Users/sari/a.dotx")), "outside"),
    "picture from outside": ("a.docx", lambda: made.docx_with(rel("image", "https://lain.example/pixel.png")), "outside"),
    "script as a link": ("a.docx", lambda: made.docx_with(rel("hyperlink", "javascript:alert(1)")), "outside"),
    "field that fetches": (
        "a.docx",
        lambda: made.docx(body="<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\a</w:instrText></w:r></w:p>"),
        "outside",
    ),
    "object": ("a.docx", lambda: made.docx_with({"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), "objects"),
    "activex": ("a.docx", lambda: made.docx_with({"word/activeX/activeX1.xml": "<a/>"}), "objects"),
    "tracked changes": ("a.docx", lambda: made.docx(body='<w:p><w:ins w:author="Sari"><w:r/></w:ins></w:p>'), "changes"),
    "comments": (
        "a.docx",
        lambda: made.docx_with({"word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="Sari"/></w:comments>'}),
        "comments",
    ),
    "drawing that cannot be cleaned": ("a.docx", lambda: made.docx_with({"word/media/image9.emf": b"\x01\0\0\0" * 20}), "embedded-picture"),
    "page to be put in": ("a.docx", lambda: made.docx_with(rel("aFChunk", "bagian.xml", "Internal")), "objects"),
    "comments by another name": ("a.docx", lambda: renamed_comments(), "comments"),
    "font": ("a.docx", lambda: made.docx_with({"word/fonts/font1.odttf": b"\0\1\0\0"}), "part"),
    "film": ("a.docx", lambda: made.docx_with({"word/media/film.mp4": b"\0\0\0\x18ftypmp42"}), "media"),
    "entities": ("a.docx", lambda: made.docx_with({"word/document.xml": with_dtd()}), "damaged"),
    "way out of the folder": ("a.docx", lambda: made.docx_with({"../../evil.xml": "<a/>"}), "damaged"),
    "zip bomb": ("a.docx", with_bomb, "bomb"),
    "many parts": ("a.docx", with_many, "bomb"),
    "hidden sheet": ("a.xlsx", lambda: made.xlsx(hide), "hidden"),
    "comment in a table": ("a.xlsx", lambda: made.xlsx(comment), "comments"),
    "formula that fetches": ("a.xlsx", lambda: made.xlsx(fetch), "outside"),
    "hidden slide": ("a.pptx", lambda: made.pptx(show="0"), "hidden"),
    "odt with macros": ("a.odt", lambda: made.odt(**{"Basic/script-lc.xml": "<a/>"}), "macros"),
    "odt with comments": ("a.odt", lambda: made.odt("<office:annotation/>"), "comments"),
    "odt with changes": ("a.odt", lambda: made.odt("<text:tracked-changes/>"), "changes"),
    "odt that fetches": ("a.odt", lambda: made.odt('<draw:image xlink:href="https://lain.example/a.png"/>'), "outside"),
    "locked pdf": ("a.pdf", locked_pdf, "encrypted"),
    "cut pdf": ("a.pdf", lambda: made.pdf()[:200], "damaged"),
    "head of a pdf": ("a.pdf", lambda: b"%PDF-1.7\n", "damaged"),
    "script in a pdf": ("a.pdf", lambda: made.pdf(change=named_script), "script"),
    "script at opening": ("a.pdf", lambda: made.pdf(change=made.with_opening("/JavaScript", JS="app.alert(1)")), "script"),
    "pdf that starts": ("a.pdf", lambda: made.pdf(change=made.with_opening("/Launch", F="calc.exe")), "script"),
    "file in a pdf": ("a.pdf", lambda: made.pdf(change=lambda writer: writer.add_attachment("a.txt", b"isi")), "attachments"),
    "note in a pdf": ("a.pdf", lambda: made.pdf(change=made.annotation("/Text", T="Sari", Contents="Cek lagi")), "comments"),
    "filled form": ("a.pdf", lambda: made.pdf(change=made.with_field("Melati")), "form"),
    "link to a program": ("a.pdf", lambda: made.pdf(change=made.with_link("javascript:alert(1)")), "outside"),
    "301 pages": ("a.pdf", many_pages, "too-many-pages"),
    "formula in a csv": ("a.csv", lambda: b"a,b\n1,=cmd|' /C calc'!A0\n", "formula"),
    "other letters": ("a.txt", lambda: "r\xe9sum\xe9".encode("latin-1"), "not-utf8"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_not_for_us_is_refused_by_its_code(what, tmp_path):
    name, make, code = REFUSED[what]
    source = tmp_path / "given"
    source.write_bytes(make())
    began = time.process_time()

    with pytest.raises(Refusal) as refusal:
        work.clean(source, tmp_path / "clean", ending_of(name))

    assert refusal.value.code == code
    assert refusal.value.code in SENTENCES
    assert time.process_time() - began < 5
