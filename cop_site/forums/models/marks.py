"""What readers keep for themselves: how far they have read, what they have begun to write, what they can be asked."""

from django.db import models
from django.utils import timezone

from .topic import Topic


class ReadMark(models.Model):
    """How far a person has read a topic: every post up to ``number``. Only the person reads it."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="read_marks")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_mark_per_reader")]

    def __str__(self) -> str:
        return f"read mark {self.pk}"


class Draft(models.Model):
    """What somebody has begun to write: an answer to a topic, or a topic in a forum. Only its author reads it."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    forum = models.ForeignKey("Forum", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_draft_per_topic"),
            models.UniqueConstraint(fields=["person", "forum"], condition=models.Q(topic=None), name="one_new_topic_per_forum"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class CallWish(models.Model):
    """That a person can be asked about a mandate in a province; an empty province means all of them."""

    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="call_wishes")
    mandate = models.SlugField(max_length=40)
    province = models.CharField(max_length=2, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "mandate", "province"], name="one_wish_of_a_kind")]

    def __str__(self) -> str:
        return f"call wish {self.pk}"
