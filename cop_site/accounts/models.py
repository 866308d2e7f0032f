"""People, organisations and circles as identities; what each may see hangs on these rows."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import policy
from .entry.models import Acceptance, Document, Edition, Invitation, SetUpCode  # noqa: F401 - Django looks for models here


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


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        return self.filter(policy.organisations_visible_to(user))

    def joined_by(self, user: Any) -> "OrganisationQuerySet":
        """Those in which ``user`` has a current membership."""
        return self.filter(pk__in=policy.organisations_of(user))


class Organisation(models.Model):
    """An organisation of the network as an identity; what it tells the world is the directory's.

    An unlisted one is known by name only: someone named it at sign-up or in an import, and nobody has checked it yet.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    abbreviation = models.CharField(max_length=30, blank=True)
    kind = models.SlugField(max_length=40, default="lainnya")
    is_listed = models.BooleanField(default=False)
    visibility = models.CharField(max_length=10, choices=Level, default=Level.NETWORK)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        return self.filter(policy.is_current_membership(on))


class Membership(models.Model):
    """That a person belongs to an organisation, from one day to another."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "organisation"], condition=Q(ended_on=None), name="one_open_membership")]

    def __str__(self) -> str:
        return f"membership {self.pk}"


class CircleQuerySet(models.QuerySet["Circle"]):
    def visible_to(self, user: Any) -> "CircleQuerySet":
        return self.filter(policy.circles_visible_to(user))


class Circle(models.Model):
    """A group of people who may see what is shared with it: made for a purpose, with an owner and an end."""

    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    purpose_id = models.TextField()
    purpose_en = models.TextField(blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_circles")
    ends_on = models.DateField()
    members = models.ManyToManyField(User, through="CircleMembership", related_name="circles")

    objects = CircleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in the other."""
        return (self.name_en if get_language() == "en" else self.name_id) or self.name_id

    @property
    def purpose(self) -> str:
        """The purpose in the reader's language, else in the other."""
        return (self.purpose_en if get_language() == "en" else self.purpose_id) or self.purpose_id

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()


class CircleMembership(models.Model):
    """That a person belongs to a circle."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="circle_memberships")
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="circle_memberships")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "circle"], name="once_per_circle")]

    def __str__(self) -> str:
        return f"circle membership {self.pk}"


class Task(models.Model):
    """Something a person is trusted to do on top of their role, for a reason and until a day."""

    class Kind(models.TextChoices):
        REVIEWER = "reviewer", _("Reviewer")
        SAFETY_REVIEWER = "safety-reviewer", _("Safety reviewer")
        EDITOR = "editor", _("Editor")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="granted_tasks")
    granted_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], condition=Q(ended_at=None), name="one_open_task_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        return self.filter(policy.applications_visible_to(user))

    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(state=Application.State.WAITING)


class Application(models.Model):
    """Someone's wish to join: who they work with, as what, and why. Seen by themselves and the secretariat."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        WAITING = "waiting", _("Waiting")
        ADMITTED = "admitted", _("Admitted")
        DECLINED = "declined", _("Declined")

    REQUESTABLE = [Role.MEMBER, Role.RESEARCHER, Role.OBSERVER]

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="application")
    organisation_name = models.CharField(max_length=160)
    requested_role = models.CharField(max_length=12, choices=Role)
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    applied_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_applications")
    answer = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"application {self.pk}"


class Shared(models.Model):
    """What every row has that members make: who wrote it, for whom it stands, and who may see it."""

    author = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss")
    visibility = models.CharField(max_length=10, choices=Level, default=Level.NETWORK)

    class Meta:
        abstract = True
