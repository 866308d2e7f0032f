"""Organisations as identities, and who belongs to them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .. import policy
from .people import Level, User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        return self.filter(policy.organisations_visible_to(user))

    def joined_by(self, user: Any) -> "OrganisationQuerySet":
        """Those in which ``user`` has a current membership."""
        return self.filter(pk__in=policy.organisations_of(user))


class Organisation(models.Model):
    """An organisation of the network as an identity; what it tells the world is the directory's.

    An unlisted one is known by name only: someone named it at sign-up or in an import, and nobody has checked it yet.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=30, blank=True)
    kind = models.SlugField(max_length=40, default="lainnya")
    is_listed = models.BooleanField(default=False)
    visibility = models.CharField(max_length=10, choices=Level, default=Level.NETWORK)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        return self.filter(policy.is_current_membership(on))


class Membership(models.Model):
    """That a person belongs to an organisation, from one day to another."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], condition=Q(ended_on=None), name="one_open_membership")]

    def __str__(self) -> str:
        return f"membership {self.pk}"
