"""Circles: groups of people who may see what is shared with them."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from .. import policy
from .people import User


class CircleQuerySet(models.QuerySet["Circle"]):
    def visible_to(self, user: Any) -> "CircleQuerySet":
        return self.filter(policy.circles_visible_to(user))


class Circle(models.Model):
    """A group of people who may see what is shared with it: made for a purpose, with an owner and an end."""

    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    purpose_id = models.TextField()
    purpose_en = models.TextField(blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_circles")
    ends_on = models.DateField()
    members = models.ManyToManyField(User, through="CircleMembership", related_name="circles")

    objects = CircleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the other."""
        return (self.name_en if get_language() == "en" else self.name_id) or self.name_id

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language, else in the other."""
        return (self.purpose_en if get_language() == "en" else self.purpose_id) or self.purpose_id

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()


class CircleMembershipQuerySet(models.QuerySet["CircleMembership"]):
    def visible_to(self, user: Any) -> "CircleMembershipQuerySet":
        """Of circles that ``user`` sees, those of whom she may read that they are in them."""
        return self.filter(policy.circle_people_visible_to(user))


class CircleMembership(models.Model):
    """That a person belongs to a circle."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="circle_memberships")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="circle_memberships")
    since = models.DateTimeField(default=timezone.now)

    objects = CircleMembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "circle"], name="once_per_circle")]

    def __str__(self) -> str:
        return f"circle membership {self.pk}"
