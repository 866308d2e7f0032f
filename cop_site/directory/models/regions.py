"""What is known of regions: what they have in place, and where somebody looked and found nobody."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cop_site.accounts.models import Level, User

from .. import policy
from ..choices import SURVEY_HOLDS


class StatementQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "StatementQuerySet":
        return self.filter(policy.coverage_visible_to(user))


class Statement(models.Model):
    """Something that somebody found out about a region: with its source and its day."""

    source = models.CharField(max_length=300)
    as_of = models.DateField()
    visibility = models.CharField(
        max_length=10, choices=[(level.value, level.label) for level in (Level.PUBLIC, Level.NETWORK)], default=Level.NETWORK
    )
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = StatementQuerySet.as_manager()

    class Meta:
        abstract = True


class Coverage(Statement):
    """That a province or district has an instrument (``coverage_instrument``), in which state (``coverage_status``), as of a day.

    Of several about the same the newest day holds; the older ones stay as its history. No row means: not known.
    """

    province = models.CharField(max_length=2)
    regency = models.CharField(max_length=5, blank=True)
    instrument = models.SlugField(max_length=40)
    status = models.SlugField(max_length=40)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-as_of", "-pk"]
        indexes = [models.Index(fields=["province", "regency", "instrument", "-as_of"], name="coverage_newest")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.regency or self.province}"


class SurveyQuerySet(StatementQuerySet):
    def in_force(self, on: date | None = None) -> "SurveyQuerySet":
        """Those not older than two years."""
        return self.filter(as_of__gt=(on or timezone.localdate()) - SURVEY_HOLDS)


class Survey(Statement):
    """That somebody looked who works in a province, or at a scale, on one group of mandates or on all ("").

    It is what makes a cell without organisations say "nobody" instead of "not yet known".
    """

    province = models.CharField(max_length=2, blank=True)
    scale = models.SlugField(max_length=40, blank=True)
    mandate_group = models.SlugField(max_length=40, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(province="") ^ Q(scale=""), name="survey_of_a_province_or_a_scale"),
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}"
