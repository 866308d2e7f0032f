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
from .marks import new_salt
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


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: Any) -> "RoomQuerySet":
        return self.filter(policy.rooms_visible_to(user))


class Room(models.Model):
    """Where people of an event talk: an append-only log. ``state`` is what its entries come to, but for the cards, which are rows of their own.

    Where a room is ``is_unattributed`` (*tanpa atribusi*) what is said in it stands under no name. ``salt`` makes the marks by which
    it knows authors again (``marks``); with the salt, all marks go when the room closes.
    """

    class Kind(models.TextChoices):
        HALL = "hall", _("Hall")
        BACKSTAGE = "backstage", _("Backstage")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HALL)
    last_seq = models.PositiveIntegerField(default=0)
    acl_version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=at_the_start)
    is_unattributed = models.BooleanField(default=False)
    salt = models.CharField(max_length=43, default=new_salt, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], condition=models.Q(kind__in=["hall", "backstage"]), name="one_room_of_a_kind")
        ]

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


class Mark(models.Model):
    """Under which mark an entry without a sender was said: nobody reads it, a room compares it. Gone when the room closes."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    seq = models.PositiveIntegerField()
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_mark_per_entry")]

    def __str__(self) -> str:
        return f"mark of entry {self.seq}"


class Silence(models.Model):
    """Somebody who says nothing more in a room until it closes, known by the mark alone."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "mark"], name="silent_once")]

    def __str__(self) -> str:
        return "silence"


class Card(models.Model):
    """A metaplan card (*kartu*) on a room's board, as its entries have left it; ``seq`` of its ``card.add`` is its number in the room."""

    class Kind(models.TextChoices):
        PRACTICE = "praktik", _("Practice")
        CHALLENGE = "tantangan", _("Challenge")
        NEED = "kebutuhan", _("Need")
        LESSON = "pelajaran", _("Lesson")
        RECOMMENDATION = "rekomendasi", _("Recommendation")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="cards")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    column = models.CharField(max_length=12, choices=Kind)
    cluster = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    votes = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_card_per_number")]

    def __str__(self) -> str:
        return f"card {self.seq}"

    def told(self) -> dict[str, Any]:
        """The card as it stands in a room's state."""
        by = {"id": self.author.handle, "name": self.author.name} if self.author else None
        names = ("kind", "column", "cluster", "text", "version", "votes")
        return {"id": self.seq, **{name: getattr(self, name) for name in names}, "by": by}


class CardVote(models.Model):
    """That somebody, known by a mark alone, found a card important. Gone when the room closes; the count stays on the card."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "mark"], name="one_vote_per_card")]

    def __str__(self) -> str:
        return "vote"
