"""What the secretariat lists for the guard."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .allowlist import national, plain_link, plain_words

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
