"""Events and the steps of their agenda."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Circle, Shared

from .. import policy


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventQuerySet":
        return self.filter(policy.events_visible_to(user))

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-starts_at", "-pk")


class Event(Shared):
    """A gathering: when and where it is, what it is about, and how many it holds. Its author convenes it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Announced")
        CANCELLED = "cancelled", _("Cancelled")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    slug = models.SlugField(max_length=60, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PUBLISHED)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    about_id = models.CharField(max_length=600)
    about_en = models.CharField(max_length=600, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = models.CharField(max_length=20, choices=Zone, default=Zone.WIB)
    province = models.CharField(max_length=2, blank=True)
    regency = models.CharField(max_length=8, blank=True)
    place = models.CharField(max_length=160, blank=True)
    video_link = models.URLField(max_length=300, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    participants = models.OneToOneField(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="gathering")
    capacity = models.PositiveIntegerField(default=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="events_end_after_they_start")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the other."""
        return (self.name_en if get_language() == "en" else self.name_id) or self.name_id

    @property
    def about(self) -> str:
        """What it is about, in the reader's language, else in the other."""
        return (self.about_en if get_language() == "en" else self.about_id) or self.about_id

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_over(self) -> bool:
        """Its time has passed, or its hall was closed before."""
        return self.closed_at is not None or self.ends_at <= timezone.now()

    @property
    def is_in_session(self) -> bool:
        return self.status == self.Status.PUBLISHED and self.starts_at <= timezone.now() and not self.is_over


class AgendaStep(models.Model):
    """One step of an event's agenda, in both languages; a room's pointer names it by its place, which begins at 1."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["event", "place"], name="one_step_at_a_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The step in the reader's language, else in the other."""
        return (self.name_en if get_language() == "en" else self.name_id) or self.name_id
