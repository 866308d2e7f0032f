"""Rows for tests, without surprises: what is not named is plain, and nothing else is made along."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone

from cop_site.accounts.actions import EDITORS
from cop_site.accounts.models import (
    Acceptance,
    Application,
    Circle,
    CircleMembership,
    Document,
    Membership,
    Organisation,
    Role,
    Task,
    User,
)
from cop_site.library.models import Practice

PASSWORD = "tikar pandan empat helai"
_numbers = count(1)


def person(name: str = "", *, role: str = Role.MEMBER, has_agreed: bool = True, **fields: Any) -> User:
    """Somebody with a confirmed address, who can sign in with ``PASSWORD`` and, unless an applicant, has agreed to all."""
    name = name or f"Orang {next(_numbers)}"
    handle = fields.pop("handle", name.lower().replace(" ", "-").replace("_", "-"))
    email = fields.pop("email", f"{handle}@people.example")
    made = User.objects.create_user(email, name, PASSWORD, handle=handle, role=role, **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if has_agreed and role != Role.APPLICANT:
        agreed(made)
    return made


def people(told: dict[str, dict[str, Any]]) -> dict[str, User]:
    """What ``person`` makes, for many by their names: most tests begin with a whole cast, and three statements make it."""
    password = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(email=f"{handle}@people.example", name=name, handle=handle, password=password, **fields)
        for name, fields in told.items()
        for handle in [name.lower().replace(" ", "-").replace("_", "-")]
    )
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in made)
    readers = [one for one in made if one.role != Role.APPLICANT]
    Acceptance.objects.bulk_create(Acceptance(person=one, document=each, version=1) for one in readers for each in Document.values)
    return {one.name: one for one in made}


def agreed(person: User, *documents: str, version: int = 1) -> None:
    """Somebody who has accepted ``documents`` (all of them)."""
    chosen = documents or Document.values
    Acceptance.objects.bulk_create(Acceptance(person=person, document=one, version=version) for one in chosen)


def organisation(name: str = "", **fields: Any) -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(slug=fields.pop("slug", f"lembaga-{number}"), name=name or f"Lembaga {number}", **fields)


def membership(of: User, organisation: Organisation, *, ended: bool = False) -> Membership:
    return memberships([(of, organisation)], ended=ended)[0]


def memberships(pairs: Iterable[tuple[User, Organisation]], *, ended: bool = False) -> list[Membership]:
    today = timezone.localdate()
    dates = {"started_on": today - timedelta(days=100), "ended_on": today if ended else None}
    return Membership.objects.bulk_create(Membership(person=person, organisation=organisation, **dates) for person, organisation in pairs)


def task(of: User, kind: str, *, by: User, days: int = 90) -> Task:
    ends_on = timezone.localdate() + timedelta(days=days)
    if kind == Task.Kind.EDITOR:
        of.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    return Task.objects.create(person=of, kind=kind, reason="Dipercaya tim.", granted_by=by, ends_on=ends_on)


def circle(owner: User, *people: User, days: int = 90, **fields: Any) -> Circle:
    """A circle with its owner and ``people`` in it; negative ``days`` make one that has ended."""
    fields = {"name_id": "Lingkar uji", "purpose_id": "Belajar bersama.", **fields}
    made = Circle.objects.create(owner=owner, ends_on=timezone.localdate() + timedelta(days=days), **fields)
    CircleMembership.objects.bulk_create(CircleMembership(circle=made, person=one) for one in (owner, *people))
    return made


def application(of: User, **fields: Any) -> Application:
    told = {
        "organisation_name": "Lembaga Pelita",
        "requested_role": Role.MEMBER,
        "reason": "Kami ingin belajar bersama.",
        "state": "waiting",
    }
    return Application.objects.create(person=of, **told | fields)


def practice(author: User | None, **fields: Any) -> Practice:
    """A published practice with the least that a row needs."""
    number = next(_numbers)
    told = {"title": f"Praktik {number}", "slug": f"praktik-{number}", "document_kind": "studi-kasus", "live": True, "state": "published"}
    return Practice.objects.create(author=author, **told | fields)
