"""Who looks after an entry, who wishes to, and who asks the organisation something."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Organisation, User

from .. import policy
from .listing import Listing


class StewardshipQuerySet(models.QuerySet["Stewardship"]):
    def current(self) -> "StewardshipQuerySet":
        return self.filter(policy.is_current_stewardship())


class Stewardship(models.Model):
    """A task: somebody looks after the entry of an organisation, for a reason and until a day."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stewardships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stewardships")
    reason = models.TextField()
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], condition=Q(ended_at=None), name="one_open_stewardship"),
        ]

    def __str__(self) -> str:
        return f"stewardship {self.pk}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        return self.filter(policy.claims_visible_to(user))

    def waiting(self) -> "ClaimQuerySet":
        return self.filter(state=Claim.State.WAITING)


class Claim(models.Model):
    """Somebody's wish to look after an entry that nobody looks after."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        GRANTED = "granted", _("Granted")
        DECLINED = "declined", _("Declined")

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claims")
    reason = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.TextField(blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["listing", "person"], condition=Q(state="waiting"), name="one_waiting_claim")]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, user: Any) -> "InquiryQuerySet":
        return self.filter(policy.inquiries_visible_to(user))

    def unanswered(self) -> "InquiryQuerySet":
        return self.filter(answered_at=None)


class Inquiry(models.Model):
    """One question to an organisation through the platform, and its one answer: how to go on from there. No conversation."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="inquiries")
    asker = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="inquiries")
    text = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"
