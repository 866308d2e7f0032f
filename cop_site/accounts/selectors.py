"""What the pages about people show, shaped like the pages."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core.text import one_line

from . import policy, scopes
from .devices import browser_words
from .models import Application, Circle, CircleMembership, Membership, Organisation, Role, Task, User

PAGE_SIZE = 20
MOST_SIMILAR = 6
LEAST_SIMILAR = 0.5
# Words that half of all organisations carry in their names say nothing about which one is meant.
_COMMON = frozenset("yayasan lembaga perkumpulan serikat persatuan pusat universitas jaringan indonesia forum the of for and dan".split())


# --- applications


def applications_page(viewer: User, number: str | int = 1) -> Page:
    """What waits at the secretariat's desk, oldest first."""
    waiting = Application.objects.visible_to(viewer).waiting().select_related("person").order_by("applied_at", "pk")
    return Paginator(waiting, PAGE_SIZE).get_page(number)


@dataclass(frozen=True)
class ApplicationDesk:
    """An application as the secretariat decides it. ``address`` is shown here and nowhere else."""

    application: Application
    address: str
    similar: QuerySet[Organisation]
    can_decide: bool


def application_desk(application: Application, *, viewer: User) -> ApplicationDesk:
    """One application with the known organisations whose name is like the one given.

    The e-mail address of a person is shown to nobody, except here: before somebody is let in, its domain is often the
    only thing by which the secretariat can tell a colleague from a stranger who uses a colleague's name.
    """
    return ApplicationDesk(
        application,
        address=application.person.email,
        similar=organisations_like(application.organisation_name, viewer=viewer),
        can_decide=policy.can_decide(viewer, application),
    )


def organisations_like(name: str, *, viewer: User) -> QuerySet[Organisation]:
    """Organisations that ``viewer`` may see and that may be meant by ``name``."""
    visible = Organisation.objects.visible_to(viewer)
    known = visible.filter(_shares_a_word(name)).values_list("pk", "name", "abbreviation")
    by_likeness = sorted(((_likeness(name, *titles), pk) for pk, *titles in known), reverse=True)
    chosen = [pk for likeness, pk in by_likeness[:MOST_SIMILAR] if likeness >= LEAST_SIMILAR]
    return visible.filter(pk__in=chosen).order_by("name", "pk")


def _shares_a_word(name: str) -> Q:
    shared = Q(name__iexact=one_line(name)) | Q(abbreviation__iexact=one_line(name))
    for word in _telling(name).split()[:8]:
        shared |= Q(name__icontains=word) | Q(abbreviation__iexact=word)
    return shared


def _likeness(name: str, *titles: str) -> float:
    return max(SequenceMatcher(None, _telling(name), _telling(title)).ratio() for title in titles if title)


def _telling(name: str) -> str:
    """The words of a name that tell organisations apart."""
    words = [word for word in one_line(name).casefold().split() if len(word) >= 3]
    return " ".join([word for word in words if word not in _COMMON] or words)


# --- people


def people_page(viewer: User, *, words: str = "", role: str = "", number: str | int = 1) -> Page:
    """People by name, with their organisations and tasks in force; ``words`` look in names, handles and organisations."""
    people = User.objects.visible_to(viewer).order_by("name", "pk")
    if role in Role.values:
        people = people.filter(role=role)
    for word in words.split()[:8]:
        theirs = Membership.objects.current().filter(organisation__name__icontains=word).values("person")
        people = people.filter(Q(name__icontains=word) | Q(handle__icontains=word) | Q(pk__in=theirs))
    return Paginator(people.prefetch_related(_memberships(), _tasks()), PAGE_SIZE).get_page(number)


def _memberships() -> Prefetch:
    current = Membership.objects.current().select_related("organisation").order_by("started_on", "pk")
    return Prefetch("memberships", queryset=current, to_attr="current_memberships")


def _tasks() -> Prefetch:
    in_force = Task.objects.filter(ended_at=None, ends_on__gte=timezone.localdate()).order_by("kind")
    return Prefetch("tasks", queryset=in_force, to_attr="tasks_in_force")


@dataclass(frozen=True)
class HeldTask:
    """A task in force, and which place it is about."""

    task: Task
    place: str


@dataclass(frozen=True)
class PersonPage:
    """A person as the secretariat looks after them."""

    person: User
    memberships: list[Membership]
    tasks: list[HeldTask]
    organisations: QuerySet[Organisation]  # which they could join
    can_change_role: bool
    can_suspend: bool
    can_mute: bool
    is_muted: bool


def person_page(person: User, *, viewer: User) -> PersonPage:
    """One person with memberships, tasks, and the deeds that ``viewer`` may do."""
    memberships = list(person.memberships.current().select_related("organisation").order_by("started_on", "pk"))
    tasks = list(person.tasks.filter(ended_at=None, ends_on__gte=timezone.localdate()).order_by("kind", "scope"))
    joined = [membership.organisation_id for membership in memberships]
    return PersonPage(
        person,
        memberships,
        tasks=[HeldTask(task, place) for task, place in zip(tasks, scopes.labels(tasks, viewer=viewer), strict=True)],
        organisations=Organisation.objects.visible_to(viewer).exclude(pk__in=joined).order_by("name", "pk"),
        can_change_role=policy.can_change_role(viewer, person, person.role),
        can_suspend=policy.can_suspend(viewer, person),
        can_mute=policy.can_mute(viewer, person),
        is_muted=policy.is_muted(person),
    )


# --- circles


def circles_of_viewer(viewer: User) -> QuerySet[Circle]:
    """The circles that ``viewer`` may see, those that end first on top."""
    return Circle.objects.visible_to(viewer).select_related("owner").order_by("ends_on", "pk")


@dataclass(frozen=True)
class CirclePage:
    """A circle and who is in it, as far as the viewer may read that; ``is_whole`` where that is everybody."""

    circle: Circle
    memberships: list[CircleMembership]
    is_whole: bool
    can_change: bool
    can_leave: bool


def circle_page(circle: Circle, *, viewer: Any) -> CirclePage:
    """A circle with its people by name, as ``viewer`` finds it."""
    rows = CircleMembership.objects.filter(circle=circle)
    memberships = list(rows.visible_to(viewer).select_related("person").order_by("person__name", "pk"))
    is_in = any(membership.person_id == viewer.pk for membership in memberships)
    return CirclePage(
        circle,
        memberships,
        is_whole=len(memberships) == rows.count(),
        can_change=policy.can_change_circle(viewer, circle),
        can_leave=is_in and policy.can_take_out(viewer, circle, viewer),
    )


def people_for_circles() -> QuerySet[User]:
    """Whom a circle's owner can let in, found by handle only and never listed."""
    return User.objects.for_circles()


# --- one's own account


@dataclass(frozen=True)
class OpenSession:
    """A browser in which a person is signed in."""

    pk: int
    browser: str
    since: datetime
    is_here: bool


def sessions_of(person: User, *, here: str | None = None) -> list[OpenSession]:
    """Where ``person`` is signed in, this browser first; without the addresses of the network."""
    rows = UserSession.objects.purge_and_list(person)
    found = [OpenSession(row.pk, browser_words(row.user_agent), row.created_at, row.session_key == here) for row in rows]
    return sorted(found, key=lambda session: (not session.is_here, session.since))


def why_muted(person: User) -> str:
    """The reason that was given when ``person`` was muted last; for that person alone."""
    if not policy.is_muted(person):
        return ""
    deeds = Activity.objects.filter(verb=Verb.MUTED, subject_type=ContentType.objects.get_for_model(User), subject_id=person.pk)
    return deeds.order_by("-pk").values_list("reason", flat=True).first() or ""
