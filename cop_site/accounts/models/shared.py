"""What every row has that members make."""

from django.db import models

from .circles import Circle
from .organisations import Organisation
from .people import Level, User


class Shared(models.Model):
    """What every row has that members make: who wrote it, for whom it stands, and who may see it."""

    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    visibility = models.CharField(max_length=10, choices=Level, default=Level.NETWORK)

    class Meta:
        abstract = True
