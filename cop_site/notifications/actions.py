"""Telling people, and what they wish to be told. It is personal: nothing of it is journaled."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.activity.models import Activity
from cop_site.core import ring
from cop_site.core.access import require
from cop_site.forums.models import Forum, Topic
from cop_site.search.models import SavedSearch

from . import policy
from .choices import NEWS_BY_ITSELF, Level, Reason
from .models import Notification, Watch, Wish
from .selectors.wishing import who_wish_a_mail, word_choices

BELL = "mails-of-news"  # wakes the errand that mails

# --- telling


def tell(people: Iterable[User], reason: Reason, *, of: Activity | None = None, by_mail: bool = True, **about: Any) -> None:
    """Let people know of something, once. Whoever wishes a mail gets one, unless the reason has a mail of its own."""
    people = list(people)
    mailed = who_wish_a_mail(people, reason) if by_mail else set()
    now = timezone.now()
    rows = [
        Notification(recipient=person, reason=reason, activity=of, created_at=now, mail_after=now if person.pk in mailed else None, **about)
        for person in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if mailed:
        ring.ring(BELL)
    _ring_for(*(person.pk for person in people))


def _ring_for(*people: int) -> None:
    """Pages of theirs that stand open ask how much is unread, as soon as it is certain."""
    if people:
        transaction.on_commit(partial(ring.tell, ring.INBOX, people))


def watch_by_writing(person: int, topic: Topic) -> None:
    """Whoever writes in a topic follows it from then on, unless she muted it or its forum."""
    if not Watch.objects.filter(Q(topic=topic) | Q(forum=topic.forum_id, level=Level.MUTE), person=person).exists():
        Watch.objects.bulk_create([Watch(person_id=person, topic=topic, level=Level.WATCH)], ignore_conflicts=True)


def carry_watches(before: Topic, after: Topic, people: Iterable[int] | None = None) -> None:
    """Whoever followed a topic follows where its posts went (all of them, or those named), unless she wished something there."""
    followed = Watch.objects.watched().filter(topic=before)
    chosen = followed if people is None else followed.filter(person__in=people)
    rows = [Watch(person_id=person, topic=after, level=Level.WATCH) for person in chosen.values_list("person", flat=True)]
    Watch.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


# --- looking


@deed
def see(notification: Notification, *, by: User) -> Notification:
    """Note that the recipient has looked."""
    require(notification.recipient_id == by.pk)
    if Notification.objects.filter(pk=notification.pk, seen_at=None).update(seen_at=timezone.now()):
        _ring_for(by.pk)
    return notification


def see_posts(person: int, topic: Topic, first: int, last: int) -> None:
    """Note that somebody has opened the page where these posts stand; decisions about her own she opens by themselves."""
    rows = Notification.objects.filter(recipient=person, seen_at=None, post__topic=topic, post__number__range=(first, last))
    if rows.exclude(reason__in=NEWS_BY_ITSELF).update(seen_at=timezone.now()):
        _ring_for(person)


@deed
def see_all(*, by: User, until: datetime) -> None:
    """Note that the recipient has looked at everything that was told until a moment: what came since stays unread."""
    if Notification.objects.filter(recipient=by, seen_at=None, created_at__lte=until).update(seen_at=timezone.now()):
        _ring_for(by.pk)


# --- wishing


@deed
def wish_level(target: Forum | Topic | SavedSearch | tuple[str, str], level: Level | None, *, by: User) -> Watch | None:
    """Follow or mute something that one may see; None wishes neither. A word is named by its column and its slug."""
    require(policy.can_be_told(by))
    place = _place_of(target, by=by)
    if level is None:
        Watch.objects.filter(person=by, **place).delete()
        return None
    wish, is_new = Watch.objects.get_or_create(person=by, **place, defaults={"level": level})
    if not is_new and wish.level != level:
        wish.level, wish.since = level, timezone.now()
        wish.save(update_fields=["level", "since"])
    return wish


def _place_of(target: Forum | Topic | SavedSearch | tuple[str, str], *, by: User) -> dict[str, Any]:
    if isinstance(target, tuple):
        tag, word = target
        require(any(f"{tag}:{word}" == known for _group, choices in word_choices() for known, _label in choices))
        return {"tag": tag, "word": word}
    require(type(target).objects.visible_to(by).filter(pk=target.pk).exists())
    return {{Forum: "forum", Topic: "topic", SavedSearch: "saved_search"}[type(target)]: target}


@deed
def end_watch(watch: Watch, *, by: User) -> None:
    """Neither follow nor mute any more; one may have lost sight of what it was about."""
    require(watch.person_id == by.pk)
    watch.delete()


@deed
def set_mails(reasons: Iterable[str], *, by: User) -> None:
    """Wish a mail at once for these reasons and for no others."""
    require(policy.can_be_told(by))
    chosen = set(reasons)
    rows = [Wish(person=by, reason=reason, by_mail=reason in chosen) for reason in Reason.values]
    Wish.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person", "reason"], update_fields=["by_mail"])
