"""Mails that say that there is news, and nothing of it: each sent once, to those who may still see what it is about.

A row is claimed by putting its time off, then the mail goes out, then the row says so. Whoever dies in between leaves
a row that another takes up when the claim is over: no mail is lost, and a second one leaves only where the first had
left in the very moment of dying.
"""

from datetime import timedelta

from django.utils import timezone

from cop_site.accounts.letters import write_to

from .actions import BELL
from .choices import Reason
from .models import Notification
from .policy import can_be_told
from .selectors.news import has_news
from .selectors.telling import wishes_no_more
from .selectors.wishing import who_wish_a_mail

__all__ = ["BELL", "one_round", "send_waiting"]

AT_ONCE = 50
CLAIM = timedelta(minutes=5)
LOOK_EVERY = 20.0  # seconds; a lost ring costs no more than this
TRIED_FOR = timedelta(days=3)  # an address that refuses mail for so long is given up


def one_round() -> float:
    """Mail what waits; returns after how many seconds to look again."""
    return 0.0 if send_waiting() == AT_ONCE else LOOK_EVERY


def send_waiting(most: int = AT_ONCE) -> int:
    """Work off the oldest mails that wait; returns how many there were."""
    waiting = list(Notification.objects.due(timezone.now())[:most])
    for notification in waiting:
        if _claim(notification):
            _send(notification.pk)
    return len(waiting)


def _claim(notification: Notification) -> bool:
    """Of two that would mail the same row one gets it."""
    rows = Notification.objects.filter(pk=notification.pk, mail_after=notification.mail_after)
    return bool(rows.update(mail_after=timezone.now() + CLAIM))


def _send(pk: int) -> None:
    notification = Notification.objects.select_related("recipient", "post__topic", "saved_search__owner").get(pk=pk)
    row = Notification.objects.filter(pk=pk)
    if not is_wanted(notification):
        row.update(mail_after=None)
        return
    write_to(notification.recipient, "notifications/email/news", path=f"/notifications/{pk}/")
    row.update(mail_after=None, mailed_at=timezone.now())


def is_wanted(notification: Notification) -> bool:
    """Whether the recipient may still see it, has not looked meanwhile, and still wishes to hear of it."""
    recipient = notification.recipient
    if (
        not can_be_told(recipient)
        or notification.created_at < timezone.now() - TRIED_FOR
        or not who_wish_a_mail([recipient], notification.reason)
    ):
        return False
    if not Notification.objects.visible_to(recipient).unread().filter(pk=notification.pk).exists() or wishes_no_more(notification):
        return False
    return notification.reason != Reason.FOUND or has_news(notification.saved_search, viewer=recipient, before=notification.created_at)
