"""What people are told of, what they follow and mute, and of what they wish a mail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cop_site.forums.models import ReadMark

from . import policy
from .choices import NEWS_BY_ITSELF, Level, Reason, Tag


class WatchQuerySet(models.QuerySet["Watch"]):
    def visible_to(self, user: Any) -> "WatchQuerySet":
        return self.filter(policy.watches_visible_to(user))

    def watched(self) -> "WatchQuerySet":
        return self.filter(level=Level.WATCH)

    def muted(self) -> "WatchQuerySet":
        return self.filter(level=Level.MUTE)


class Watch(models.Model):
    """That a person wishes to hear of everything in a forum, a topic, under a word or of a saved search, or of nothing.

    Muting silences all of it but decisions about one's own rows. The nearer wish holds: whoever follows a topic hears
    of it though its forum is muted. Saved searches tell by themselves; there is only muting them.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    forum = models.ForeignKey("forums.Forum", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey("forums.Topic", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    saved_search = models.ForeignKey("search.SavedSearch", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    tag = models.CharField(max_length=20, choices=Tag, blank=True)
    word = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=5, choices=Level)
    since = models.DateTimeField(default=timezone.now)

    objects = WatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "forum"], name="one_wish_per_forum"),
            models.UniqueConstraint(fields=["person", "topic"], name="one_wish_per_topic"),
            models.UniqueConstraint(fields=["person", "saved_search"], name="one_wish_per_search"),
            models.UniqueConstraint(fields=["person", "tag", "word"], condition=~Q(tag=""), name="one_wish_per_word"),
        ]
        indexes = [models.Index(fields=["tag", "word"], condition=~Q(tag=""), name="wishes_by_word")]

    def __str__(self) -> str:
        return f"watch {self.pk}"


class Wish(models.Model):
    """Whether a mail tells a person at once for one reason; where there is no row, ``MAILED_AT_ONCE`` says it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_wishes")
    reason = models.CharField(max_length=10, choices=Reason)
    by_mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "reason"], name="one_wish_per_reason")]

    def __str__(self) -> str:
        return f"wish {self.pk}"


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """One's own, without those whose subject one may not see any more."""
        return self.filter(policy.notifications_visible_to(user))

    def unread(self) -> "NotificationQuerySet":
        """Neither opened here nor looked at where it stands."""
        is_news = Q(reason__in=NEWS_BY_ITSELF) | Q(reason=Reason.FOUND, saved_search__looked_at__lt=F("created_at"))
        return self.filter(is_news | (~Q(reason=Reason.FOUND) & ~Q(Exists(_marks()))), seen_at=None)

    def read_elsewhere(self) -> "NotificationQuerySet":
        """Not opened, but what they tell of was read in its topic."""
        return self.filter(Exists(_marks()), seen_at=None).exclude(reason__in=NEWS_BY_ITSELF)

    def looked_elsewhere(self) -> "NotificationQuerySet":
        """Not opened, but the saved search was."""
        return self.filter(reason=Reason.FOUND, seen_at=None, saved_search__looked_at__gte=F("created_at"))

    def due(self, at: datetime) -> "NotificationQuerySet":
        """Whose mail waits, the oldest first."""
        return self.filter(mail_after__lte=at).order_by("mail_after", "pk")


def _marks() -> models.QuerySet[ReadMark]:
    """How far the recipient has read the topic, where that is past the post."""
    return ReadMark.objects.filter(person=OuterRef("recipient"), topic=OuterRef("post__topic"), number__gte=OuterRef("post__number"))


class Notification(models.Model):
    """That a person is told of something, why, and whether she has looked.

    It holds nobody's words: what it is about is fetched when it is shown, with the rights the reader has then. A mail
    waits while ``mail_after`` is set, and was sent at ``mailed_at``.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    reason = models.CharField(max_length=10, choices=Reason)
    activity = models.ForeignKey("activity.Activity", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("forums.Post", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey("forums.Topic", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    unsealing = models.ForeignKey("forums.Unsealing", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey("library.Practice", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    decision = models.ForeignKey("moderation.Decision", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    saved_search = models.ForeignKey("search.SavedSearch", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("events.Event", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_after = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "activity"], name="told_once_of_an_activity"),
            models.UniqueConstraint(fields=["recipient", "post"], condition=~Q(reason="decided"), name="told_once_of_a_post"),
            models.UniqueConstraint(fields=["saved_search"], condition=Q(seen_at=None), name="one_open_row_per_search"),
        ]
        indexes = [
            models.Index("recipient", F("created_at").desc(), F("id").desc(), name="told_as_listed"),
            models.Index("recipient", name="told_and_not_seen", condition=Q(seen_at=None)),
            models.Index("mail_after", name="mails_that_wait", condition=Q(mail_after__isnull=False)),
            models.Index("created_at", name="told_by_age"),
        ]

    def __str__(self) -> str:
        return f"notification {self.pk}"


class Look(models.Model):
    """When a saved search was last asked for news, so that each has its turn."""

    saved_search = models.OneToOneField("search.SavedSearch", on_delete=models.CASCADE, related_name="look")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look {self.pk}"
