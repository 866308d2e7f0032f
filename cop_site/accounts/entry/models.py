"""Rows of the door: the code of the first start, invitations, editions of what is agreed to, and who accepted which."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..asking import written_once
from . import policy

FIRST_EDITION = 1


class SetUpCode(models.Model):
    """The one-time code of a site without a secretariat; only its hash is kept."""

    hash = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"set-up code {self.pk}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: Any) -> "InvitationQuerySet":
        return self.filter(policy.invitations_visible_to(user))

    def waiting(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """That somebody with this address may come in, as what and with whom. The address is forgotten once they have."""

    email = models.EmailField(blank=True)
    role = models.CharField(max_length=12)
    organisation = models.ForeignKey("accounts.Organisation", null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitation")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def state(self) -> str:
        """``waiting``, ``accepted``, ``withdrawn`` or ``expired``."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "waiting" if self.expires_at > timezone.now() else "expired"


class Document(models.TextChoices):
    """What everybody accepts before they write."""

    CONDUCT = "code-of-conduct", _("Code of conduct")
    ADULT = "adult", _("18 or older")
    SAFETY = "safety-briefing", _("Safety briefing")


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self, document: str) -> int:
        """The newest edition of a document."""
        return self.filter(document=document).aggregate(newest=Max("number"))["newest"] or FIRST_EDITION


class Edition(models.Model):
    """That a document was changed so much that everybody is asked again; before the first of these rows it is edition 1."""

    document = models.CharField(max_length=20, choices=Document)
    number = models.PositiveSmallIntegerField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_edition_per_number")]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def missing_of(self, person: Any) -> list[str]:
        """The documents that ``person`` has not accepted as they are in force, in the order in which they are asked."""
        accepted = set(_accepted(person))
        return [document for document in Document.values if document not in accepted]


@written_once
def _accepted(person: Any) -> models.QuerySet["Acceptance", str]:
    newest = Edition.objects.filter(document=OuterRef("document")).order_by("-number").values("number")[:1]
    in_force = Coalesce(Subquery(newest), FIRST_EDITION)
    return Acceptance.objects.filter(person=person.pk, version__gte=in_force).values_list("document", flat=True)


class Acceptance(models.Model):
    """That a person accepted a document in one edition."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acceptances")
    document = models.CharField(max_length=20, choices=Document)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "document", "version"], name="once_per_edition")]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"
