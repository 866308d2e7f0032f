"""Reading lists as a reader finds them: of each only what she may see, and counts of no more than that."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.html import escape

from cop_site.accounts.models import User
from cop_site.accounts.policy import can_review_safety, is_secretariat
from cop_site.search.port import Shown

from .. import policy
from ..documents import title_of
from ..models import Practice, ReadingList, ReadingListEntry

PAGE_SIZE = 20


@dataclass(frozen=True)
class Row:
    """A list, and how many of its texts the reader finds in it."""

    reading_list: ReadingList
    number: int
    is_own: bool


@dataclass(frozen=True)
class Lists:
    rows: list[Row]
    page: Page
    waiting: list[ReadingList]  # those that ask to go public, for those who decide
    can_make: bool


@dataclass(frozen=True)
class Entry:
    shown: Shown
    note: str


@dataclass(frozen=True)
class ListPage:
    reading_list: ReadingList
    entries: list[Entry]
    viewer: User

    @property
    def can_change(self) -> bool:
        return policy.can_change_list(self.viewer, self.reading_list)

    @property
    def can_delete(self) -> bool:
        return policy.can_delete_list(self.viewer, self.reading_list)

    @property
    def can_ask_for_public(self) -> bool:
        return policy.can_ask_for_public_list(self.viewer, self.reading_list)

    @property
    def can_decide_public(self) -> bool:
        return policy.can_decide_public_list(self.viewer, self.reading_list)

    @property
    def is_own(self) -> bool:
        return policy.owns(self.viewer, self.reading_list)


def lists_page(viewer: User, number: str | int = 1) -> Lists:
    """The lists that ``viewer`` may see, last changed first."""
    visible = ReadingList.objects.visible_to(viewer).order_by("-changed_at", "-pk")
    page = Paginator(visible, PAGE_SIZE).get_page(number)
    counts = _counts(viewer, page.object_list)
    rows = [Row(one, counts.get(one.pk, 0), policy.owns(viewer, one)) for one in page.object_list]
    decides = can_review_safety(viewer) or is_secretariat(viewer)
    waiting = (
        [one for one in visible.exclude(public_asked_at=None)[:PAGE_SIZE] if policy.can_decide_public_list(viewer, one)] if decides else []
    )
    return Lists(rows, page, waiting, policy.can_make_list(viewer))


def _counts(viewer: User, lists: Any) -> dict[int, int]:
    entries = ReadingListEntry.objects.visible_to(viewer).filter(reading_list__in=[one.pk for one in lists])
    return dict(entries.order_by().values_list("reading_list").annotate(Count("pk")))


def list_page(reading_list: ReadingList, *, viewer: User) -> ListPage:
    """A list with those of its texts that stand on the shelf for ``viewer``."""
    entries = [Entry(_as_shown(entry.practice), entry.note) for entry in entries_of(reading_list, viewer=viewer)]
    return ListPage(reading_list, entries, viewer)


def entries_of(reading_list: ReadingList, *, viewer: User) -> QuerySet[ReadingListEntry]:
    """Its entries in order, as far as ``viewer`` may see their texts."""
    return reading_list.entries.visible_to(viewer).select_related("practice__organisation", "practice__translation_of")


def own_lists(viewer: User) -> QuerySet[ReadingList]:
    """The lists that ``viewer`` made, last changed first."""
    return ReadingList.objects.visible_to(viewer).filter(Q(author=viewer.pk)).order_by("-changed_at", "-pk")


def _as_shown(practice: Practice) -> Shown:
    kind = policy.DOCUMENT_KIND if practice.is_document else policy.KIND
    title = title_of(practice)
    return Shown(kind, practice, title, practice.get_absolute_url(), "", "", 0.0, title_html=escape(title))
