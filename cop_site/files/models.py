"""Rows about files; the bytes lie outside the web root, under a name that tells nothing."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .kinds import EXTENSIONS, KINDS


class StoredFile(models.Model):
    """A cleaned file that somebody uploaded. Whose it is and who may have it, the row that lists it says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def kind(self) -> str:
        """The ending of its name: what it is, in the letters people know."""
        return EXTENSIONS[self.media_type]

    @property
    def is_picture(self) -> bool:
        return KINDS[self.kind].is_picture
