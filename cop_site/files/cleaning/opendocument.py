"""OpenDocument texts: the same care as for Word."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from .bitmaps import without_notes
from .detecting import ODT
from .markup import Attributes, Deaf, split, tell
from .outcome import Cleaned, Heard, Refusal
from .packages import Package, write
from .relations import LINKS

TEXTS = ["styles.xml", "content.xml"]
REFUSED = [
    (re.compile(r"^(?:Basic|Scripts|Dialogs)/", re.IGNORECASE), "macros"),
    (re.compile(r"^Object|^ObjectReplacements/|^media/", re.IGNORECASE), "objects"),
]
PICTURES = re.compile(r"^Pictures/[^/]+$")
_OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"'
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = "META-INF/manifest.xml"
MANIFEST_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
EMPTIED = {
    "meta.xml": f"{_XML}<office:document-meta {_OFFICE}><office:meta/></office:document-meta>".encode(),
    "settings.xml": f"{_XML}<office:document-settings {_OFFICE}><office:settings/></office:document-settings>".encode(),
}
BLOCKS = {"p", "h", "line-break", "table-row"}


def clean(source: Path, target: Path, kind: str) -> Cleaned:
    """Write the text, its styles and its pictures anew, and nothing else."""
    package, heard = Package(source), Heard()
    for name in package.names:
        for pattern, code in REFUSED:
            if pattern.match(name):
                raise Refusal(code)
    if "content.xml" not in package.names:
        raise Refusal("damaged")
    if MANIFEST in package.names:
        tell(package.read(MANIFEST), Locks())
    write(target, _parts(package, heard), stored=("mimetype",))
    return Cleaned(kind, heard.text())


def _parts(package: Package, heard: Heard) -> Iterator[tuple[str, bytes]]:
    """The media type comes first, and unpacked: that is how such a file is known."""
    pictures = [name for name in package.names if PICTURES.match(name)]
    texts = [name for name in TEXTS if name in package.names]
    yield "mimetype", ODT
    yield MANIFEST, _manifest([*texts, *EMPTIED, *pictures])
    for name in texts:
        data = package.read(name)
        tell(data, Said(heard, set(pictures)))
        yield name, data
    yield from EMPTIED.items()
    for name in pictures:
        yield name, without_notes(package.read(name))


def _manifest(names: list[str]) -> bytes:
    kinds = {"xml": "text/xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}
    lines = [f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT.decode()}"/>']
    for name in names:
        kind = kinds.get(name.rpartition(".")[2].lower(), "")
        lines.append(f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>")
    head = f'<manifest:manifest xmlns:manifest="{MANIFEST_NAMESPACE}" manifest:version="1.3">'
    return f"{_XML}{head}{''.join(lines)}</manifest:manifest>".encode()


class Locks(Deaf):
    """Whether a part is locked with a password."""

    def start(self, tag: str, attributes: Attributes) -> None:
        if split(tag)[1] == "encryption-data":
            raise Refusal("encrypted")


class Said(Deaf):
    """The words of a text; refuses what runs, what is fetched, and what names somebody."""

    FORBIDDEN = {
        "tracked-changes": "changes",
        "annotation": "comments",
        "script": "macros",
        "event-listener": "macros",
        "event-listeners": "macros",
        "dde-source": "outside",
        "dde-connection": "outside",
        "database-display": "outside",
        "object": "objects",
        "object-ole": "objects",
        "plugin": "objects",
        "applet": "objects",
        "floating-frame": "outside",
        "section-source": "outside",
    }

    def __init__(self, heard: Heard, pictures: set[str]) -> None:
        self._heard, self._pictures = heard, pictures

    def start(self, tag: str, attributes: Attributes) -> None:
        name = split(tag)[1]
        if code := self.FORBIDDEN.get(name):
            raise Refusal(code)
        for key, value in attributes.items():
            if split(key)[1] == "href" and value:
                self._look_at_link(name, value)
        if name in {"tab", "s"}:
            self._heard.add(" ")

    def end(self, tag: str) -> None:
        name = split(tag)[1]
        self._heard.add("\n" if name in BLOCKS else "\t" if name == "table-cell" else "")

    def data(self, text: str) -> None:
        self._heard.add(text)

    def _look_at_link(self, element: str, target: str) -> None:
        """A reader may follow a link; a picture lies in the file."""
        if target.startswith("#") or target.removeprefix("./") in self._pictures:
            return
        try:
            scheme = urlsplit(target).scheme.lower()
        except ValueError:
            scheme = "?"
        if element != "a" or scheme not in LINKS:
            raise Refusal("outside")
        self._heard.add(f" {target} ")
