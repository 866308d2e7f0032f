"""Word, Excel and PowerPoint files: nothing that runs, nothing hidden, nobody's name, nothing fetched from elsewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

from .bitmaps import without_notes
from .office_text import Counted, reader_for, text_of
from .outcome import Cleaned, Heard, Refusal
from .packages import Package, write
from .relations import TYPES, ContentTypes, content_types, relations

# What a part is (its content type and its path), and the sentence that refuses it.
REFUSED = [
    (re.compile(r"vba|macro", re.IGNORECASE), "macros"),
    (re.compile(r"activex|ctrlprop|controlproperties|oleobject|/embeddings/|\.package\b", re.IGNORECASE), "objects"),
    (re.compile(r"externallink|/connections|querytable|\bmailmerge", re.IGNORECASE), "outside"),
    (re.compile(r"/revisions/|revisionlog|revisionheaders", re.IGNORECASE), "changes"),
    (re.compile(r"pivotcache", re.IGNORECASE), "pivot"),
    (re.compile(r" (?:audio|video)/|/media/[^ ]*\.(?:mp3|mp4|m4a|wav|wmv|wma|mov|avi|mpe?g)$", re.IGNORECASE), "media"),
]
# What says who wrote it, with what and for whom; no reader misses it.
DROPPED = re.compile(
    r"^(?:docProps/(?!core\.xml$|app\.xml$)|customXml/|_xmlsignatures/|docMetadata/|userCustomization/|customUI/"
    r"|.*/(?:printerSettings|persons|changesInfos|customUI)/|.*/(?:people|commentAuthors|comments[^/]*|revisionInfo|threadedComments?[^/]*)\.xml$"
    r"|.*/(?:comments|threadedComments)/)",
    re.IGNORECASE,
)
COMMENTS = re.compile(r"(?:^|/)(?:comments?|threadedComments?)(?:/[^/]*|\d*)\.xml$|/modernComment[^/]*\.xml$", re.IGNORECASE)
PICTURES = {"jpg", "jpeg", "jfif", "png", "gif", "webp", "emf", "wmf", "svg", "tif", "tiff", "bmp", "wdp", "emz", "wmz"}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
EMPTIED = {
    "docprops/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"/>'.encode(),
    "docprops/app.xml": f'{_XML}<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties"/>'.encode(),
}
# Traces inside parts that stay: where the file lay on somebody's disk, who had it open, the printer they used.
TRACES = [
    (re.compile(rb"<x15ac:absPath\b[^>]*?(?:/>|>.*?</x15ac:absPath>)", re.DOTALL), b""),
    (re.compile(rb"<fileSharing\b[^>]*/>"), b""),
    (re.compile(rb'(<pageSetup\b[^>]*?)\s+r:id="[^"]*"'), rb"\1"),
    (re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL), b""),
]


def clean(source: Path, target: Path, kind: str) -> Cleaned:
    """Write the package anew, part by part, and hear its text."""
    package, heard = Package(source), Heard()
    if TYPES not in package.names:
        raise Refusal("damaged")
    types = content_types(package.read(TYPES))
    for name in package.names:
        _refuse_kind(name, types.of(name))
        if COMMENTS.search(name) or "comments" in types.of(name).lower():
            _refuse_comments(package.read(name))
    kept = [name for name in package.names if name != TYPES and not _is_dropped(name)]
    parts = Parts(package, types, kept, kind, heard)
    write(target, parts.clean())
    return Cleaned(kind, heard.text(), pages=parts.pages)


def _refuse_kind(name: str, content_type: str) -> None:
    told = f"/{name} {content_type} /{name}"
    for pattern, code in REFUSED:
        if pattern.search(told):
            raise Refusal(code)


def _refuse_comments(data: bytes) -> None:
    counted = Counted({"comment", "cm", "threadedComment"})
    reader_for(data, counted)
    if counted.number:
        raise Refusal("comments")


def _is_dropped(name: str) -> bool:
    """A part that is nobody's business, or the relations of one."""
    of = re.sub(r"(^|/)_rels/([^/]*)\.rels$", r"\1\2", name)
    return bool(DROPPED.match(name) or (of != name and of and DROPPED.match(of)))


class Parts:
    """The parts that stay, one after the other, each clean."""

    def __init__(self, package: Package, types: ContentTypes, kept: list[str], kind: str, heard: Heard) -> None:
        self._package, self._types, self._kept, self._kind, self._heard = package, types, kept, kind, heard
        self.pages: int | None = sum(bool(re.match(r"ppt/slides/[^/]*\.xml$", name)) for name in kept) if kind == "pptx" else None

    def clean(self) -> Iterator[tuple[str, bytes]]:
        yield TYPES, self._types.written_for(set(self._kept))
        dropped = {name.lower() for name in self._package.names} - {name.lower() for name in self._kept}
        for name in self._kept:
            data = self._package.read(name)
            if name.endswith(".rels"):
                found = relations(name, data, lambda path: path.lower() not in dropped)
                for link in found.links:
                    self._heard.add(f"\n{link}\n")
                yield name, found.written()
            elif name.lower() in EMPTIED:
                yield name, EMPTIED[name.lower()]
            elif self._is_markup(name):
                yield name, self._without_traces(data)
            elif self._is_picture(name):
                yield name, without_notes(data)
            else:
                raise Refusal("part")
        text_of(self._package, self._kept, self._kind, self._heard)

    def _is_markup(self, name: str) -> bool:
        return name.lower().endswith((".xml", ".vml")) or self._types.of(name).endswith("+xml")

    def _is_picture(self, name: str) -> bool:
        return self._types.of(name).startswith("image/") or name.rpartition(".")[2].lower() in PICTURES

    def _without_traces(self, data: bytes) -> bytes:
        for pattern, instead in TRACES:
            data = pattern.sub(instead, data)
        return data
