"""Hostile inputs of tests/data/hostile, and a reader of HTML that shares no code with what cleans it."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data" / "hostile"

MARKUP: dict[str, list[str]] = json.loads((FOLDER / "markup.json").read_text())
VECTORS = [vector for group in MARKUP.values() for vector in group]
HOSTS: list[dict[str, str]] = json.loads((FOLDER / "hosts.json").read_text())
_redirects = json.loads((FOLDER / "redirects.json").read_text())
BAD_REDIRECTS: list[str] = _redirects["hostile"]
GOOD_REDIRECTS: list[str] = _redirects["good"]

# Said once more, and not read from the code: what may stand in a member's text.
ALLOWED_TAGS = set("p br hr b i em strong a ul ol li blockquote code pre h2 h3 h4 table thead tbody tr th td".split())
ALLOWED_ATTRIBUTES = {("a", "href"), ("a", "rel")}
ALLOWED_ADDRESS = re.compile(r"https?://[^\s/\\@%]+([/?#]|$)|mailto:|/(?![/\\]|%5c)", re.IGNORECASE)


class Reader(HTMLParser):
    """What stands in a piece of HTML: elements in their order, their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple]] = []
        self.ends: list[str] = []
        self.strange: list[str] = []
        self._words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.ends.append(tag)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def words(self) -> str:
        return " ".join("".join(self._words).split())

    @property
    def links(self) -> list[dict[str, Any]]:
        return [dict(attributes) for tag, attributes in self.elements if tag == "a"]

    @property
    def forbidden(self) -> list[Any]:
        """All that must not be there."""
        tags = [tag for tag, _attributes in self.elements if tag not in ALLOWED_TAGS]
        attributes = [
            (tag, name) for tag, attributes in self.elements for name, _value in attributes if (tag, name) not in ALLOWED_ATTRIBUTES
        ]
        addresses = [link["href"] for link in self.links if not ALLOWED_ADDRESS.match(link.get("href") or "")]
        return [*tags, *attributes, *addresses, *self.strange]
