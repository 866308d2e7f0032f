"""What the pages at the door show."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from ..models import Acceptance, Document, Edition, Invitation, Organisation, Role, User

PAGE_SIZE = 20


@dataclass(frozen=True)
class Invited:
    """One line of the secretariat's list."""

    invitation: Invitation
    role: str
    who: str


def invitations_page(viewer: User, number: str | int = 1) -> Page:
    """Invitations, newest first; of one that was accepted the person's name, of the others the address."""
    rows = Invitation.objects.visible_to(viewer).select_related("accepted_by", "organisation", "invited_by").order_by("-pk")
    page: Any = Paginator(rows, PAGE_SIZE).get_page(number)
    page.object_list = [_line(row) for row in page.object_list]
    return page


def _line(row: Invitation) -> Invited:
    return Invited(row, str(Role(row.role).label), row.accepted_by.name if row.accepted_by else row.email)


def known_organisations(viewer: User) -> QuerySet[Organisation]:
    """Names that the form offers."""
    return Organisation.objects.visible_to(viewer).order_by("name", "pk")


@dataclass(frozen=True)
class FirstSteps:
    """What a person has done of what is asked at the beginning."""

    has_agreed: bool
    is_briefed: bool
    was_asked_before: bool
    version: int

    @property
    def is_done(self) -> bool:
        return self.has_agreed and self.is_briefed


def first_steps(person: User) -> FirstSteps:
    """The checklist of one's own page."""
    missing = Acceptance.objects.missing_of(person)
    return FirstSteps(
        has_agreed=not {Document.CONDUCT, Document.ADULT} & set(missing),
        is_briefed=Document.SAFETY not in missing,
        was_asked_before=bool(missing) and person.acceptances.exists(),
        version=Edition.objects.in_force(Document.CONDUCT),
    )


@dataclass(frozen=True)
class InForce:
    """A document as it is in force, and how many have accepted it."""

    name: Any
    version: int
    people: int


def documents_in_force() -> list[InForce]:
    """For the secretariat: counts, no names."""
    versions = {one: Edition.objects.in_force(one) for one in Document if one != Document.ADULT}
    counts = {one.value: Count("pk", filter=Q(document=one, version=version)) for one, version in versions.items()}
    people = Acceptance.objects.aggregate(**{name.replace("-", "_"): count for name, count in counts.items()})
    return [InForce(one.label, version, people[one.value.replace("-", "_")]) for one, version in versions.items()]
