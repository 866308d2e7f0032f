"""What grew out of what."""

from typing import Any

from django.db import models
from django.utils import timezone

from cop_site.forums.models import Topic
from cop_site.library.models import Practice


class ProvenanceQuerySet(models.QuerySet["Provenance"]):
    def visible_to(self, user: Any) -> "ProvenanceQuerySet":
        """Known to whoever may see both ends; a draft is its author's alone."""
        return self.filter(topic__in=Topic.objects.visible_to(user).shown(), practice__in=Practice.objects.visible_to(user))


class Provenance(models.Model):
    """That a practice was begun from a topic."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ProvenanceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"provenance {self.pk}"
