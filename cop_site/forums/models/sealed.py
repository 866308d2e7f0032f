"""Names that hide who writes, each good for one topic; and how such a name is opened."""

from django.db import models
from django.utils import timezone

from .topic import Topic


class Pseudonym(models.Model):
    """The name under which one person writes in one topic. Who it is, nobody reads but ``sealed`` deeds.

    Each topic has its own names, drawn by chance: nothing ties two of them together.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="pseudonyms")
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "person"], name="one_name_per_person_and_topic"),
            models.UniqueConstraint(fields=["topic", "name"], name="one_person_per_name_and_topic"),
        ]

    def __str__(self) -> str:
        return f"pseudonym {self.pk}"


class Unsealing(models.Model):
    """That a moderator wishes to know who wrote under a name, and why; it is opened only when a second one agrees."""

    pseudonym = models.ForeignKey(Pseudonym, on_delete=models.CASCADE, related_name="unsealings")
    reason = models.TextField()
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pseudonym"], condition=models.Q(agreed_at=None, refused_at=None), name="one_open_unsealing"),
            models.CheckConstraint(condition=~models.Q(agreed_by=models.F("asked_by")), name="unsealed_by_two"),
        ]

    def __str__(self) -> str:
        return f"unsealing {self.pk}"
