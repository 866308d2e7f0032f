"""Posts, what became of them, and what readers say to them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from .. import policy
from ..choices import Held, Reacted
from .sealed import Pseudonym
from .topic import Topic


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, user: Any) -> "PostQuerySet":
        """Whose words ``user`` may read; one's own waiting posts too."""
        return self.filter(policy.posts_visible_to(user), topic__in=Topic.objects.visible_to(user))

    def tombstones_visible_to(self, user: Any) -> "PostQuerySet":
        """Places of posts whose words are gone for ``user``: that there was one, and nothing of it."""
        return self.filter(policy.tombstones_visible_to(user), topic__in=Topic.objects.visible_to(user)).defer(*Post.WORDS)

    def within(self, seen: Topic | int, user: Any) -> "PostQuerySet":
        """``visible_to`` within one topic that ``user`` was found to see: it is not asked a second time."""
        return self.filter(policy.posts_visible_to(user), topic=seen)

    def tombstones_within(self, seen: Topic, user: Any) -> "PostQuerySet":
        """``tombstones_visible_to``, asked likewise."""
        return self.filter(policy.tombstones_visible_to(user), topic=seen).defer(*Post.WORDS)

    def shown(self) -> "PostQuerySet":
        """What the whole audience reads."""
        return self.filter(held_at=None, hidden_at=None, number__isnull=False)

    def unscoped(self, reason: str) -> "PostQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()


class Post(models.Model):
    """What somebody said in a topic.

    ``number`` is its place among all posts of the topic, from 1 and without gaps; one that waits before anybody read it
    has none yet, and gets the next when it is let through: so nobody can tell that something waits. A deleted post keeps
    its place. Under a pseudonym ``author`` is nobody (docs/decisions/011-sealed-identity.md).
    """

    WORDS = ("source", "html", "content_note")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="posts")
    pseudonym = models.ForeignKey(Pseudonym, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    source = models.TextField()
    html = models.TextField(editable=False)
    content_note = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_because = models.CharField(max_length=12, choices=Held, blank=True)
    warn_reason = models.TextField(blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by_author = models.BooleanField(default=False)
    screened_version = models.CharField(max_length=12, blank=True)
    thanks = models.PositiveIntegerField(default=0)
    us_too = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    file_count = models.PositiveSmallIntegerField(default=0)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="one_post_per_place")]
        indexes = [models.Index("held_at", name="posts_that_wait", condition=models.Q(held_at__isnull=False))]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("post", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        """``PostQuerySet.shown``, asked of one."""
        return self.held_at is None and self.hidden_at is None and self.number is not None

    @property
    def begins(self) -> bool:
        """Whether the topic begins with it: then the title is read with it, and the topic waits and goes with it."""
        return self.number == 1 or (self.number is None and self.topic.last_number == 0)

    @property
    def said_by(self) -> str:
        """The name it stands under; empty where its author is gone."""
        return self.pseudonym.name if self.pseudonym else (self.author.name if self.author else "")


class PostVersion(models.Model):
    """What a post said before it was edited; read by whoever reads the post, and gone with it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    source = models.TextField()
    html = models.TextField(editable=False)
    content_note = models.CharField(max_length=80, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at", "-pk"]

    def __str__(self) -> str:
        return f"version {self.pk}"


class Mention(models.Model):
    """That a post names a person who may read it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class Reaction(models.Model):
    """A word of thanks, of company or of use; who said it is for nobody but themselves."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Reacted)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person", "kind"], name="reacted_once")]

    def __str__(self) -> str:
        return f"reaction {self.pk}"


class PostFile(models.Model):
    """A file that hangs on one post, and is had by whoever reads that post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("files.StoredFile", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"file of post {self.post_id}"
