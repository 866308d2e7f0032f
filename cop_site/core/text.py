"""Members' words: Markdown in, harmless HTML out, cleaned once when they are saved."""

import unicodedata
from collections.abc import Iterable
from functools import partial

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# What members may write; pictures come with the files app.
TAGS = frozenset(
    "p br hr b i em strong a ul ol li blockquote code pre h2 h3 h4 table thead tbody tr th td".split()
)
PROTOCOLS = frozenset({"http", "https", "mailto"})
LINK_REL = "noopener nofollow ugc"
SANITISER_VERSION = 1

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")


def normal(words: str) -> str:
    """``words`` in Unicode NFC, with plain line ends and without characters that databases or readers choke on."""
    words = unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in words if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def one_line(words: str) -> str:
    """``words`` as one tidy line: titles and names."""
    return " ".join(normal(words).split())


def render(source: str) -> SafeString:
    """Clean HTML of Markdown ``source``.

    bleach cleans and links; nh3, with the same allow-list, has the last word (docs/decisions/002-members-words.md).
    Headings start at h2, since the page has the h1. Pictures and raw HTML are shown as typed or dropped, never run.
    """
    html = _markdown.render(normal(source)).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return mark_safe(last_word(first_word(html)))


def first_word(html: str) -> str:
    """What bleach leaves of ``html``, with addresses made into links."""
    cleaner = bleach.sanitizer.Cleaner(
        tags=TAGS,
        attributes={"a": ["href", "rel"]},
        protocols=PROTOCOLS,
        strip=True,
        strip_comments=True,
        filters=[partial(LinkifyFilter, callbacks=[_mark_link], skip_tags={"pre", "code"}, parse_email=False)],
    )
    return cleaner.clean(html)


def last_word(html: str) -> str:
    """What nh3 leaves of ``html``: the same tags and attributes, and the safe ``rel`` on each link."""
    return nh3.clean(html, tags=set(TAGS), attributes={"a": {"href"}}, url_schemes=set(PROTOCOLS), link_rel=LINK_REL)


def _mark_link(attributes: dict, new: bool = False) -> dict:
    attributes[(None, "rel")] = LINK_REL
    return attributes


def plain(html: str) -> str:
    """The words of clean ``html`` without its tags."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


def count_words(words: str | Iterable[str]) -> int:
    """How many words a text, or a list of texts, has."""
    return len(words.split()) if isinstance(words, str) else sum(len(part.split()) for part in words)
