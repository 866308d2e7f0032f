"""Which kind of file it is: by its content; the name only tells a table from a text."""

import re
import zipfile
import zlib
from pathlib import Path

from .outcome import Refusal

PICTURES = {"jpg", "png", "webp", "gif"}
OFFICE = {"docx", "xlsx", "pptx"}
TEXTS = {"txt", "csv"}
ODT = b"application/vnd.oasis.opendocument.text"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
MARKUP = re.compile(rb"<\s*(?:!doctype|html|svg|script|head|body|iframe|math|\?xml|!--)", re.IGNORECASE)
MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": "pptx",
}


def kind_of(source: Path, extension: str) -> str:
    """``jpg``, ``docx`` …, or a refusal that says what it is instead."""
    with source.open("rb") as file:
        head = file.read(4096)
    if picture := _picture(head):
        return picture
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _package(source)
    if head.startswith(OLD_OFFICE):
        raise Refusal("old-office")
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        raise Refusal("heic")
    if MARKUP.search(head.replace(b"\0", b"")):
        raise Refusal("web-page")
    if extension in TEXTS and b"\0" not in head:
        return extension
    raise Refusal("unknown-kind")


def _picture(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else ""


def _package(source: Path) -> str:
    """What lies in a ZIP: one of the office kinds, or something that is not for us."""
    try:
        with zipfile.ZipFile(source) as package:
            if any(entry.flag_bits & 1 for entry in package.infolist()):
                raise Refusal("encrypted")
            return _office(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        raise Refusal("damaged") from None


def _office(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if "mimetype" in names:
        with package.open("mimetype") as file:
            if file.read(200).strip() == ODT:
                return "odt"
    if "[Content_Types].xml" not in names:
        raise Refusal("archive")
    with package.open("[Content_Types].xml") as file:
        told = file.read(1_000_000).decode("utf-8", "replace")
    if "macroEnabled" in told or "vbaProject" in told:
        raise Refusal("macros")
    for name, kind in MAIN_PARTS.items():
        if f'"{name}"' in told or f"'{name}'" in told:
            return kind
    raise Refusal("unknown-kind")
