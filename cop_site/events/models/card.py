"""Metaplan cards on a room's board, and votes for them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

from .room import Room


class Card(models.Model):
    """A metaplan card (*kartu*) on a room's board, as its entries have left it; ``seq`` of its ``card.add`` is its number in the room."""

    class Kind(models.TextChoices):
        PRACTICE = "praktik", _("Practice")
        CHALLENGE = "tantangan", _("Challenge")
        NEED = "kebutuhan", _("Need")
        LESSON = "pelajaran", _("Lesson")
        RECOMMENDATION = "rekomendasi", _("Recommendation")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="cards")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    column = models.CharField(max_length=12, choices=Kind)
    cluster = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    votes = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.JSONField(null=True)  # {"round", "group"} where it came back from a group

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_card_per_number")]

    def __str__(self) -> str:
        return f"card {self.seq}"

    def told(self) -> dict[str, Any]:
        """The card as it stands in a room's state."""
        by = {"id": self.author.handle, "name": self.author.name} if self.author else None
        names = ("kind", "column", "cluster", "text", "version", "votes")
        told = {"id": self.seq, **{name: getattr(self, name) for name in names}, "by": by}
        return told | {"origin": self.origin} if self.origin else told


class CardVote(models.Model):
    """That somebody, known by a mark alone, found a card important. Gone when the room closes; the count stays on the card."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "mark"], name="one_vote_per_card")]

    def __str__(self) -> str:
        return "vote"
