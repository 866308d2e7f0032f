"""What makes the queue bearable: sentences at hand, and whose turn it is."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from ..choices import Outcome


class Phrase(models.Model):
    """A reason in both languages that moderators start from and change as the case needs."""

    name = models.CharField(max_length=80)
    words_id = models.TextField()
    words_en = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    is_used = models.BooleanField(default=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"phrase {self.pk}"

    def words_in(self, language: str) -> str:
        """In the language of whoever reads it, else in the other."""
        return (self.words_en if language == "en" else self.words_id) or self.words_id

    @property
    def words(self) -> str:
        return self.words_in(get_language() or "id")


class DutyQuerySet(models.QuerySet["Duty"]):
    def on(self, day: date | None = None) -> "DutyQuerySet":
        """Whose turn it is that day."""
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class Duty(models.Model):
    """That a moderator looks after the queue from one day to another, or stands in where she cannot."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties")
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_backup = models.BooleanField(default=False)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "is_backup", "pk"]

    def __str__(self) -> str:
        return f"duty {self.pk}"
