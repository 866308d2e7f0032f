"""The level × role table turned round: which people may see a row. A test holds it to ``policy.seen_by``."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from . import policy
from .models import CircleMembership, Membership


def readers_of(row: Any, *, kind: str) -> Q:
    """People who may see ``row``: ``seen_by`` turned round, for those who are named in it or told of it.

    Only people in good standing who were admitted; that everybody reads what is public makes nobody a person to be told.
    """
    in_term = Q(role_until=None) | Q(role_until__gte=timezone.localdate())
    admitted = Q(is_active=True, suspended_at=None, role__in=policy.CIRCLE_READERS) & in_term
    at = {
        "publik": Q(),
        "jaringan": Q(role__in=[role for role in policy.CIRCLE_READERS if kind in policy.network_kinds(role)]),
        "kelompok": Q(pk__in=_in_circle(row.circle_id), role__in=policy.closed_readers(kind, policy.CIRCLE_READERS)),
        "organisasi": Q(pk__in=_in_organisation(row.organisation_id), role__in=policy.closed_readers(kind, policy.INSIDERS)),
        "pengelola": Q(role__in=policy.OFFICE) | Q(pk=row.author_id, role__in=policy.INSIDERS),
        "pribadi": Q(pk=row.author_id, role__in=policy.INSIDERS),
    }
    return admitted & at[row.visibility]


def _in_circle(circle_id: int | None) -> QuerySet:
    return CircleMembership.objects.filter(circle=circle_id, circle__ends_on__gte=timezone.localdate()).values("person")


def _in_organisation(organisation_id: int | None) -> QuerySet:
    return Membership.objects.filter(policy.is_current_membership(), organisation=organisation_id).values("person")
