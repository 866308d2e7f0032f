"""What the demo remembers of itself."""

from django.db import models
from django.utils import timezone


class Planted(models.Model):
    """That a piece of invented content was put in: never again, whatever people did with it since. Empty in production."""

    key = models.CharField(max_length=120, unique=True)
    row = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
