"""What stands on the shelf: practices in the fields of the practice template, and documents as a short record."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from cop_site.accounts.models import Shared
from cop_site.vocabulary import selectors as words

from .. import policy, template


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_visible_to(user))

    def on_the_desk_of(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_on_the_desk_of(user))

    def on_the_safety_desk_of(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.practices_on_the_safety_desk_of(user))

    def withdrawn_and_told_to(self, user: Any) -> "PracticeQuerySet":
        return self.filter(policy.tombstones_visible_to(user))

    def told_to_harvesters(self) -> "PracticeQuerySet":
        """Rows that everybody reads or once read: of the latter only that they are gone may be told."""
        return self.filter(policy.practices_told_to_harvesters())

    def unscoped(self, reason: str) -> "PracticeQuerySet":
        """Every row, past ``visible_to``: for work that shows nothing to anybody. ``reason`` says which work."""
        return self.all()

    def published(self) -> "PracticeQuerySet":
        return self.filter(live=True, held_at=None).exclude(state=Practice.State.WITHDRAWN)

    def practices(self) -> "PracticeQuerySet":
        return self.exclude(document_kind__in=template.document_kinds())

    def documents(self) -> "PracticeQuerySet":
        return self.filter(document_kind__in=template.document_kinds())

    def for_lists(self) -> "PracticeQuerySet":
        return self.select_related("organisation")


class LegalStatus(models.TextChoices):
    """Where a regulation or agreement stands in law, as of a day that the record names."""

    IN_FORCE = "berlaku", _("In force")
    AMENDED = "diubah", _("Amended since")
    REPEALED = "dicabut", _("Repealed")
    DRAFT = "rancangan", _("Still a draft")
    UNKNOWN = "tidak-tahu", _("Not checked")


class WithdrawalKind(models.TextChoices):
    """Why a text was withdrawn; one sentence stands beside it."""

    CONSENT = "consent", _("Consent was withdrawn")
    SAFETY = "safety", _("For somebody’s safety")
    MISTAKE = "mistake", _("It held a mistake")
    OUTDATED = "outdated", _("It is out of date")
    OTHER = "other", _("Another reason")


class Practice(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, Shared):
    """A good practice, case study, lesson or innovation that somebody shares; or a document, by its ``document_kind``.

    Both go the same way (draft, desk, shelf, tombstone), so they are one row; a document fills a short record
    (docs/decisions/007-documents-are-practices.md). ``state`` is where its newest revision stands; ``live`` (Wagtail's) says whether readers see the published one.
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
    author_role = models.CharField(max_length=200, blank=True)
    area_role = models.JSONField(default=list, blank=True)
    context = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    trafficking_form = models.JSONField(default=list, blank=True)
    target_group = models.JSONField(default=list, blank=True)
    modus = models.JSONField(default=list, blank=True)
    process_stage = models.JSONField(default=list, blank=True)
    challenge_category = models.JSONField(default=list, blank=True)
    objective = models.TextField(blank=True)
    actors = models.JSONField(default=list, blank=True)
    steps = models.JSONField(default=list, blank=True)
    approach = models.TextField(blank=True)
    resources = models.JSONField(default=list, blank=True)
    cost_band = models.SlugField(max_length=20, blank=True)
    legal_basis = models.TextField(blank=True)
    results = models.TextField(blank=True)
    outcome = models.SlugField(max_length=40, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    evidence_level = models.SlugField(max_length=40, blank=True)
    evidence_basis = models.TextField(blank=True)
    affected_view = models.TextField(blank=True)
    success_factors = models.JSONField(default=list, blank=True)
    what_failed = models.TextField(blank=True)
    unintended = models.TextField(blank=True)
    lessons = models.JSONField(default=list, blank=True)
    preconditions = models.TextField(blank=True)
    minimum_version = models.TextField(blank=True)
    adaptation = models.TextField(blank=True)
    sustainability = models.TextField(blank=True)
    replications = models.JSONField(default=list, blank=True)
    contact_route = models.SlugField(max_length=20, default="lewat-sekretariat")
    consent_status = models.SlugField(max_length=40, blank=True)
    consent_declaration = models.JSONField(default=list, blank=True)
    anonymisation = models.TextField(blank=True)
    survivor_involvement = models.SlugField(max_length=40, blank=True)
    survivor_how = models.TextField(blank=True)
    children_involved = models.BooleanField(null=True, blank=True)
    safeguarding = models.TextField(blank=True)
    sensitivity = models.SlugField(max_length=20, default="terbatas")
    review_date = models.DateField(null=True, blank=True)
    references = models.JSONField(default=list, blank=True)
    attachments = models.JSONField(default=list, blank=True)  # {"file": uuid, "caption": str}, in the order shown
    licence = models.CharField(max_length=30, default="cc-by-sa-4.0")
    funding = models.TextField(blank=True)
    conflict = models.TextField(blank=True)

    # the short record of a document
    issuer = models.CharField(max_length=240, blank=True)
    document_number = models.CharField(max_length=120, blank=True)
    legal_status = models.CharField(max_length=12, choices=LegalStatus, blank=True)
    valid_as_of = models.DateField(null=True, blank=True)
    body = models.TextField(blank=True)

    # of the revision, beside its words
    warn_reason = models.TextField(blank=True)  # why details that the guard warns about may stay
    change_note = models.CharField(max_length=240, blank=True)
    is_significant_change = models.BooleanField(default=True)
    html = models.JSONField(default=dict, blank=True, editable=False)

    stays_inside = models.BooleanField(default=False)  # made from what the network alone reads: it never goes public
    wants_public = models.BooleanField(default=False)
    public_asked_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_kind = models.CharField(max_length=10, choices=WithdrawalKind, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    # what deeds decide about the row
    evidence_level_set = models.SlugField(max_length=40, blank=True)
    claimed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    translation_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="translations")
    translated_at = models.DateTimeField(null=True, blank=True)  # of which state of the original it is the translation
    significant_change_at = models.DateTimeField(null=True, blank=True)  # since when translations of older states are outdated
    stale_told_at = models.DateTimeField(null=True, blank=True)  # when its author was asked whether it is still right
    held_at = models.DateTimeField(null=True, blank=True)  # taken from readers until somebody has looked
    screened_version = models.CharField(max_length=20, blank=True)
    was_public_at = models.DateTimeField(null=True, blank=True)  # when what everybody finds of it changed last, or went away
    shelf_changed_at = models.DateTimeField(null=True, blank=True)  # when what readers find changed last
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["live", "visibility"]),
            models.Index(fields=["state"]),
            models.Index(fields=["was_public_at", "id"], condition=models.Q(was_public_at__isnull=False), name="practice_harvested"),
        ]

    # A revision holds what the author writes. Who may see the row, and where it stands, is the row's alone: an old
    # revision must not widen an audience.
    OUTSIDE_REVISIONS = frozenset(
        "visibility circle organisation author state slug external_id is_imported wants_public public_asked_at submitted_at"
        " withdrawn_at withdrawal_kind withdrawal_reason review_date stale_told_at evidence_level_set claimed_by claimed_at due_on stays_inside"
        " reminded_at translation_of translated_at significant_change_at held_at screened_version was_public_at shelf_changed_at created_at".split()
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
    def is_stale(self) -> bool:
        """Whether nobody has said for two years that it still holds."""
        return self.state == self.State.PUBLISHED and self.review_date is not None and self.review_date <= timezone.localdate()

    @property
    def is_outdated_translation(self) -> bool:
        """Whether its original has changed in substance since it was translated; reads the original."""
        changed_at = self.translation_of.significant_change_at if self.translation_of else None
        return bool(changed_at) and (self.translated_at is None or self.translated_at < changed_at)

    @property
    def is_document(self) -> bool:
        return self.document_kind in template.document_kinds()

    @property
    def evidence(self) -> str:
        """The evidence level that readers are shown: what reviewers set, or what was said where nobody has reviewed."""
        return self.evidence_level_set or self.evidence_level

    @property
    def evidence_order(self) -> int:
        """1 for an idea … 6 for what has become an institution; 0 where nobody said."""
        term = words.terms("evidence_level").get(self.evidence)
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
