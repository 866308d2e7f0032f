"""What readers make of practices: reports of having tried them, and reading lists."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Shared

from .. import evidence_policy, policy
from ..holding_policy import TAKEN
from .practice import Practice


class SaidByMembers(models.Model):
    """Words in one language that pass the personal-data guard, and pass it again when its rules change.

    What today's rules refuse is ``held_at``: only its author still reads it, until she has changed or withdrawn it.
    What moderators took is held as well; its ``screened_version`` is ``TAKEN``, so that no rule gives it back.
    """

    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    screened_version = models.CharField(max_length=12, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class AdaptationReportQuerySet(models.QuerySet["AdaptationReport"]):
    def visible_to(self, user: Any) -> "AdaptationReportQuerySet":
        """Never by more people than the practice that it is about."""
        shown = Practice.objects.visible_to(user).published()
        return self.filter(evidence_policy.adaptations_visible_to(user), practice__in=shown)

    def on_the_desk_of(self, user: Any) -> "AdaptationReportQuerySet":
        return self.visible_to(user).filter(evidence_policy.adaptations_on_the_desk_of(user))

    def that_support(self, practice: Practice) -> "AdaptationReportQuerySet":
        """What counts as evidence: accepted reports of others than its author, her organisations and its own; none that a moderator took away."""
        accepted = self.filter(practice=practice, state=AdaptationReport.State.ACCEPTED).exclude(organisation=practice.organisation_id)
        accepted = accepted.exclude(held_at__isnull=False, screened_version=TAKEN)
        if practice.author is None:
            return accepted
        hers = practice.author.memberships.current().values("organisation")
        return accepted.exclude(author=practice.author).exclude(organisation__in=hers)

    def unscoped(self, reason: str) -> "AdaptationReportQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()


class AdaptationReport(SaidByMembers):
    """“We have tried this”: the only evidence that a practice works elsewhere (rule r6). Read by whoever reads the practice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for review")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adaptation_reports")
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="adaptation_reports")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="adaptation_reports")
    service_scale = models.SlugField(max_length=40)
    province = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    outcome = models.SlugField(max_length=40)
    text = models.TextField()
    html = models.TextField(blank=True, editable=False)
    warn_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AdaptationReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"adaptation report {self.pk}"


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    def visible_to(self, user: Any) -> "ReadingListQuerySet":
        return self.filter(policy.reading_lists_visible_to(user))

    def unscoped(self, reason: str) -> "ReadingListQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()


class ReadingList(SaidByMembers, Shared):
    """Practices and documents that somebody put together for a purpose, in an order, each with a word why."""

    slug = models.SlugField(max_length=110, unique=True)
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    public_asked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ReadingListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"reading list {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("reading-list", args=[self.slug])


class ReadingListEntryQuerySet(models.QuerySet["ReadingListEntry"]):
    def visible_to(self, user: Any) -> "ReadingListEntryQuerySet":
        """Those whose practice stands on the shelf for ``user``; asked within a list that she may see."""
        return self.filter(practice__in=Practice.objects.visible_to(user).published())


class ReadingListEntry(models.Model):
    """A practice in a reading list; shown only to those who may see the practice as well."""

    reading_list = models.ForeignKey(ReadingList, on_delete=models.CASCADE, related_name="entries")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ReadingListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["reading_list", "practice"], name="practice_once_per_reading_list")]

    def __str__(self) -> str:
        return f"entry {self.pk}"
