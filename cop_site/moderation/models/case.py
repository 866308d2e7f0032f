"""What waits for a moderator, and what was said of it."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from .. import policy
from ..choices import CLAIMED_FOR, Origin, Reason, Severity


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> "CaseQuerySet":
        """Those at whose desk ``user`` sits."""
        return self.filter(policy.cases_visible_to(user))

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def of(self, row: models.Model) -> "CaseQuerySet":
        """What was or is to be judged about one row."""
        return self.filter(subject_type=ContentType.objects.get_for_model(row), subject_id=row.pk)

    def judged(self) -> "CaseQuerySet":
        """Those in which somebody said something: a report, or a decision."""
        reports, decisions = (apps.get_model("moderation", name).objects.filter(case=OuterRef("pk")) for name in ("Report", "Decision"))
        return self.filter(Exists(reports) | Exists(decisions))

    def gravest_first(self) -> "CaseQuerySet":
        """What can do most harm, and then the longest wait."""
        return self.order_by(F("severity").desc(), "opened_at", "pk")

    def unclaimed(self, now: datetime) -> "CaseQuerySet":
        return self.filter(Q(claimed_by=None) | Q(claimed_at__lt=now - CLAIMED_FOR))


class Case(models.Model):
    """One row that a moderator has to look at: reported, held or flagged; one open case a row.

    A moderator sees of the row what its newest snapshot holds and nothing else beyond her audience. ``author`` is nobody
    where it stands under a pseudonym: a case never says who is behind a name.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    kind = models.CharField(max_length=20)
    origin = models.CharField(max_length=10, choices=Origin)
    held_because = models.CharField(max_length=12, blank=True)
    severity = models.PositiveSmallIntegerField(choices=Severity, default=Severity.LOW)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    forum = models.ForeignKey("forums.Forum", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    provinces = models.CharField(max_length=200, blank=True)  # codes between commas, ",53,51,": SQLite cannot ask a list
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    opened_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], condition=Q(closed_at=None), name="one_open_case_a_row"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="cases_of_a_row"),
            models.Index(F("severity").desc(), "opened_at", "id", name="cases_that_wait", condition=Q(closed_at=None)),
            models.Index("closed_at", name="cases_by_end", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Snapshot(models.Model):
    """A row as a reader saw it when it was reported, or as it was when it was held: what moderators judge.

    The same words are kept once. Gone ninety days after the case was closed.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="snapshots")
    digest = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    html = models.TextField(editable=False)
    note = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="the_same_words_once")]

    def __str__(self) -> str:
        return f"snapshot {self.pk}"


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: Any) -> "ReportQuerySet":
        """One's own; moderators read the others with their case."""
        return self.filter(policy.reports_visible_to(user))


class Report(models.Model):
    """That somebody thinks a row does harm, and why. Its author never learns who said so."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    snapshot = models.ForeignKey(Snapshot, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason)
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="one_report_a_person")]

    def __str__(self) -> str:
        return f"report {self.pk}"
