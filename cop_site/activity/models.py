"""The journal and what must follow from its entries."""

from typing import Any, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from .verbs import SUBJECTS, all_verbs


class JournalQuerySet(models.QuerySet):
    """A journal can be read and added to, nothing else."""

    def update(self, **changes: Any) -> NoReturn:
        raise TypeError("The journal never changes.")

    def delete(self) -> NoReturn:
        raise TypeError("The journal never changes.")


class Activity(models.Model):
    """One thing that somebody did, for good.

    ``facts`` are ids and choices, never members' words. ``reason`` is what an office-holder wrote down to justify
    the deed; only auditors and the person concerned read it.
    """

    verb = models.CharField(max_length=40, choices=all_verbs)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activities")
    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    facts = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("The journal never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("The journal never changes.")

    @property
    def subject_kind(self) -> str:
        """What it happened to, in a word that readers know."""
        return str(SUBJECTS.get(self.subject_type.model, self.subject_type.model))


class Seal(models.Model):
    """That an activity stood in the journal as it did, and after which other: a link of a chain.

    Whoever changes or removes an activity past the site breaks the chain from there on (``sealing.verify``). Links are
    added a moment after the deeds, so that no deed waits for another.
    """

    place = models.PositiveBigIntegerField(primary_key=True)  # from 1, without gaps
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = JournalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.place}:{self.digest}"


class Delivery(models.Model):
    """That one listener must hear of one activity; written with it, worked off by the runner."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        PARKED = "parked"

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="deliveries")
    listener = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "listener"], name="one_delivery_per_listener")]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.listener} {self.activity_id}"


class Deed(models.Model):
    """That a form with this key was carried out, and what came of it: a second sending gets the first result."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.UUIDField()
    name = models.CharField(max_length=80)
    result_type = models.ForeignKey(ContentType, null=True, on_delete=models.CASCADE)
    result_id = models.PositiveBigIntegerField(null=True)
    result = GenericForeignKey("result_type", "result_id")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_deed_per_key")]

    def __str__(self) -> str:
        return f"{self.name} {self.key}"

    def remember(self, result: models.Model | None) -> None:
        """Keep what the deed returned."""
        if result is not None:
            self.result = result
            self.save(update_fields=["result_type", "result_id"])
