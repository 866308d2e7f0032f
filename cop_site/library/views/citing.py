"""Citations to take along: of one text, of a whole list, and as a feed."""

import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cop_site.files.serving import disposition
from cop_site.search.asked import Asked

from ..citing import atom
from ..citing.citation import citation_of, plain
from ..citing.formats import FORMATS, Format
from ..models import Practice
from ..selectors import exporting, reading

FRESH_FOR = 300  # seconds; what was withdrawn may stand in a reader's cache no longer than that


@require_safe
def citation(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """One text in one format; what its reader may not see, or what is on no shelf, is not there."""
    practice = Practice.objects.visible_to(request.user).published().for_lists().filter(slug=slug).first()
    if practice is None:
        raise Http404
    form = FORMATS[ending]
    cited = form.one(citation_of(practice, viewer=request.user))
    return HttpResponse(form.before(settings.SITE_NAME) + cited + form.after, headers=_headers(form, slug))


def export(request: HttpRequest, asked: Asked, ending: str) -> HttpResponseBase:
    """The list that was asked for, as one file, with the rights of whoever asks."""
    form, listed = FORMATS[ending], exporting.CitedList(request.user, asked)
    language = translation.get_language() or settings.LANGUAGE_CODE
    return Written(lambda: _written(form, listed, language), headers=_headers(form, _("library")))


class Written(StreamingHttpResponse):
    """What is written while it is sent, for a server of either kind; each piece in a thread that has a database."""

    def __init__(self, write: Callable[[], Iterator[str]], **options: Any) -> None:
        super().__init__(write(), **options)
        self._write = write

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._write()
        while piece := await sync_to_async(next)(pieces, ""):
            yield self.make_bytes(piece)


def _written(form: Format, listed: exporting.CitedList, language: str) -> Iterator[str]:
    """The file in pieces, none of them empty. The language is set for each: between them the thread does other work."""
    with translation.override(language):
        before = form.before(_extent(listed.total()))
    for rows in listed.pieces():
        with translation.override(language):
            cited = form.between.join(form.one(citation_of(row, viewer=listed.viewer)) for row in rows)
        if cited:
            yield before + cited
            before = form.between
    if end := (before if before != form.between else "") + form.after:
        yield end


def _extent(total: int) -> str:
    """What is in the file, in a sentence, for formats that can hold one."""
    if total > exporting.MOST_CITED:
        told = {"most": exporting.MOST_CITED, "total": total, "site": settings.SITE_NAME}
        return _("%(site)s: the first %(most)d of %(total)d texts. Please narrow the list to get the others.") % told
    return ngettext("%(site)s: %(total)d text.", "%(site)s: %(total)d texts.", total) % {"total": total, "site": settings.SITE_NAME}


def _headers(form: Format, name: str) -> dict[str, str]:
    return {
        "Content-Type": f"{form.media_type}; charset=utf-8",
        "Content-Disposition": disposition(f"{name}.{form.ending}"),
        "X-Robots-Tag": "noindex",
    }


@require_safe
def library_feed(request: HttpRequest) -> HttpResponse:
    """The newest of a list that everybody may read: the same bytes for everybody, signed in or not."""
    asked = reading.asked_of_the_shelf(request.GET)
    rows, query = exporting.newest_public(asked), exporting.query_of(asked)
    address = settings.SITE_URL + request.path + (f"?{query}" if query else "")
    link = settings.SITE_URL + reverse("library") + (f"?{query}" if query else "")
    made = atom.feed(
        [(citation_of(row, viewer=exporting.NOBODY), exporting.shelved_at(row), row.first_published_at) for row in rows],
        title=f"{_('Library')} · {settings.SITE_NAME}",
        subtitle=_narrowed_to(asked),
        link=link,
        address=address,
    )
    return _unless_known(request, made)


def _narrowed_to(asked: Asked) -> str:
    """What the feed is narrowed to, in words."""
    facets = {facet.name: facet for facet in reading.FACETS}
    chosen = [str(facets[name].label_of(slug)) for name, slugs in sorted(asked.filters.items()) for slug in slugs]
    years = f"{asked.year_from or ''}–{asked.year_to or ''}" if asked.year_from or asked.year_to else ""
    return plain(" · ".join(part for part in (asked.text, *chosen, years) if part)) or _(
        "Public practices and documents, the newest first."
    )


def _unless_known(request: HttpRequest, feed: atom.Feed) -> HttpResponse:
    """The feed, or 304 where the reader has it. The mark is made of the public words alone."""
    words = feed.writeString("utf-8").encode()
    changed_at = int(feed.latest_post_date().timestamp())
    etag = f'"{hashlib.sha256(words).hexdigest()[:32]}"'
    response = HttpResponse(words, content_type=feed.content_type, headers={"ETag": etag, "Last-Modified": http_date(changed_at)})
    # Only the mark can say that nothing changed: a text that was withdrawn makes the newest date older, not newer.
    known = get_conditional_response(request, etag=etag, response=response)
    patch_cache_control(known, public=True, max_age=FRESH_FOR)
    return known
