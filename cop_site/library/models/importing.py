"""Files of records that the secretariat brings in: what was looked at, what was done, line by line."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Level

from .. import carrying_policy
from .practice import Practice


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: Any) -> "ImportRunQuerySet":
        return self.filter(carrying_policy.import_runs_visible_to(user))


class ImportRun(models.Model):
    """One file that came in: first only looked at, then brought in at its bringer's word. What it came to is kept, its words are not."""

    class State(models.TextChoices):
        LOOKING = "looking", _("Being looked through")
        READY = "ready", _("Waits for your word")
        RUNNING = "running", _("Being brought in")
        DONE = "done", _("Brought in")
        DROPPED = "dropped", _("Let go")
        STOPPED = "stopped", _("Stopped")

    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="import_runs")
    ending = models.CharField(max_length=5)
    level = models.CharField(max_length=10, choices=Level)
    is_published = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.LOOKING)
    received_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return f"import {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("import-run", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in {self.State.LOOKING, self.State.RUNNING}


class ImportLine(models.Model):
    """One line of such a file. ``told`` and ``said`` are its words: they go when the run has ended, or after a day."""

    class Outcome(models.TextChoices):
        CREATED = "created", _("New")
        UPDATED = "updated", _("Changed")
        UNCHANGED = "unchanged", _("Unchanged")
        HELD = "held", _("Held back")
        REFUSED = "refused", _("Not taken in")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=31, blank=True)
    told = models.TextField(blank=True)
    external_id = models.CharField(max_length=100, blank=True)
    outlook = models.CharField(max_length=9, choices=Outcome, blank=True)  # what would become of it
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)  # what became of it
    types = models.JSONField(default=list)  # of personal data that keep it back
    warned = models.JSONField(default=list)  # of what the guard warns about
    reason = models.CharField(max_length=240, blank=True)
    named = models.JSONField(default=dict)
    said = models.TextField(blank=True)
    practice = models.ForeignKey(Practice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "number"], name="once_per_line_of_an_import")]
        indexes = [
            models.Index(fields=["run", "outlook"]),
            models.Index(fields=["run", "outcome"]),
            models.Index(fields=["run", "external_id"]),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of import {self.run_id}"
