"""What somebody is still typing."""

from typing import Any

from django.db import models
from django.utils import timezone

from .. import policy
from .practice import Practice


class WorkingTextQuerySet(models.QuerySet["WorkingText"]):
    def visible_to(self, user: Any) -> "WorkingTextQuerySet":
        return self.filter(policy.working_texts_visible_to(user))


class WorkingText(models.Model):
    """The fields of a share form as they were typed last: its author's alone, and no revision of anything.

    It may hold what the guard would refuse anywhere else: nobody but its author ever reads it. It goes when the form is
    saved, and after 30 days in any case. ``version`` counts savings, so that an older tab cannot write over a newer one.
    ``tab`` and ``turn`` say which tab sent it and as its how-manieth sending: one that was overtaken on its way is known
    as such. What ``has_ended`` was saved; its row stays a while without a word, for a sending that comes late.
    """

    author = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="working_texts")
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.CASCADE, related_name="working_texts")
    key = models.UUIDField()
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    tab = models.UUIDField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)
    has_ended = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = WorkingTextQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        constraints = [models.UniqueConstraint(fields=["author", "key"], name="one_working_text_per_key")]

    def __str__(self) -> str:
        """A number: never a word of what is typed."""
        return f"working text {self.pk}"

    @property
    def title(self) -> str:
        """What its author calls it so far."""
        return "".join(self.fields.get("title", [])[:1]).strip()[:120]
