"""Timed jobs: news in saved searches; what was read elsewhere or is old."""

from datetime import datetime, timedelta

from cop_site.core.clock import every

from . import actions
from .choices import Reason
from .models import Look, Notification
from .policy import can_be_told
from .selectors.news import has_news, whose_turn_it_is

SEARCHES_AT_ONCE = 20
KEPT_FOR = timedelta(days=180)


@every(timedelta(minutes=1), name="tell-of-news-in-saved-searches")
def tell_of_news_in_saved_searches(at: datetime) -> None:
    """Each saved search is asked once an hour, a few at a time, with the rights that its owner has then."""
    Notification.objects.looked_elsewhere().update(seen_at=at)
    for search in whose_turn_it_is(at)[:SEARCHES_AT_ONCE]:
        Look.objects.update_or_create(saved_search=search, defaults={"at": at})
        if can_be_told(search.owner) and has_news(search, viewer=search.owner, before=at):
            actions.tell([search.owner], Reason.FOUND, saved_search=search)


@every(timedelta(hours=1), name="note-what-was-read-in-its-topic")
def note_what_was_read_in_its_topic(at: datetime) -> None:
    """Bells count what was not opened: the fewer rows that is, the cheaper."""
    Notification.objects.read_elsewhere().update(seen_at=at)


@every(timedelta(days=1), name="forget-old-notifications")
def forget_old_notifications(at: datetime) -> None:
    """What somebody was told half a year ago is no news; the rows it was about stay where they are."""
    Notification.objects.filter(created_at__lt=at - KEPT_FOR).delete()
