"""What the secretariat lists for the guard, and the words that moderators watch for."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .allowlist import national, plain_link, plain_words
from .matching import key_of
from .patterns import problem_with

STALE_AFTER = timedelta(days=365)


class Allowance(models.Model):
    """A contact of an organisation that may stand in a text, because somebody checked it and wrote down where and when."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("telephone number of a service or office")
        DOMAIN = "domain", _("mail domain of an organisation (for info@, sekretariat@, pengaduan@ and the like)")
        LINK = "link", _("page or chat of an organisation")
        ADDRESS = "address", _("address of an office (never of a shelter)")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("what may stand"), max_length=200)
    source = models.CharField(_("source"), max_length=300, help_text=_("Where it was checked: a page, a letter, a call."))
    checked_on = models.DateField(_("checked on"))

    class Meta:
        ordering = ["kind", "value"]
        verbose_name = _("contact that may stand in texts")
        verbose_name_plural = _("contacts that may stand in texts")
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="one_allowance_per_value")]

    def __str__(self) -> str:
        """Kind and number: this stands in Wagtail's log."""
        return f"allowance {self.pk}"

    def clean(self) -> None:
        """Keep the value as the guard compares it; refuse one that is nothing of its kind."""
        self.value = self.plain
        if self.kind == self.Kind.NUMBER and not 3 <= len(self.value) <= 15:
            raise ValidationError({"value": _("Please write the number with its area code.")})
        if self.kind == self.Kind.DOMAIN and ("." not in self.value or "@" in self.value):
            raise ValidationError({"value": _("Please write the domain only, like lembaga.or.id.")})
        if self.checked_on and self.checked_on > timezone.localdate():
            raise ValidationError({"checked_on": _("This day is still to come.")})

    @property
    def plain(self) -> str:
        """The value as texts are compared with it."""
        plain = {
            self.Kind.NUMBER: lambda told: national("".join(char for char in told if char.isdigit())),
            self.Kind.LINK: plain_link,
            self.Kind.ADDRESS: plain_words,
        }
        return plain.get(self.kind, lambda told: told.strip().lower())(self.value)

    @property
    def is_stale(self) -> bool:
        """Whether the check is older than a year."""
        return timezone.localdate() - self.checked_on > STALE_AFTER


class WordScan(models.Model):
    """That everything which stands already is looked through for new words, a part at a time: how far it has come."""

    kind = models.CharField(max_length=20, blank=True)  # what it is reading; empty before it began
    after = models.PositiveBigIntegerField(default=0)  # the last number of this kind that was read
    read = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)  # how many came to the queue
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"scan {self.pk}"


class WatchedWord(models.Model):
    """Words that somebody should look at before or after they are read, or that are not said here at all.

    ``key`` is the pattern as it is compared. Which language the words are in is for those who keep the list: people mix both.
    """

    class Action(models.TextChoices):
        FLAG = "flag", _("Show it, and let a moderator look")
        HOLD = "hold", _("Hold it until a moderator has looked")
        BLOCK = "block", _("Do not take it")

    class Language(models.TextChoices):
        ANY = "", _("Any")
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    pattern = models.CharField(max_length=120)
    key = models.CharField(max_length=240, unique=True, editable=False)
    action = models.CharField(max_length=5, choices=Action, default=Action.FLAG)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    note = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    scan = models.ForeignKey(WordScan, null=True, on_delete=models.SET_NULL, related_name="words")
    found = models.PositiveIntegerField(default=0)  # in how many texts that stood already when it was added

    class Meta:
        ordering = ["pattern", "pk"]

    def __str__(self) -> str:
        return f"watched word {self.pk}"

    def clean(self) -> None:
        """Refuse what would find everything, or nothing."""
        self.pattern, self.key = " ".join(self.pattern.split()), key_of(self.pattern)
        if problem := problem_with(self.pattern):
            raise ValidationError({"pattern": problem})
        if WatchedWord.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"pattern": _("These words are on the list already.")})
