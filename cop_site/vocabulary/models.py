"""The words of the field: controlled terms, regions, official help channels."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

STALE_AFTER = timedelta(days=180)


class Term(models.Model):
    """One choice of a vocabulary. The slug never changes; editors may better the labels."""

    vocabulary = models.SlugField(_("vocabulary"), max_length=40)
    slug = models.SlugField(_("word in addresses"), max_length=60)
    position = models.PositiveSmallIntegerField()
    label_id = models.CharField(_("label (Indonesian)"), max_length=160)
    label_en = models.CharField(_("label (English)"), max_length=160)
    definition_id = models.TextField(_("definition (Indonesian)"), blank=True)
    definition_en = models.TextField(_("definition (English)"), blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    is_edited = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("vocabulary word")
        verbose_name_plural = _("vocabulary words")
        ordering = ["vocabulary", "position"]
        constraints = [models.UniqueConstraint(fields=["vocabulary", "slug"], name="one_term_per_slug")]

    def __str__(self) -> str:
        return f"{self.vocabulary}: {self.slug}"

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if get_language() == "en" else self.label_id

    @property
    def definition(self) -> str:
        """What the term means, in the reader's language."""
        return self.definition_en if get_language() == "en" else self.definition_id


class Province(models.Model):
    """One of the 38 provinces, by its Kemendagri code."""

    code = models.CharField(max_length=2, primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    name_id = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    aliases = models.JSONField(default=list)
    island_group = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=4)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_id

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id


class Regency(models.Model):
    """A regency (kabupaten) or city (kota), by its Kemendagri code: the finest place the site ever names."""

    code = models.CharField(max_length=5, primary_key=True)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="regencies")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class OfficialChannel(models.Model):
    """A place where people in danger find help. Its number is shown only once it was checked, with source and date."""

    slug = models.SlugField(unique=True)
    name_id = models.CharField(_("name (Indonesian)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    number = models.CharField(_("number"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("official channel")
        verbose_name_plural = _("official channels")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id

    @property
    def is_verified(self) -> bool:
        """Whether somebody checked the number and wrote down where and when."""
        return bool(self.number and self.source and self.checked_on)

    @property
    def is_stale(self) -> bool:
        """Whether the check is older than 180 days."""
        return self.is_verified and timezone.localdate() - self.checked_on > STALE_AFTER
