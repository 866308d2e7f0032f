"""A topic: a question or a subject, and all that was said to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from .. import policy
from ..choices import POSTS_ON_A_PAGE
from .forum import Forum

# What stands in urls.py behind the number of a topic; a test holds them together.
RESERVED = frozenset("reply unread latest people outcome steer split merge restore".split())


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: Any) -> "TopicQuerySet":
        return self.filter(policy.topics_visible_to(user))

    def shown(self) -> "TopicQuerySet":
        """What its whole audience reads: neither waiting nor deleted nor merged into another."""
        return self.filter(held_at=None, hidden_at=None, merged_into=None)

    def left_without_a_beginning(self) -> "TopicQuerySet":
        """Those that wait for a first post which is gone by now: nothing but a moderator gives the answers back."""
        return self.filter(held_at__isnull=False, last_number__gt=1, posts__number=1, posts__hidden_at__isnull=False)

    def within(self, seen: Forum) -> "TopicQuerySet":
        """``shown`` of one forum that the viewer was found to see: her rights are not asked a second time."""
        return self.shown().filter(forum=seen)

    def newest_first(self) -> "TopicQuerySet":
        """Pinned ones first, then by their last post."""
        return self.order_by("-is_pinned", "-last_post_at", "-pk")

    def unscoped(self, reason: str) -> "TopicQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()


class Topic(models.Model):
    """A question or a subject in a forum, whose audience it has.

    ``last_number`` is the number of its last post, and so says how many pages it has; ``post_count`` counts those that
    can be read. Both change with the posts, in one transaction. ``starter`` is nobody where a pseudonym began it.
    """

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="topics")
    starter = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="started_topics")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    content_note = models.CharField(max_length=80, blank=True)
    mandate = models.JSONField(default=list, blank=True)
    service_scale = models.JSONField(default=list, blank=True)
    trafficking_forms = models.JSONField(default=list, blank=True)
    provinces = models.JSONField(default=list, blank=True)
    call_mandate = models.SlugField(max_length=40, blank=True)
    call_province = models.CharField(max_length=2, blank=True)
    is_pinned = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.ForeignKey("Post", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.TextField(blank=True)
    outcome_html = models.TextField(blank=True, editable=False)
    outcome_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    post_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    last_post_at = models.DateTimeField(default=timezone.now)

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "forum",
                models.F("is_pinned").desc(),
                models.F("last_post_at").desc(),
                models.F("id").desc(),
                name="topics_as_listed",
                condition=Q(held_at=None, hidden_at=None, merged_into=None),
            )
        ]

    def __str__(self) -> str:
        return f"topic {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.pk, self.slug])

    @property
    def is_shown(self) -> bool:
        """``TopicQuerySet.shown``, asked of one."""
        return self.held_at is None and self.hidden_at is None and self.merged_into_id is None

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def reply_count(self) -> int:
        return max(self.post_count - 1, 0)

    @property
    def page_count(self) -> int:
        return max(1, page_of(self.last_number))

    # What ``accounts.audiences.who_sees`` asks of every row: a topic is seen by the audience of its forum.
    @property
    def visibility(self) -> str:
        return self.forum.visibility


def page_of(number: int) -> int:
    """The page of a topic on which the post with this number stands."""
    return -(-number // POSTS_ON_A_PAGE)


def slug_of(title: str) -> str:
    """What an address says of a title; the number before it is what counts."""
    slug = slugify(title)[:70].strip("-")
    return f"topik-{slug}".rstrip("-") if not slug or slug in RESERVED else slug
