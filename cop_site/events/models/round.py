"""Rounds of groups: who sits where, and why."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

from .event import Event


class Round(models.Model):
    """One round of groups of an event, as the composer made it and the convenor changed it. ``wish`` is what the convenor asked for."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    wish = models.JSONField(default=dict)
    unmet = models.JSONField(default=list)
    status = models.CharField(max_length=6, choices=Status, default=Status.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="one_round_per_number")]

    def __str__(self) -> str:
        return f"round {self.number}"


class Seat(models.Model):
    """That a person sits in a group of a round; ``why`` are the composer's codes for "why am I here"."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    group = models.PositiveSmallIntegerField()
    room = models.ForeignKey("events.Room", null=True, on_delete=models.CASCADE, related_name="seats")
    is_facilitator = models.BooleanField(default=False)
    is_note_taker = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    why = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_seat_per_round")]

    def __str__(self) -> str:
        return f"seat in group {self.group}"

    def told(self) -> dict[str, Any]:
        return {"id": self.person.handle, "name": self.person.name}


class Apart(models.Model):
    """Two people whom no round of this event brings together. Only those who lead read it; nobody is told why."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")
    one = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "one", "other"], name="apart_once")]

    def __str__(self) -> str:
        return f"apart {self.pk}"
