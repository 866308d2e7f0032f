"""What people are trusted with on top of their role, and whom they do not want to meet."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..asking import written_once
from .people import User


class TaskQuerySet(models.QuerySet["Task"]):
    def in_force_of(self, user: Any) -> list[tuple[str, str]]:
        """Kind and scope of what ``user`` is trusted with today."""
        return _tasks_in_force(user)


@written_once
def _tasks_in_force(viewer: Any) -> models.QuerySet["Task", tuple[str, str]]:
    in_force = Task.objects.filter(person=viewer.pk, ended_at=None, ends_on__gte=timezone.localdate())
    return in_force.values_list("kind", "scope")


class Task(models.Model):
    """Something a person is trusted to do on top of their role, for a reason and until a day."""

    class Kind(models.TextChoices):
        REVIEWER = "reviewer", _("Reviewer")
        SAFETY_REVIEWER = "safety-reviewer", _("Safety reviewer")
        EDITOR = "editor", _("Editor")
        AUDITOR = "auditor", _("Auditor")
        MODERATOR = "moderator", _("Local moderator")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind)
    scope = models.CharField(max_length=100, blank=True)  # of a local moderator: "forum:<slug>", "province:<code>", "language:<id|en>"
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="granted_tasks")
    granted_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "scope"], condition=Q(ended_at=None), name="one_open_task_of_a_scope")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class BlockQuerySet(models.QuerySet["Block"]):
    def visible_to(self, user: Any) -> "BlockQuerySet":
        """One's own, and nobody else's: whoever is blocked never learns it."""
        return self.filter(person=user.pk)


class Block(models.Model):
    """That a person does not want to meet what another says. Only she knows."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocked_by")
    since = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "blocked"], name="blocked_once")]

    def __str__(self) -> str:
        return f"block {self.pk}"
