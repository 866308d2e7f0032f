"""What was decided, what became of it, and what its author says to that."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .. import policy
from ..choices import Outcome, Sanction
from .case import Case


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Those about one's own rows, and those of the cases at one's desk."""
        return self.filter(policy.decisions_visible_to(user))

    def standing(self) -> "DecisionQuerySet":
        return self.filter(undone_at=None)

    def final(self) -> "DecisionQuerySet":
        """All but those that their own moderator took back: an objection that was granted has decided too."""
        return self.exclude(undone_by=F("by"))


class Decision(models.Model):
    """What a moderator decided about a row and its author, with the reason that the author reads.

    ``carried`` says what it changed, so that taking it back gives back exactly that.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    sanction = models.CharField(max_length=10, choices=Sanction, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField()
    carried = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case"], condition=Q(undone_at=None), name="one_standing_decision_a_case")]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def is_against_author(self) -> bool:
        """Whether it took anything from whoever it is about: only then there is something to object to."""
        return self.outcome in {Outcome.REFUSE, Outcome.TAKE_AWAY} or bool(self.sanction)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user: Any) -> "AppealQuerySet":
        """One's own; moderators those against decisions of others."""
        return self.filter(policy.appeals_visible_to(user))

    def open(self) -> "AppealQuerySet":
        return self.filter(decided_at=None)


class Appeal(models.Model):
    """That somebody finds a decision wrong; another moderator looks again, once."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    words = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"appeal {self.pk}"
