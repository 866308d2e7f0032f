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
    cast: dict[str, Any] = {"visitor": AnonymousUser(), **factories.people(_told())}
    second, third = (factories.organisation(name, is_listed=True) for name in ("Lembaga Kedua", "Lembaga Ketiga"))
    own = [(cast[part], organisation) for part in ("member", "colleague", "suspended", "expired_researcher")]
    factories.memberships([*own, (cast["member2"], second), (cast["reviewer"], third), (cast["safety_reviewer"], third)])
    factories.membership(cast["former"], organisation, ended=True)
    for part, kind in TASKS.items():
        factories.task(cast[part], kind, by=cast["secretariat"])
    factories.application(cast["applicant"])
    return cast


def _told() -> dict[str, dict[str, Any]]:
    """Role and standing of each, by the name of their part."""
    today = timezone.localdate()
    told: dict[str, dict[str, Any]] = {part: {"role": role} for part, role in ROLES.items()}
    told["researcher"]["role_until"] = today + timedelta(days=200)
    told["expired_researcher"]["role_until"] = today - timedelta(days=1)
    told["suspended"]["suspended_at"] = timezone.now()
    return told
