"""Who comes to an event, who was asked to, and who reads her events in a calendar of her own."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

from .. import policy
from .event import Event


class EventInvitation(models.Model):
    """That somebody was asked to come: an event of the network is seen by observers and researchers through this alone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="invited_once")]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        return self.filter(policy.registrations_visible_to(user))

    def coming(self) -> "RegistrationQuerySet":
        """Those who have a seat, in the order in which they came."""
        return self.filter(is_waiting=False).order_by("pk")

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list: the first moves up first."""
        return self.filter(is_waiting=True).order_by("pk")


class Registration(models.Model):
    """That somebody comes to an event, or waits for a seat. Whoever leaves it leaves no row.

    Scale and mandates are those of the directory at that moment. What she ``needs`` is read by those who look after
    the event. It is forgotten 30 days after its end, and with it what she offered to do and was named for in groups.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="registrations")
    is_waiting = models.BooleanField(default=False)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="id")
    needs = models.CharField(max_length=400, blank=True)
    scale = models.CharField(max_length=60, blank=True)
    mandates = models.JSONField(default=list)
    would_facilitate = models.BooleanField(default=False)
    would_take_notes = models.BooleanField(default=False)
    is_facilitator = models.BooleanField(default=False)
    is_note_taker = models.BooleanField(default=False)
    agreed_at = models.DateTimeField(default=timezone.now)
    has_attended = models.BooleanField(default=False)
    certificate = models.CharField(max_length=20, blank=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="registered_once"),
            models.UniqueConstraint(fields=["certificate"], condition=~models.Q(certificate=""), name="one_certificate_per_code"),
        ]
        indexes = [models.Index("event", "is_waiting", "id", name="seats_of_an_event")]

    def __str__(self) -> str:
        return f"registration {self.pk}"


class CalendarFeed(models.Model):
    """The address under which somebody's calendar reads her events; of the word in it only the digest is kept."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @staticmethod
    def digest_of(word: str) -> str:
        """What is kept of a word."""
        return sha256(word.encode()).hexdigest()
