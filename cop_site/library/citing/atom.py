"""Atom: what is new in a list, for feed readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from .citation import Citation

BEGAN = datetime.fromisoformat("2026-01-01T00:00:00+00:00")  # when a feed without entries was last changed


class Feed(Atom1Feed):
    """A feed in which each entry says its own language, and which was last changed when its newest entry was."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["spoken"]}

    def latest_post_date(self) -> datetime:
        """Of an empty feed always the same moment: it must not look changed each time it is asked for."""
        return max((item["updateddate"] for item in self.items), default=BEGAN)


def feed(entries: Sequence[tuple[Citation, datetime, datetime | None]], *, title: str, subtitle: str, link: str, address: str) -> Feed:
    """The feed of ``entries``: a citation with when it changed and when it first came out. Ids are addresses that stay."""
    made = Feed(
        title=title,
        link=link,
        description="",
        subtitle=subtitle,
        language=settings.LANGUAGE_CODE,
        feed_url=address,
        feed_guid=address,
        author_name=settings.SITE_NAME,
    )
    for citation, changed_at, came_out_at in entries:
        made.add_item(
            title=citation.title,
            link=citation.url,
            description=escape(" ".join(part for part in (citation.abstract, citation.note) if part)),  # readers take it for HTML
            author_name=citation.author,
            unique_id=citation.url,
            pubdate=came_out_at,
            updateddate=changed_at,
            categories=(citation.kind_label, *citation.keywords),
            item_copyright=citation.licence or None,
            spoken=citation.language,
        )
    return made
