"""What must not be in a PDF, and what is taken out of one."""

import struct
import zlib
from typing import Any
from urllib.parse import urlsplit

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from .bitmaps import jpeg
from .outcome import Heard, Refusal
from .relations import LINKS

ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "script",
    "/ImportData": "script",
    "/SubmitForm": "script",
    "/RichMediaExecute": "script",
    "/GoToR": "outside",
    "/GoToE": "attachments",
    "/Rendition": "media",
    "/Movie": "media",
    "/Sound": "media",
}
ANNOTATIONS = {
    "/FileAttachment": "attachments",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMedia": "media",
    "/3D": "media",
    "/Text": "comments",
    "/Caret": "comments",
}
MARKED = {"/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Stamp"}
NOT_DRAWN = {"/Widget", "/Popup"}
# Properties, notes of programs, old thumbnails, what happens by itself: on whatever object they stand.
TAKEN_OUT = ["/Metadata", "/PieceInfo", "/LastModified", "/AA", "/Thumb", "/AF"]
OF_THE_ROOT = ["/AcroForm", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/Requirements", "/Threads", "/OpenAction", "/DSS"]
OF_ANNOTATIONS = ["/T", "/M", "/CreationDate", "/NM", "/Subj", "/RC"]
MOST_OF_A_PHOTO = 40 * 1024 * 1024
BOXES_OF_NOTES = {b"xml ", b"uuid", b"uinf"}


def refuse(found: DictionaryObject, heard: Heard) -> None:
    """Refuse what runs, hides, comments or was filled in; hear what is said outside the pages."""
    action = found.get("/S")
    if "/JS" in found or "/XFA" in found:
        raise Refusal("script" if "/JS" in found else "form")
    if action in ACTIONS and (found.get("/Type") in {None, "/Action"}):
        raise Refusal(ACTIONS[action])
    if "/EF" in found or found.get("/Type") == "/EmbeddedFile" or "/Collection" in found:
        raise Refusal("attachments")
    if "/Rect" in found:
        _refuse_annotation(found, heard)
    if "/FT" in found:
        _refuse_filled(found)
    if action == "/URI":
        _look_at_link(_text(found.get("/URI")), heard)
    for name in ("/Title", "/Alt", "/ActualText", "/E"):
        if words := _text(found.get(name)):
            heard.add(f"{words}\n")


def _refuse_annotation(found: DictionaryObject, heard: Heard) -> None:
    kind = found.get("/Subtype")
    if kind in ANNOTATIONS:
        raise Refusal(ANNOTATIONS[kind])
    words = _text(found.get("/Contents"))
    if kind in MARKED and words.strip():
        raise Refusal("comments")
    if words:
        heard.add(f"{words}\n")


def _refuse_filled(field: DictionaryObject) -> None:
    value = field.get("/V")
    value = value.get_object() if value is not None else None
    if value is not None and str(value).strip() not in {"", "/Off", "[]"}:
        raise Refusal("form")


def _look_at_link(target: str, heard: Heard) -> None:
    try:
        scheme = urlsplit(target.strip()).scheme.lower()
    except ValueError:
        scheme = "?"
    if scheme and scheme not in LINKS:
        raise Refusal("outside")
    heard.add(f"{target}\n")


def _text(value: Any) -> str:
    value = value.get_object() if value is not None else ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, str) and not isinstance(value, NameObject) else ""


def cleanse(found: DictionaryObject) -> None:
    """Take out of one object what no reader sees."""
    for name in TAKEN_OUT:
        found.pop(name, None)
    if found.get("/Type") == "/Catalog":
        _cleanse_root(found)
    if "/Rect" in found and "/Subtype" in found:
        for name in OF_ANNOTATIONS:
            found.pop(name, None)
    if "/Annots" in found:
        _without_fields(found)
    if isinstance(found, StreamObject):
        _cleanse_stream(found)


def _cleanse_root(root: DictionaryObject) -> None:
    for name in OF_THE_ROOT:
        root.pop(name, None)
    names = root.get("/Names")
    names = names.get_object() if names is not None else None
    if isinstance(names, DictionaryObject):
        for name in set(names) - {"/Dests"}:
            names.pop(name)


def _without_fields(page: DictionaryObject) -> None:
    """Empty fields of forms and the frames of notes are no part of what is printed."""
    notes = page["/Annots"].get_object()
    if isinstance(notes, ArrayObject):
        shown = [note for note in notes if _kind_of(note) not in NOT_DRAWN]
        page[NameObject("/Annots")] = ArrayObject(shown)


def _kind_of(note: Any) -> Any:
    note = note.get_object()
    return note.get("/Subtype") if isinstance(note, DictionaryObject) else None


def _cleanse_stream(stream: StreamObject) -> None:
    """Photographs lie in a PDF as the camera wrote them, at times packed once more; whatever their object calls itself."""
    filters = stream.get("/Filter")
    filters = filters.get_object() if filters is not None else None
    names = list(filters) if isinstance(filters, ArrayObject) else [filters]
    if "/DCTDecode" in names and len(names) > 1:
        _unpack_photo(stream, names)
    try:
        if stream._data.startswith(b"\xff\xd8\xff"):
            stream._data = jpeg(stream._data)
        elif stream._data[4:8] == b"jP  ":
            stream._data = _jpeg_2000(stream._data)
        elif "/DCTDecode" in names:
            raise Refusal("damaged")
    except (IndexError, struct.error):
        raise Refusal("damaged") from None


def _unpack_photo(stream: StreamObject, names: list[Any]) -> None:
    if names != ["/FlateDecode", "/DCTDecode"]:
        raise Refusal("embedded-picture")
    unpacking = zlib.decompressobj()
    stream._data = unpacking.decompress(stream._data, MOST_OF_A_PHOTO)
    if unpacking.unconsumed_tail:
        raise Refusal("bomb")
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream.pop("/DecodeParms", None)


def _jpeg_2000(data: bytes) -> bytes:
    """A JPEG 2000 file is a row of boxes; those with notes are left out."""
    kept, at = [], 0
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = len(data) if length < 8 else at + length
        if name not in BOXES_OF_NOTES:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)
