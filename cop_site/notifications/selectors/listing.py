"""What somebody was told, as she finds it: titles are fetched anew, with the rights she has now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cop_site.events.models import Event
from cop_site.forums.models import Post, Topic
from cop_site.library.models import Practice
from cop_site.moderation import kinds

from ..choices import DECIDED_ELSEWHERE, MOST_ROWS, ROWS_ON_A_PAGE, Reason
from ..models import Notification
from .deciding import OF_PRACTICES, sentence_of
from .gathering import SENTENCES as OF_EVENTS

_SENTENCES: dict[str, Any] = {
    Reason.LOOKED_AT: _("A moderator has looked at what you reported"),
    Reason.ANSWERED: _("An answer to you"),
    Reason.MENTIONED: _("A post names you"),
    Reason.CALLED: _("A question to people with your mandate"),
    Reason.FOUND: _("New in a saved search"),
    Reason.WATCHED: _("A new post in what you follow"),
}
_NEW_TOPIC = _("A new topic in what you follow")
ICONS: dict[str, str] = {
    Reason.DECIDED: "shield-check",
    Reason.LOOKED_AT: "shield-check",
    Reason.ANSWERED: "reply",
    Reason.MENTIONED: "quote",
    Reason.GATHERING: "calendar-days",
    Reason.CALLED: "hand",
    Reason.FOUND: "search",
    Reason.WATCHED: "eye",
}


@dataclass(frozen=True)
class Told:
    """One row of the list. ``title`` is empty where the reader may not see what it is about any more."""

    notification: Notification
    sentence: Any
    title: str
    icon: str
    is_unread: bool


def told_page(user: Any, number: str | int = 1) -> tuple[list[Told], Page]:
    """A page of what one was told, the newest first."""
    rows = Notification.objects.visible_to(user).order_by("-created_at", "-pk")
    page = Paginator(_complete(rows)[:MOST_ROWS], ROWS_ON_A_PAGE).get_page(number)
    return told(page.object_list, viewer=user), page


def told(rows: Iterable[Notification], *, viewer: Any) -> list[Told]:
    """Rows with their sentences and with the titles that ``viewer`` may read."""
    rows = list(rows)
    topics = Topic.objects.visible_to(viewer).in_bulk({pk for row in rows if (pk := _topic_of(row))})
    practices = Practice.objects.visible_to(viewer).in_bulk({row.practice_id for row in rows if row.practice_id})
    events = Event.objects.visible_to(viewer).in_bulk({row.event_id for row in rows if row.event_id})
    return [_told(row, _title(row, topics, practices, events)) for row in rows]


def one_told(user: Any, pk: int) -> Told | None:
    """One row of one's own."""
    row = _complete(Notification.objects.visible_to(user)).filter(pk=pk).first()
    return told([row], viewer=user)[0] if row else None


def was_told(user: Any, pk: int) -> bool:
    """Whether somebody was told of something that she may not see now."""
    return Notification.objects.filter(recipient=user.pk, pk=pk).exists()


def _complete(rows: Any) -> Any:
    unread = Notification.objects.unread().filter(pk=OuterRef("pk"))
    named = (
        "activity",
        "post",
        "unsealing__pseudonym",
        "unsealing__asked_by",
        "unsealing__agreed_by",
        "saved_search",
        "decision__case",
        "event",
    )
    return rows.select_related(*named).annotate(is_unread=Exists(unread)).defer(*(f"post__{column}" for column in Post.WORDS))


def _topic_of(row: Notification) -> int | None:
    if row.unsealing:
        return row.unsealing.pseudonym.topic_id
    return row.post.topic_id if row.post else row.topic_id


def _title(row: Notification, topics: dict[int, Topic], practices: dict[int, Practice], events: dict[int, Event]) -> str:
    if row.event_id:
        return events[row.event_id].name if row.event_id in events else ""
    if row.saved_search:
        return row.saved_search.name
    if row.decision:
        return str(kinds.KINDS[row.decision.case.kind].label)
    found = practices.get(row.practice_id or 0) or topics.get(_topic_of(row) or 0)
    return found.title if found else ""


def _told(row: Notification, title: str) -> Told:
    sentence = _sentence(row)
    if row.reason == Reason.WATCHED and row.post and row.post.number == 1:
        sentence = _NEW_TOPIC
    return Told(row, sentence, title, ICONS[row.reason], row.is_unread)  # type: ignore[attr-defined]


def _sentence(row: Notification) -> Any:
    if row.reason == Reason.DECIDED:
        return sentence_of(row.activity)
    return OF_EVENTS[row.activity.verb] if row.reason == Reason.GATHERING and row.activity else _SENTENCES[row.reason]


def has_page_of_its_own(row: Notification) -> bool:
    """A decision in the forums, whose reason its author reads here; all else leads on to its place."""
    is_decided_elsewhere = row.decision_id or (row.activity and row.activity.verb in OF_PRACTICES | DECIDED_ELSEWHERE)
    return row.reason == Reason.DECIDED and not is_decided_elsewhere


def place_of(row: Notification, *, viewer: Any) -> str:
    """Where the reader goes on, as far as she may; her own posts where what it is about is gone."""
    if row.reason == Reason.LOOKED_AT:
        return reverse("my-reports")
    if row.event:
        is_seen = Event.objects.visible_to(viewer).filter(pk=row.event.pk).exists()
        return row.event.get_absolute_url() if is_seen else reverse("my-events")
    if row.decision_id:
        return reverse("decision", args=[row.decision_id])
    if row.saved_search_id:
        return reverse("saved-searches")
    if row.activity and row.activity.verb in DECIDED_ELSEWHERE:
        return reverse(DECIDED_ELSEWHERE[row.activity.verb])
    if row.practice_id:
        return reverse("my-texts")
    if row.post_id and Post.objects.visible_to(viewer).filter(pk=row.post_id, number__isnull=False).exists():
        return reverse("post", args=[row.post_id])
    topic = Topic.objects.visible_to(viewer).filter(pk=_topic_of(row) or 0).first() if not row.post_id else None
    return topic.get_absolute_url() if topic else reverse("my-posts")
