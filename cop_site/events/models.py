"""Events, their rooms, and the entries of a room's log."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import Shared, User

from . import policy
from .state import at_the_start


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventQuerySet":
        return self.filter(policy.events_visible_to(user))

    def newest_first(self) -> "EventQuerySet":
        return self.order_by("-starts_at", "-pk")


class Event(Shared):
    """A gathering: when it is, what it is about, and how many it holds. Its author convenes it."""

    slug = models.SlugField(max_length=60, unique=True)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    about_id = models.CharField(max_length=600)
    about_en = models.CharField(max_length=600, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
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
    def is_in_session(self) -> bool:
        return self.closed_at is None and self.starts_at <= timezone.now() < self.ends_at


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: Any) -> "RoomQuerySet":
        return self.filter(policy.rooms_visible_to(user))


class Room(models.Model):
    """Where people of an event talk: an append-only log. ``state`` is what its entries come to; a test holds them together."""

    class Kind(models.TextChoices):
        HALL = "hall", _("Hall")
        BACKSTAGE = "backstage", _("Backstage")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HALL)
    last_seq = models.PositiveIntegerField(default=0)
    acl_version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=at_the_start)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "kind"], name="one_room_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Entry(models.Model):
    """One thing said or done in a room. It never changes, but for words that were hidden: those are taken out of it."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    sender = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    client_id = models.UUIDField()
    digest = models.CharField(max_length=64)  # of what was sent: the same again is the same entry, anything else a conflict
    data = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="one_entry_per_number"),
            models.UniqueConstraint(fields=["room", "client_id"], name="one_entry_per_sending"),
        ]

    def __str__(self) -> str:
        return f"entry {self.seq}"

    def told(self) -> dict[str, Any]:
        """The entry as everybody in the room gets it."""
        actor = {"id": self.sender.handle, "name": self.sender.name} if self.sender else None
        at = self.at.isoformat(timespec="milliseconds")
        return {"type": "event", "seq": self.seq, "kind": self.kind, "at": at, "actor": actor, "data": self.data}
