"""A forum: a place for one kind of question, with an audience."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from cop_site.accounts.models import Shared

from .. import policy
from ..choices import Starters


class ForumQuerySet(models.QuerySet["Forum"]):
    def visible_to(self, user: Any) -> "ForumQuerySet":
        return self.filter(policy.forums_visible_to(user))

    def open(self) -> "ForumQuerySet":
        return self.filter(archived_at=None)

    def in_order(self) -> "ForumQuerySet":
        """Open ones first, in the order that the secretariat gave them."""
        return self.order_by(models.F("archived_at").asc(nulls_first=True), "position", "pk")


class Forum(Shared):
    """A place for one kind of question. Its level is that of all that is written in it; its author made it.

    The counts are of what its whole audience reads: neither what waits nor what was taken away.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_id = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=300)
    about_en = models.CharField(max_length=300, blank=True)
    starters = models.CharField(max_length=12, choices=Starters, default=Starters.MEMBERS)
    allows_pseudonyms = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)
    archived_at = models.DateTimeField(null=True, blank=True)
    topic_count = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    last_topic = models.ForeignKey("Topic", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ForumQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum", args=[self.slug])

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the other."""
        return (self.name_en if get_language() == "en" else self.name_id) or self.name_id

    @property
    def about(self) -> str:
        """What it is for, in the reader's language, else in the other."""
        return (self.about_en if get_language() == "en" else self.about_id) or self.about_id

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
