"""How the parts of an office package hang together: their content types, and where each points."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from .markup import Attributes, Deaf, split, tell
from .outcome import Refusal

TYPES = "[Content_Types].xml"
_TYPES_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LINKS = {"http", "https", "mailto"}
# What another part may be to this one, whatever its name and type say.
REFUSED = {
    "vbaProject": "macros",
    "oleObject": "objects",
    "package": "objects",
    "control": "objects",
    "activeXControlBinary": "objects",
    "aFChunk": "objects",
    "subDocument": "outside",
    "attachedTemplate": "outside",
    "externalLink": "outside",
    "externalLinkPath": "outside",
    "mailMergeSource": "outside",
    "video": "media",
    "audio": "media",
    "media": "media",
}


@dataclass
class ContentTypes(Deaf):
    """What each part says it is."""

    by_extension: dict[str, str] = field(default_factory=dict)
    by_part: dict[str, str] = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        name = split(tag)[1]
        if name == "Default":
            self.by_extension[attributes.get("Extension", "").lower()] = attributes.get("ContentType", "")
        elif name == "Override":
            self.by_part[attributes.get("PartName", "").lstrip("/").lower()] = attributes.get("ContentType", "")

    def of(self, part: str) -> str:
        return self.by_part.get(part.lower()) or self.by_extension.get(part.rpartition(".")[2].lower(), "")

    def written_for(self, parts: set[str]) -> bytes:
        """The same for the parts that are left."""
        left = {part.lower(): part for part in parts}
        used = {part.rpartition(".")[2].lower() for part in parts} | {"rels", "xml"}
        lines = [
            f"<Default Extension={quoteattr(extension)} ContentType={quoteattr(kind)}/>"
            for extension, kind in self.by_extension.items()
            if extension in used
        ]
        lines += [
            f"<Override PartName={quoteattr('/' + left[part])} ContentType={quoteattr(kind)}/>"
            for part, kind in self.by_part.items()
            if part in left
        ]
        return f'{_HEAD}<Types xmlns="{_TYPES_NAMESPACE}">{"".join(lines)}</Types>'.encode()


def content_types(data: bytes) -> ContentTypes:
    found = ContentTypes()
    tell(data, found)
    return found


@dataclass
class Relations(Deaf):
    """Where one part points. What points out of the file is a link that a reader may follow, or it is refused."""

    part: str
    is_kept: Callable[[str], bool]
    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Attributes) -> None:
        if split(tag)[1] != "Relationship":
            return
        target, kind = attributes.get("Target", ""), attributes.get("Type", "")
        if code := REFUSED.get(kind.rpartition("/")[2]):
            raise Refusal(code)
        if attributes.get("TargetMode") == "External":
            self._look_at_link(kind, target)
        elif not self.is_kept(self._path_of(target)):
            return
        told = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items() if "}" not in name)
        self.lines.append(f"<Relationship {told}/>")

    def _look_at_link(self, kind: str, target: str) -> None:
        try:
            scheme = urlsplit(target).scheme.lower()
        except ValueError:
            scheme = "?"
        if not kind.endswith("/hyperlink") or scheme not in LINKS:
            raise Refusal("outside")
        self.links.append(target)

    def _path_of(self, target: str) -> str:
        """The part that a target names, seen from the part it stands in."""
        folder = posixpath.dirname(posixpath.dirname(self.part))
        return posixpath.normpath(posixpath.join("/", folder, target.partition("#")[0])).lstrip("/")

    def written(self) -> bytes:
        return f'{_HEAD}<Relationships xmlns="{_RELATIONS_NAMESPACE}">{"".join(self.lines)}</Relationships>'.encode()


def relations(part: str, data: bytes, is_kept: Callable[[str], bool]) -> Relations:
    found = Relations(part, is_kept)
    tell(data, found)
    return found
