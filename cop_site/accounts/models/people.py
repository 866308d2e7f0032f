"""People with an account, what they are in the network, and the levels of who sees what."""

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from .. import policy


class Role(models.TextChoices):
    """What a person is in the network; tasks come on top."""

    APPLICANT = "applicant", _("Applicant")
    OBSERVER = "observer", _("Observer")
    RESEARCHER = "researcher", _("Researcher")
    MEMBER = "member", _("Member")
    CONVENOR = "convenor", _("Convenor")
    MODERATOR = "moderator", _("Moderator")
    SECRETARIAT = "secretariat", _("Secretariat")


class Level(models.TextChoices):
    """Who may see a row: the ``visibility`` vocabulary, widest first."""

    PUBLIC = "publik", _("Public")
    NETWORK = "jaringan", _("Network members")
    CIRCLE = "kelompok", _("Working circle")
    ORGANISATION = "organisasi", _("Own organisation")
    STEWARDS = "pengelola", _("Stewards")
    PRIVATE = "pribadi", _("Private draft")

    @property
    def width(self) -> int:
        """6 for everybody, 1 for the author alone."""
        return len(Level) - list(Level).index(self)


class PeopleQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "PeopleQuerySet":
        return self.filter(policy.people_visible_to(user))

    def for_circles(self) -> "PeopleQuerySet":
        return self.filter(policy.people_for_circles())


class People(BaseUserManager.from_queryset(PeopleQuerySet)):  # type: ignore[misc]
    """How accounts are made and found; addresses are compared without regard to case."""

    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        person = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        person.handle = person.handle or f"anggota-{get_random_string(8, 'abcdefghjkmnpqrstuvwxyz23456789')}"
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def system(self) -> "User":
        """The account that scheduled work acts as; nobody can sign in with it."""
        found = self.filter(handle=SYSTEM_HANDLE).first()
        return found or self.create_user(
            "system@invalid", str(settings.SITE_NAME), handle=SYSTEM_HANDLE, role=Role.SECRETARIAT, is_active=False
        )


SYSTEM_HANDLE = "sistem"


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. The name may be a pseudonym; the address is never shown to others."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    handle = models.SlugField(max_length=40, unique=True)
    role = models.CharField(max_length=12, choices=Role, default=Role.APPLICANT)
    role_until = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)  # without it a suspension has no end
    muted_until = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Nobody is: there is no Django admin."""
        return False

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()
