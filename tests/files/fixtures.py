"""Files for tests, made in code: good ones with a mark in every corner that must be clean afterwards, and hostile ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

MARK = "LEAKMARK"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument"


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# --- pictures


def exif(orientation: int = 6) -> Image.Exif:
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x9286] = orientation, MARK, f"ASCII\0\0\0{MARK}".encode()
    told[0x8825] = {1: "S", 2: (7.0, 48.0, 11.0), 3: "E", 4: (110.0, 21.0, 54.0), 29: MARK}
    return told


def half_red(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Red on the left, blue on the right: shows which way up it is."""
    picture = Image.new("RGB", size, "blue")
    picture.paste((255, 0, 0), (0, 0, size[0] // 2, size[1]))
    return picture


def jpg(picture: Image.Image | None = None, *, tail: bytes = b"", orientation: int = 6) -> bytes:
    file = io.BytesIO()
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf>{MARK}</rdf></x:xmpmeta>'.encode()
    (picture or half_red()).save(
        file, "JPEG", quality=90, exif=exif(orientation), comment=MARK.encode(), xmp=xmp, icc_profile=MARK.encode() * 20
    )
    return file.getvalue() + tail


def png(picture: Image.Image | None = None, *, tail: bytes = b"") -> bytes:
    file, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", f"<GPSLatitude>-7.80 {MARK}</GPSLatitude>")
    told.add_text("Author", MARK, zip=True)
    told.add(b"prVt", MARK.encode())
    (picture or half_red()).save(file, "PNG", pnginfo=told, exif=exif(1), icc_profile=MARK.encode() * 20, dpi=(301, 301))
    return file.getvalue() + tail


def webp() -> bytes:
    file = io.BytesIO()
    half_red().save(file, "WEBP", exif=exif(1).tobytes(), xmp=MARK.encode(), icc_profile=MARK.encode() * 20)
    return file.getvalue()


def gif(*, tail: bytes = b"") -> bytes:
    file = io.BytesIO()
    half_red().convert("P").save(file, "GIF", comment=MARK.encode())
    return file.getvalue() + tail


def moving(form: str) -> bytes:
    file = io.BytesIO()
    first, *others = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    first.save(file, form, save_all=True, append_images=others, duration=100)
    return file.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A head that promises pixels, and nothing behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


# --- office files


def zipped(parts: dict[str, str | bytes], *, before: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = MARK.encode()
        for name, data in parts.items():
            package.writestr(name, data)
    return before + file.getvalue()


def relations(*lines: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'


def relation(number: int, kind: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"{outside}/>'


def docx_parts(words: str = "Panduan meja informasi desa", *, body: str = "") -> dict[str, str | bytes]:
    core = f'<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{MARK}</dc:creator></cp:coreProperties>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.wordprocessingml.document.main+xml"/>'
        f'<Override PartName="/docProps/custom.xml" ContentType="{OFFICE}.custom-properties+xml"/></Types>',
        "_rels/.rels": relations(
            relation(1, "officeDocument", "word/document.xml"),
            relation(2, "metadata/core-properties", "docProps/core.xml"),
            relation(3, "custom-properties", "docProps/custom.xml"),
        ),
        "word/_rels/document.xml.rels": relations(
            relation(1, "image", "media/image1.jpeg"),
            relation(2, "customXml", "../customXml/item1.xml"),
            relation(3, "hyperlink", "https://desa.example/panduan", "External"),
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{words[:5]}</w:t></w:r><w:r><w:t>{words[5:]}</w:t></w:r></w:p>'
        f"{body}</w:body></w:document>",
        "word/media/image1.jpeg": jpg(),
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:rsids><w:rsidRoot w:val="00{MARK}"/></w:rsids></w:settings>',
        "customXml/item1.xml": f"<a>{MARK}</a>",
        "docProps/core.xml": core,
        "docProps/custom.xml": f"<Properties>{MARK}</Properties>",
        "docProps/app.xml": f"<Properties><Company>{MARK}</Company></Properties>",
        "docProps/thumbnail.jpeg": jpg(),
    }


def docx(words: str = "Panduan meja informasi desa", *, body: str = "", **parts: str | bytes) -> bytes:
    """``parts`` by their names, with ``__`` for a slash."""
    return zipped(docx_parts(words, body=body) | parts)


def docx_with(parts: dict[str, str | bytes], *, body: str = "") -> bytes:
    return zipped(docx_parts(body=body) | parts)


def xlsx(change: Callable[[Any], None] | None = None) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = MARK
    sheet = book.active
    sheet.append(["Kegiatan", "Jumlah"])
    sheet.append(["Penyuluhan", 12])
    sheet.append(["Nomor", 3374011455600001])
    if change:
        change(book)
    book.save(file)
    return file.getvalue()


def pptx(*, show: str = "") -> bytes:
    p, a = "http://schemas.openxmlformats.org/presentationml/2006/main", "http://schemas.openxmlformats.org/drawingml/2006/main"
    hidden = f' show="{show}"' if show else ""
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/ppt/presentation.xml" ContentType="{OFFICE}.presentationml.presentation.main+xml"/>'
            f'<Override PartName="/ppt/slides/slide1.xml" ContentType="{OFFICE}.presentationml.slide+xml"/></Types>',
            "_rels/.rels": relations(relation(1, "officeDocument", "ppt/presentation.xml")),
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{p}"/>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{p}" xmlns:a="{a}"{hidden}><a:p><a:r><a:t>Rujukan cepat</a:t></a:r></a:p></p:sld>',
        }
    )


def odt(body: str = "<text:p>Catatan lapangan</text:p>", **parts: str | bytes) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "draw", "meta", "script")
    )
    content = f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": f"<office:document-meta {names}><meta:initial-creator>{MARK}</meta:initial-creator></office:document-meta>",
            "settings.xml": f"<office:document-settings {names}>{MARK}</office:document-settings>",
            "Thumbnails/thumbnail.png": png(),
            "Pictures/a.png": png(),
        }
        | parts
    )


# --- PDF


def pdf(
    words: str = "Peraturan desa tentang migrasi",
    change: Callable[[PdfWriter], None] | None = None,
    *,
    photo: bool = False,
    is_packed: bool = False,
) -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(300, 200)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    if photo:
        resources[NameObject("/XObject")] = DictionaryObject({NameObject("/Im1"): writer._add_object(_photo(is_packed))})
    page[NameObject("/Resources")] = resources
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    writer.add_metadata({"/Author": MARK, "/Title": MARK})
    xmp = DecodedStreamObject()
    xmp.set_data(MARK.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    if change:
        change(writer)
    writer.write(file)
    return file.getvalue()


def _photo(is_packed: bool) -> DecodedStreamObject:
    """A photo as its camera wrote it; some programs pack it once more."""
    photo = DecodedStreamObject()
    photo._data = zlib.compress(jpg()) if is_packed else jpg()
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode", "/ColorSpace": "/DeviceRGB"}
    photo.update({NameObject(name): NameObject(value) for name, value in names.items()})
    numbers = {"/Width": 60, "/Height": 40, "/BitsPerComponent": 8}
    photo.update({NameObject(name): NumberObject(value) for name, value in numbers.items()})
    if is_packed:
        photo[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/DCTDecode")])
    return photo


def action(kind: str, **more: str) -> DictionaryObject:
    made = DictionaryObject({NameObject("/S"): NameObject(kind)})
    made.update({NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()})
    return made


def annotation(kind: str, **more: str) -> Callable[[PdfWriter], None]:
    def add(writer: PdfWriter) -> None:
        note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject(kind)})
        note[NameObject("/Rect")] = ArrayObject([NumberObject(at) for at in (10, 10, 50, 50)])
        note.update({NameObject(f"/{name}"): TextStringObject(value) for name, value in more.items()})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])

    return add


def with_link(target: str) -> Callable[[PdfWriter], None]:
    def add(writer: PdfWriter) -> None:
        annotation("/Link")(writer)
        writer.pages[0]["/Annots"][0].get_object()[NameObject("/A")] = action("/URI", URI=target)

    return add


def with_field(value: str) -> Callable[[PdfWriter], None]:
    def add(writer: PdfWriter) -> None:
        annotation("/Widget", T="nama", V=value)(writer)
        field = writer.pages[0]["/Annots"][0]
        field.get_object()[NameObject("/FT")] = NameObject("/Tx")
        writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): ArrayObject([field])})

    return add


def with_opening(kind: str, **more: str) -> Callable[[PdfWriter], None]:
    def add(writer: PdfWriter) -> None:
        writer.root_object[NameObject("/OpenAction")] = action(kind, **more)

    return add
