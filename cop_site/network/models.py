"""What grew out of what."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cop_site.events.models import Event
from cop_site.forums.models import Topic
from cop_site.library.models import Practice


class ProvenanceQuerySet(models.QuerySet["Provenance"]):
    def visible_to(self, user: Any) -> "ProvenanceQuerySet":
        """Known to whoever may see both ends; a draft is its author's alone."""
        begun = Q(topic__in=Topic.objects.visible_to(user).shown()) | Q(event__in=Event.objects.visible_to(user))
        return self.filter(begun, practice__in=Practice.objects.visible_to(user))


class Provenance(models.Model):
    """That a practice was begun from a topic, or from a card on the board of an event; ``card`` is its number in the hall."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, null=True, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, null=True, on_delete=models.CASCADE, related_name="+")
    card = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = ProvenanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(topic=None) ^ Q(event=None), name="grew_from_one_thing"),
            models.CheckConstraint(
                condition=Q(event=None, card=None) | Q(event__isnull=False, card__isnull=False), name="grew_from_a_card"
            ),
        ]

    def __str__(self) -> str:
        return f"provenance {self.pk}"
