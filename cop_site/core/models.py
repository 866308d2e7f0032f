"""Rows that serve every app and know no word of the domain."""

from django.db import models


class JobRun(models.Model):
    """When a timed job ran last; the row is its lock."""

    name = models.CharField(max_length=80, unique=True)
    ran_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
