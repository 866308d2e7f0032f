"""The wish to join."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import policy
from .people import Role, User


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        return self.filter(policy.applications_visible_to(user))

    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.WAITING)


class Application(models.Model):
    """Someone's wish to join: who they work with, as what, and why. Seen by themselves and the secretariat."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        WAITING = "waiting", _("Waiting")
        ADMITTED = "admitted", _("Admitted")
        DECLINED = "declined", _("Declined")

    REQUESTABLE = [Role.MEMBER, Role.RESEARCHER, Role.OBSERVER]

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="application")
    organisation_name = models.CharField(max_length=160)
    requested_role = models.CharField(max_length=12, choices=Role)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    applied_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_applications")
    answer = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"application {self.pk}"
