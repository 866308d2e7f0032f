"""What the desk leaves behind: decisions, comments by field, findings of the guard that a moderator let pass."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .practice import Practice


class Review(models.Model):
    """What a reviewer decided about one revision of a practice. Its note is for the author and reviewers of it."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_ASKED = "changes-asked", _("Changes asked for")
        PUBLIC_APPROVED = "public-approved", _("May go public")
        PUBLIC_CHANGES = "public-changes", _("Changes needed before it goes public")
        PUBLIC_REFUSED = "public-refused", _("Not for the public")
        EVIDENCE_SET = "evidence-set", _("Evidence level set")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=16, choices=Decision)
    note = models.TextField(blank=True)
    criteria_scores = models.JSONField(default=dict, blank=True)  # slug of the criterion: 0 to 3; why, a comment says
    evidence_level_set = models.SlugField(max_length=40, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"review {self.pk}"


class FieldComment(models.Model):
    """What a reviewer says about one field; it goes to the author with the decision."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    field = models.SlugField(max_length=40)
    note = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class GuardOverride(models.Model):
    """A moderator’s reasoned word that what the guard blocks in one revision may stay; never for what is never overridden."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="guard_overrides")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    types = models.JSONField(default=list)
    reason = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"override {self.pk}"
