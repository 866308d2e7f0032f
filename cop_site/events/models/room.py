"""Rooms, the entries of their logs, and the marks by which a room knows authors again."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cop_site.accounts.models import User

from .. import policy
from ..marks import new_salt
from ..state import at_the_start
from .event import Event


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
        GROUP = "group", _("Group")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HALL)
    round = models.ForeignKey("events.Round", null=True, on_delete=models.CASCADE, related_name="rooms")  # of a group
    number = models.PositiveSmallIntegerField(default=0)  # of a group in its round
    last_seq = models.PositiveIntegerField(default=0)
    acl_version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=at_the_start)
    is_unattributed = models.BooleanField(default=False)
    salt = models.CharField(max_length=43, default=new_salt, editable=False)
    later_until = models.DateTimeField(null=True, blank=True)  # once the live part is over: so long one still answers in it
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind"], condition=models.Q(kind__in=["hall", "backstage"]), name="one_room_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.closed_at is None and self.later_until is None

    @property
    def takes_answers(self) -> bool:
        """Whether one votes and writes cards in it: as long as it is live, and some days after."""
        return self.closed_at is None and not policy.is_due(self, timezone.now())

    @property
    def is_answered_later(self) -> bool:
        """Whether the live part is over and one still answers."""
        return self.later_until is not None and self.takes_answers


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

    def redact(self, at: datetime) -> None:
        """Take the words out of the row itself: no cursor, however old, brings them back."""
        self.data, self.redacted_at = {**self.data, "text": "", "html": "", "is_hidden": True}, at
        self.save(update_fields=["data", "redacted_at"])


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


class Taken(models.Model):
    """That a sending which leaves no entry was done, so that the same again is not done twice. It says neither who sent it nor what it said."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "client_id"], name="taken_once")]

    def __str__(self) -> str:
        return "taken"
