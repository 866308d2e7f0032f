"""The cast: one person for each role, task and state of ``docs/who-sees-what.md``."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cop_site.accounts.models import Organisation, Role
from tests import factories

ROLES = {
    "applicant": Role.APPLICANT,
    "observer": Role.OBSERVER,
    "researcher": Role.RESEARCHER,
    "member": Role.MEMBER,
    "colleague": Role.MEMBER,
    "member2": Role.MEMBER,
    "convenor": Role.CONVENOR,
    "moderator": Role.MODERATOR,
    "secretariat": Role.SECRETARIAT,
    "reviewer": Role.MEMBER,
    "safety_reviewer": Role.MEMBER,
    "editor": Role.MEMBER,
    "auditor": Role.MEMBER,
    "suspended": Role.MEMBER,
    "former": Role.MEMBER,
    "expired_researcher": Role.RESEARCHER,
}
TASKS = {"reviewer": "reviewer", "safety_reviewer": "safety-reviewer", "editor": "editor", "auditor": "auditor"}
EVERYBODY = ["visitor", *ROLES]


def everybody(organisation: Organisation) -> dict[str, Any]:
    """``member``, ``colleague``, ``suspended`` and ``expired_researcher`` are of ``organisation``; ``former`` was;
    ``member2`` is of a second one, the reviewers of a third."""
    today = timezone.localdate()
    cast: dict[str, Any] = {"visitor": AnonymousUser()}
    cast |= {part: factories.person(part, role=role) for part, role in ROLES.items()}
    for part in ("member", "colleague", "suspended", "expired_researcher"):
        factories.membership(cast[part], organisation)
    factories.membership(cast["former"], organisation, ended=True)
    factories.membership(cast["member2"], factories.organisation("Lembaga Kedua", is_listed=True))
    third = factories.organisation("Lembaga Ketiga", is_listed=True)
    for part, kind in TASKS.items():
        factories.task(cast[part], kind, by=cast["secretariat"])
    for part in ("reviewer", "safety_reviewer"):
        factories.membership(cast[part], third)
    factories.application(cast["applicant"])
    _set(cast["researcher"], role_until=today + timedelta(days=200))
    _set(cast["expired_researcher"], role_until=today - timedelta(days=1))
    _set(cast["suspended"], suspended_at=timezone.now())
    return cast


def _set(person: Any, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=list(fields))
