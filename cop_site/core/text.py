"""Members' words: Markdown in, harmless HTML out, cleaned once when they are saved."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape

import bleach
import nh3
from bleach.html5lib_shim import Filter
from bleach.linkifier import LinkifyFilter
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from .addresses import parts_of

# What members may write; pictures come with the files app.
TAGS = frozenset("p br hr b i em strong a ul ol li blockquote code pre h2 h3 h4 table thead tbody tr th td".split())
PROTOCOLS = frozenset({"http", "https", "mailto"})
LINK_REL = "noopener nofollow ugc"
SANITISER_VERSION = 2

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")

# Control characters but for line ends and tabs, halves of characters, signs that turn the reading direction of what stands around them, and
# two that are no characters.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# Addresses a link may have: whole ones with a plain host, mail, and paths of this site. The rest of what browsers
# understand as an address (//host, https:host, http:\\host, x@host) is there to mislead.
_ABSOLUTE = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?#]|$)|mailto:[^\s@]+@[\w.-]+(?:\?|$)", re.IGNORECASE)
_OUR_PATH = re.compile(r"/(?![/\\]|%5c)", re.IGNORECASE)


def normal(words: str) -> str:
    """``words`` in Unicode NFC, with plain line ends and without characters that databases or readers choke on."""
    return _UNSHOWABLE.sub("", unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n"))


def one_line(words: str) -> str:
    """``words`` as one tidy line: titles and names."""
    return " ".join(normal(words).split())


def render(source: str) -> SafeString:
    """Clean HTML of Markdown ``source``.

    bleach cleans and links; nh3, with the same allow-list, has the last word (docs/decisions/002-members-words.md).
    Headings start at h2, since the page has the h1. Pictures and raw HTML are shown as typed or dropped, never run.
    """
    return mark_safe(last_word(first_word(written(source))))


@lru_cache(maxsize=500)
def tidied(html: str) -> SafeString:
    """HTML that an editor's page holds, cleaned like members' words: drawn often, cleaned once in each process."""
    return mark_safe(last_word(first_word(normal(html))))


def written(source: str) -> str:
    """The HTML that Markdown makes of ``source``: not clean yet."""
    # Tidied twice: an entity may spell what was taken out before.
    return normal(_markdown.render(normal(source))).replace("<h1>", "<h2>").replace("</h1>", "</h2>")


def first_word(html: str) -> str:
    """What bleach leaves of ``html``, with addresses made into links."""
    cleaner = bleach.sanitizer.Cleaner(
        tags=TAGS,
        attributes={"a": ["href", "rel"]},
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        filters=[lambda source: _Addresses(source, skip_tags={"pre", "code"}, callbacks=[]), _HonestLinks],
    )
    return cleaner.clean(html)


def last_word(html: str) -> str:
    """What nh3 leaves of ``html``: the same tags and attributes, and the safe ``rel`` on each link."""
    return nh3.clean(html, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(PROTOCOLS), link_rel=LINK_REL)


class _Addresses(LinkifyFilter):
    """Makes addresses into links. The cleaner has read the entities already; once more would change what was typed."""

    def extract_entities(self, token: dict) -> Iterator[dict]:
        yield token


class _HonestLinks(Filter):
    """Keeps links that lead where they seem to; the host of another site stands beside a link that does not name it."""

    def __iter__(self) -> Iterator[dict]:
        address, said = "", ""
        for token in super().__iter__():
            if token["type"] == "StartTag" and token["name"] == "a":
                address, said = _honest(token["data"].get((None, "href")) or ""), ""
                if address:
                    yield token | {"data": {(None, "href"): address, (None, "rel"): LINK_REL}}
            elif token["type"] == "EndTag" and token["name"] == "a":
                if address:
                    yield token
                    yield from _host_beside(address, said)
                address = ""
            else:
                said += token["data"] if token["type"] == "Characters" else ""
                yield token


def _honest(address: str) -> str:
    """``address``, where it is one that members may link to; else nothing."""
    return address if _ABSOLUTE.match(address) or _OUR_PATH.match(address) else ""


def _host_beside(address: str, said: str) -> Iterator[dict]:
    host = parts_of(address).hostname or ""
    if host in {"", parts_of(settings.SITE_URL).hostname}:
        return
    if not re.match(rf"\s*(?:https?://)?{re.escape(host)}(?![\w.@:-])", said, re.IGNORECASE):
        yield {"type": "Characters", "data": f" ({host})"}


def plain(html: str) -> str:
    """The words of clean ``html`` without its tags."""
    return unescape(" ".join(strip_tags(html.replace("<", " <")).split()))


def count_words(words: str | Iterable[str]) -> int:
    """How many words a text, or a list of texts, has."""
    return len(words.split()) if isinstance(words, str) else sum(len(part.split()) for part in words)
