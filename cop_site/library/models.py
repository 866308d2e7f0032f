"""What the library holds: practices, in the fields of the practice template."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from cop_site.accounts.models import Shared
from cop_site.vocabulary import selectors as words

from . import policy


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_visible_to(user))

    def on_the_desk_of(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_on_the_desk_of(user))

    def on_the_safety_desk_of(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_on_the_safety_desk_of(user))

    def withdrawn_and_told_to(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.tombstones_visible_to(user))

    def unscoped(self, reason: str) -> "PracticeQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()

    def published(self) -> "PracticeQuerySet":
        return self.filter(live=True).exclude(state=Practice.State.WITHDRAWN)

    def for_lists(self) -> "PracticeQuerySet":
        return self.select_related("organisation")


class Practice(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, Shared):
    """A good practice, case study, lesson or innovation that somebody shares.

    ``state`` is where its newest revision stands; ``live`` (Wagtail's) says whether readers see the published one.
    Fields with several choices hold slugs; ``library.template`` and the vocabulary say which are allowed.
    ``html`` holds the clean HTML of each long text, written with the text (docs/decisions/002-members-words.md).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for review")
        CHANGES_ASKED = "changes-asked", _("Changes asked for")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    slug = models.SlugField(max_length=110, unique=True)
    external_id = models.CharField(max_length=100, unique=True, null=True, blank=True)
    language = models.CharField(max_length=2, choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id")
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    is_imported = models.BooleanField(default=False)

    title = models.CharField(max_length=240)
    summary = models.TextField(blank=True)
    document_kind = models.SlugField(max_length=40)
    practice_type = models.JSONField(default=list, blank=True)
    organisation_hidden = models.BooleanField(default=False)
    service_scale = models.JSONField(default=list, blank=True)
    mandate = models.JSONField(default=list, blank=True)
    provinces = models.JSONField(default=list, blank=True)
    regencies = models.JSONField(default=list, blank=True)
    location_precision = models.SlugField(max_length=20, default="provinsi")
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    context = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    trafficking_form = models.JSONField(default=list, blank=True)
    target_group = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    results = models.TextField(blank=True)
    outcome = models.SlugField(max_length=40, blank=True)
    evidence_level = models.SlugField(max_length=40, blank=True)
    what_failed = models.TextField(blank=True)
    lessons = models.JSONField(default=list, blank=True)
    contact_route = models.SlugField(max_length=20, default="lewat-sekretariat")
    consent_status = models.SlugField(max_length=40, blank=True)
    consent_declaration = models.JSONField(default=list, blank=True)
    survivor_involvement = models.SlugField(max_length=40, blank=True)
    children_involved = models.BooleanField(null=True, blank=True)
    safeguarding = models.TextField(blank=True)
    sensitivity = models.SlugField(max_length=20, default="terbatas")
    licence = models.CharField(max_length=30, default="cc-by-sa-4.0")
    html = models.JSONField(default=dict, blank=True, editable=False)

    wants_public = models.BooleanField(default=False)
    public_asked_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["live", "visibility"]), models.Index(fields=["state"])]

    # A revision holds what the author writes. Who may see the row, and where it stands, is the row's alone: an old
    # revision must not widen an audience.
    OUTSIDE_REVISIONS = frozenset(
        "visibility circle organisation author state slug external_id is_imported wants_public public_asked_at submitted_at"
        " withdrawn_at withdrawal_reason created_at".split()
    )

    def __str__(self) -> str:
        """Kind and number: this stands in Wagtail's log, which must hold no words of members."""
        return f"practice {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.slug])

    def with_content_json(self, content: dict[str, Any]) -> "Practice":
        """The row as a revision has it; audience and state are today's."""
        revised = super().with_content_json(content)
        for name in self.OUTSIDE_REVISIONS:
            setattr(revised, self._meta.get_field(name).attname, getattr(self, self._meta.get_field(name).attname))
        return revised

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "library/practice_detail.html"

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def evidence_order(self) -> int:
        """1 for an idea … 6 for what has become an institution; 0 where nobody said."""
        term = words.terms("evidence_level").get(self.evidence_level)
        return term.attributes.get("order", 0) if term else 0

    @property
    def shows_months(self) -> bool:
        """Rule r3: a person's story that everybody reads is told by year; an import knows no more than the year."""
        return not self.is_imported and not (self.visibility == "publik" and self.consent_status in PERSONAL_CONSENT)

    @property
    def year(self) -> int | None:
        """The first year of its period: what lists and facets go by."""
        return self.period_start.year if self.period_start else None

    @property
    def shown_provinces(self) -> list[Any]:
        """Its provinces, where the precision lets them be shown."""
        known = words.provinces()
        return [known[code] for code in self.provinces if code in known] if self.location_precision in PROVINCE_OR_FINER else []

    @property
    def shown_regencies(self) -> list[Any]:
        """Its regencies, where the precision lets them be shown; nothing finer ever is."""
        known = words.regencies()
        return [known[code] for code in self.regencies if code in known] if self.location_precision in REGENCY_OR_FINER else []


PERSONAL_CONSENT = {"persetujuan-tertulis", "persetujuan-lisan", "anak-wali"}
REGENCY_OR_FINER = {"kabupaten-kota", "desa"}
PROVINCE_OR_FINER = REGENCY_OR_FINER | {"provinsi"}


class Review(models.Model):
    """What a reviewer decided about one revision of a practice. Its note is for the author and reviewers of it."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES_ASKED = "changes-asked", _("Changes asked for")
        PUBLIC_APPROVED = "public-approved", _("May go public")
        PUBLIC_REFUSED = "public-refused", _("Not for the public")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=16, choices=Decision)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"review {self.pk}"
