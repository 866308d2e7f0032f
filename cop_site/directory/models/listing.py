"""An organisation's entry: what it does, where, for whom, and how it is reached."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from cop_site.accounts.models import Level, Organisation, User

from .. import policy
from ..choices import ASKED_EVERY, STALE_AFTER, Capacity, ChannelKind

CHECKED = ("berdokumen", "ditelaah-sejawat", "diperiksa-luar")  # of the vocabulary verification_level: somebody else looked


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, user: Any) -> "ListingQuerySet":
        return self.filter(policy.listings_visible_to(user))

    def listed(self) -> "ListingQuerySet":
        """Those that stand in the directory."""
        return self.filter(organisation__is_listed=True)

    def stale(self, at: datetime | None = None) -> "ListingQuerySet":
        """Those of which nobody has said for too long that they are right."""
        return self.filter(Q(confirmed_at=None) | Q(confirmed_at__lte=(at or timezone.now()) - STALE_AFTER))

    def fresh(self, at: datetime | None = None) -> "ListingQuerySet":
        return self.filter(confirmed_at__gt=(at or timezone.now()) - STALE_AFTER)

    def by_name(self) -> "ListingQuerySet":
        return self.order_by("organisation__name", "pk")


class Listing(models.Model):
    """What one organisation says of itself in the directory.

    It has no field for an address, and none of its texts may hold one: where people are sheltered is stored nowhere.
    ``provinces`` and ``regencies`` are Kemendagri codes of the regions served (a district's province is among the provinces),
    ``countries`` ISO 3166-1 codes. Who sees it hangs on ``organisation.visibility``.
    """

    # Public is a separate act. Its own people always see it; somebody has to look after the whole, so the secretariat does too.
    LEVELS = (Level.NETWORK, Level.STEWARDS)

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="listing")
    about_id = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    offers_id = models.TextField(blank=True)
    offers_en = models.TextField(blank=True)
    sector_5k = models.JSONField(default=list, blank=True)
    service_scale = models.JSONField(default=list, blank=True)
    mandate = models.JSONField(default=list, blank=True)
    provinces = models.JSONField(default=list, blank=True)
    regencies = models.JSONField(default=list, blank=True)
    countries = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    target_group = models.JSONField(default=list, blank=True)
    capacity = models.CharField(max_length=8, choices=Capacity, blank=True)
    capacity_until = models.DateField(null=True, blank=True)
    hours = models.CharField(max_length=160, blank=True)
    links = models.JSONField(default=list, blank=True)
    has_conflict = models.BooleanField(default=False)
    conflict_note = models.CharField(max_length=300, blank=True)
    logo = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    verification = models.SlugField(max_length=20, default="klaim-sendiri")
    verified_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    public_asked_at = models.DateTimeField(null=True, blank=True)
    public_asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    suggested_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    screened_version = models.CharField(max_length=20, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ListingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"listing {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.organisation.slug])

    @property
    def about(self) -> str:
        """What it does, in the reader's language, else in the other."""
        return self._told("about")

    @property
    def offers(self) -> str:
        """What one gets there, in the reader's language, else in the other."""
        return self._told("offers")

    def language_of(self, name: str) -> str:
        """The language in which ``about`` or ``offers`` is shown."""
        wished = "en" if get_language() == "en" else "id"
        return wished if getattr(self, f"{name}_{wished}") else ({"id", "en"} - {wished}).pop()

    def _told(self, name: str) -> str:
        return getattr(self, f"{name}_{self.language_of(name)}")

    @property
    def is_stale(self) -> bool:
        """Whether nobody has said for 210 days that it is right: asked after 180, no answer within 30."""
        return self.confirmed_at is None or self.confirmed_at <= timezone.now() - STALE_AFTER

    @property
    def is_due(self) -> bool:
        """Whether it is time to ask."""
        return self.confirmed_at is None or self.confirmed_at <= timezone.now() - ASKED_EVERY

    @property
    def silent_days(self) -> int | None:
        """Days since somebody said that it is right; None where nobody ever did."""
        return (timezone.now() - self.confirmed_at).days if self.confirmed_at else None

    @cached_property
    def is_looked_after(self) -> bool:
        """Whether it has a steward; asked once for each time that it was read."""
        return self.organisation.stewardships.current().exists()  # type: ignore[attr-defined]

    @property
    def is_verified(self) -> bool:
        """Whether somebody else has checked it."""
        return self.verification in CHECKED

    @property
    def capacity_now(self) -> str:
        """The capacity, unless the day until which it was said to hold is over."""
        return "" if self.capacity_until and self.capacity_until < timezone.localdate() else self.capacity

    @property
    def is_full(self) -> bool:
        return self.capacity_now in {Capacity.FULL, Capacity.PAUSED}


class RevisionQuerySet(models.QuerySet["ListingRevision"]):
    def visible_to(self, user: Any) -> "RevisionQuerySet":
        return self.filter(policy.revisions_visible_to(user))


class ListingRevision(models.Model):
    """What an entry said from one change to the next; the newest is what it says now."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["listing", "number"], name="one_listing_revision_per_number")]

    def __str__(self) -> str:
        return f"revision {self.number} of listing {self.listing_id}"


class ChannelQuerySet(models.QuerySet["ContactChannel"]):
    def visible_to(self, user: Any) -> "ChannelQuerySet":
        return self.filter(policy.channels_visible_to(user))


class ContactChannel(models.Model):
    """One way to reach an organisation, with its own level: a number for members need not be a number for everybody."""

    LEVELS = (Level.PUBLIC, Level.NETWORK, Level.ORGANISATION, Level.STEWARDS)

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    value = models.CharField(max_length=200)
    note_id = models.CharField(max_length=120, blank=True)
    note_en = models.CharField(max_length=120, blank=True)
    visibility = models.CharField(max_length=10, choices=Level, default=Level.NETWORK)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def href(self) -> str:
        """What a tap on it opens."""
        digits = "".join(sign for sign in self.value if sign.isdigit() or sign == "+")
        if self.kind == ChannelKind.WHATSAPP:
            digits = digits.lstrip("+")
            return f"https://wa.me/62{digits[1:]}" if digits.startswith("0") else f"https://wa.me/{digits}"
        return {ChannelKind.PHONE: f"tel:{digits}", ChannelKind.EMAIL: f"mailto:{self.value}"}.get(self.kind, self.value)  # type: ignore[call-overload]

    @property
    def is_elsewhere(self) -> bool:
        """Whether it leads to another site."""
        return self.kind not in {ChannelKind.PHONE, ChannelKind.EMAIL}

    @property
    def note(self) -> str:
        """When or for what it is, in the reader's language, else in the other."""
        return (self.note_en if get_language() == "en" else self.note_id) or self.note_id or self.note_en


class FormerAddress(models.Model):
    """The address of an entry that was merged into another: whoever kept it is led there."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return f"former address {self.pk}"


class Unwanted(models.Model):
    """That an organisation does not want to stand in the directory: neither a form nor an import brings it back."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="unwanted")
    reason = models.TextField()
    asked_on = models.DateField(default=timezone.localdate)
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"unwanted {self.pk}"
