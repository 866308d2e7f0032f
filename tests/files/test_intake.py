"""What is taken in, what is left of it, and what is refused with which sentence."""

import io
import stat
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from PIL import Image
from pypdf import PdfReader, PdfWriter

from cop_site.core.bodies import LARGEST_FILE
from cop_site.files import keeping
from cop_site.files.intake import received, take_in
from cop_site.files.models import StoredFile
from cop_site.files.refusing import SENTENCES, Refused
from tests.files import fixtures as made

pytestmark = pytest.mark.django_db

GOOD = {
    "photo.jpg": made.jpg,
    "photo.jpeg": made.jpg,
    "skema.png": made.png,
    "skema.webp": made.webp,
    "ikon.gif": made.gif,
    "perdes.pdf": made.pdf,
    "foto.pdf": lambda: made.pdf(photo=True),
    "panduan.docx": made.docx,
    "rekap.xlsx": made.xlsx,
    "paparan.pptx": made.pptx,
    "catatan.odt": made.odt,
    "daftar.csv": lambda: b"\xef\xbb\xbfkegiatan;jumlah\r\npenyuluhan;-12\r\n",
    "catatan.txt": lambda: "Langkah pertama: dengar dulu — lalu catat.\n".encode(),
}


def take(name, data, **options):
    return take_in(made.upload(name, data), by=None, **options)


def bytes_of(file):
    return keeping.place_of(file.pk).read_bytes()


def whole_of(data):
    """Everything in a file, unpacked where it is packed."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.comment + b"".join(entry.filename.encode() + package.read(entry) for entry in package.infolist())


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept_clean_under_its_name(name):
    given = GOOD[name]()

    file = take(name, given)

    kept = bytes_of(file)
    assert file.name == name.replace(".jpeg", ".jpg")
    assert file.size == len(kept)
    assert stat.S_IMODE(keeping.place_of(file.pk).stat().st_mode) == 0o600
    assert made.MARK.encode() not in whole_of(kept)
    assert list((keeping.place_of(file.pk).parents[1] / keeping.INCOMING).iterdir()) == []


def test_most_good_files_had_marks_to_lose():
    """Otherwise the test above would show nothing."""
    marked = [name for name, make in GOOD.items() if made.MARK.encode() in whole_of(make())]

    assert marked == [name for name in GOOD if not name.endswith((".csv", ".txt"))]


TEXTS = {
    "perdes.pdf": "Peraturan desa tentang migrasi",
    "panduan.docx": "Panduan meja informasi desa",
    "rekap.xlsx": "Nomor 3374011455600001",
    "paparan.pptx": "Rujukan cepat",
    "catatan.odt": "Catatan lapangan",
    "daftar.csv": "penyuluhan;-12",
    "catatan.txt": "Langkah pertama: dengar dulu — lalu catat.",
    "photo.jpg": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_of_a_file_is_read(name):
    file = take(name, GOOD[name]())

    assert TEXTS[name] in file.text.splitlines() if TEXTS[name] else file.text == ""


# --- pictures


def test_a_photo_stands_as_its_maker_held_the_camera():
    file = take("photo.jpg", made.jpg(orientation=6))

    with Image.open(io.BytesIO(bytes_of(file))) as shown:
        assert shown.size == (file.width, file.height) == (40, 60)
        assert shown.getpixel((20, 5))[0] > 200
        assert shown.getpixel((20, 55))[2] > 200
        assert dict(shown.getexif()) == {}
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera_comes_out_the_same(orientation):
    upright = made.half_red()
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    held = upright if undo is None else upright.transpose(Image.Transpose(undo))

    file = take("photo.jpg", made.jpg(held, orientation=orientation))

    with Image.open(io.BytesIO(bytes_of(file))) as shown:
        assert shown.size == upright.size
        assert shown.getpixel((10, 20))[0] > 200


def test_a_large_photo_is_halved():
    file = take("photo.png", made.png(Image.new("L", (4000, 3200))))

    assert (file.width, file.height) == (2000, 1600)


def test_what_hangs_behind_a_picture_is_gone():
    tail = b"<script>alert(1)</script>PK\x03\x04" + made.docx()

    kept = [bytes_of(take(name, make(tail=tail))) for name, make in (("a.jpg", made.jpg), ("a.png", made.png), ("a.gif", made.gif))]

    assert [b"script" in data or b"PK\x03\x04" in data for data in kept] == [False] * 3


def test_a_picture_keeps_what_lets_the_ground_through():
    glass = Image.new("RGBA", (4, 4), (255, 0, 0, 0))

    with Image.open(io.BytesIO(bytes_of(take("a.png", made.png(glass))))) as shown:
        assert shown.getpixel((1, 1)) == (255, 0, 0, 0)


def test_the_name_takes_the_ending_of_what_the_file_is():
    assert take("surat.pdf", made.png()).name == "surat.png"
    assert take("foto.exe", made.jpg()).name == "foto.jpg"


# --- office files


def test_a_word_file_keeps_its_words_its_picture_and_its_link():
    with zipfile.ZipFile(io.BytesIO(bytes_of(take("a.docx", made.docx())))) as kept:
        names = set(kept.namelist())
        with Image.open(io.BytesIO(kept.read("word/media/image1.jpeg"))) as picture:
            assert picture.size == (60, 40)
        links = kept.read("word/_rels/document.xml.rels").decode()

    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/media/image1.jpeg",
        "word/settings.xml",
        "docProps/core.xml",
        "docProps/app.xml",
    }
    assert "https://desa.example/panduan" in links
    assert "customXml" not in links


def test_a_workbook_can_be_read_afterwards():
    def draw(book):
        book.active["D1"] = "=SUM(B2:B3)"
        book.active["D2"].hyperlink = "mailto:kantor@desa.example"

    file = take("a.xlsx", made.xlsx(draw))
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(file)))

    assert [[cell.value for cell in row] for row in book.active["A1:B2"]] == [["Kegiatan", "Jumlah"], ["Penyuluhan", 12]]
    assert book.active["D1"].value == "=SUM(B2:B3)"
    assert "mailto:kantor@desa.example" in file.text


def test_long_numbers_are_written_out_for_the_guard():
    def add(book):
        book.active["A9"] = 3.374011455600001e15

    assert "3374011455600001" in take("a.xlsx", made.xlsx(add)).text


def test_words_beside_the_cells_are_read_too():
    def add(book):
        book.active.title = "Daftar Melati"
        book.active.oddHeader.center.text = "Untuk kepala desa"

    text = take("a.xlsx", made.xlsx(add)).text

    assert "Daftar Melati" in text
    assert "Untuk kepala desa" in text


def test_an_opendocument_text_begins_with_its_media_type():
    kept = bytes_of(take("a.odt", made.odt()))

    assert kept[30:38] == b"mimetype"
    assert kept[38:77] == b"application/vnd.oasis.opendocument.text"


# --- PDF


def test_a_pdf_keeps_its_pages_and_its_links():
    file = take("a.pdf", made.pdf(change=made.with_link("https://desa.example/perdes")))
    kept = PdfReader(io.BytesIO(bytes_of(file)))

    assert file.pages == len(kept.pages) == 1
    assert "migrasi" in kept.pages[0].extract_text()
    assert kept.metadata is None or made.MARK not in str(kept.metadata)
    assert kept.pages[0]["/Annots"][0].get_object()["/A"]["/URI"] == "https://desa.example/perdes"
    assert "https://desa.example/perdes" in file.text


def test_an_empty_form_loses_its_fields_and_stays():
    kept = PdfReader(io.BytesIO(bytes_of(take("a.pdf", made.pdf(change=made.with_field(""))))))

    assert "/AcroForm" not in kept.trailer["/Root"]
    assert list(kept.pages[0]["/Annots"]) == []


@pytest.mark.parametrize("is_packed", [False, True], ids=["as it is", "packed once more"])
def test_a_photo_in_a_pdf_keeps_its_pixels_alone(is_packed):
    kept = bytes_of(take("a.pdf", made.pdf(photo=True, is_packed=is_packed)))

    photo = PdfReader(io.BytesIO(kept)).pages[0]["/Resources"]["/XObject"]["/Im1"]
    with Image.open(io.BytesIO(photo._data)) as shown:
        assert shown.size == (60, 40)
        assert dict(shown.getexif()) == {}
    assert made.MARK.encode() not in kept


def test_an_earlier_version_inside_a_pdf_does_not_come_along():
    first = made.pdf("Nama korban Melati")
    writer, changed = PdfWriter(io.BytesIO(first), incremental=True), io.BytesIO()
    writer.pages[0].get_contents()
    del writer.pages[0]["/Contents"]
    writer.write(changed)
    assert b"Melati" in changed.getvalue()

    kept = bytes_of(take("a.pdf", changed.getvalue()))

    assert b"Melati" not in kept


# --- refused


REFUSED = {
    "empty": ("kosong.pdf", lambda: b"", "empty"),
    "too large": ("besar.pdf", lambda: b"%PDF-1.7" + b"\0" * LARGEST_FILE, "too-large"),
    "drawing": ("gambar.png", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "web-page"),
    "broken": ("a.png", lambda: made.png()[:-40], "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_not_for_us_is_refused_with_its_sentence(what, file_root):
    name, make, code = REFUSED[what]

    with pytest.raises(Refused) as refusal:
        take(name, make())

    assert refusal.value.code == code
    assert refusal.value.messages == [SENTENCES[code]]
    assert StoredFile.objects.count() == 0
    assert [place for place in file_root.rglob("*") if place.is_file()] == []


def test_a_kind_that_is_not_wanted_here_is_refused_with_those_that_are():
    with translation.override("en"):
        with pytest.raises(Refused) as refusal:
            take("a.gif", made.gif(), accept=["pdf", "jpg"])
        said = refusal.value.messages

    assert said == ["Files of this kind are not taken here. These are: PDF, JPG."]


def test_without_a_file_the_sentence_says_so():
    with pytest.raises(Refused) as refusal, received(None):
        pass

    assert refusal.value.code == "missing"


def test_a_file_is_measured_whatever_its_sender_says_of_it():
    upload = SimpleUploadedFile("a.txt", b"a" * (LARGEST_FILE + 1))
    upload.size = 3

    with pytest.raises(Refused) as refusal:
        take_in(upload, by=None)

    assert refusal.value.code == "too-large"


def test_what_is_not_kept_is_gone(file_root):
    with received(made.upload("a.txt", b"isi")) as incoming:
        assert incoming.text == "isi"

    assert [place for place in file_root.rglob("*") if place.is_file()] == []
