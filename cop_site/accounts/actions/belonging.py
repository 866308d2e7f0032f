"""Organisations as identities, and who belongs to them."""

from typing import Any

from django.db import models
from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.text import one_line

from .. import policy
from ..models import Membership, Organisation, User
from ..slugs import free_slug


@deed
def found_organisation(*, by: User, name: str, is_listed: bool = False, **fields: Any) -> Organisation:
    """Make an organisation known as an identity; listing it is a decision of its own."""
    require(policy.can_change_membership(by))
    name = one_line(name)
    organisation = Organisation.objects.create(slug=free_slug(name), name=name, is_listed=is_listed, **fields)
    record(Verb.FOUNDED_ORGANISATION, by=by, subject=organisation)
    return organisation


@deed
def name_organisation(*, by: User, name: str, kind: str = "lainnya") -> Organisation:
    """Name an organisation that is missing: its own people and the secretariat know of it, nobody else until it is listed."""
    require(policy.is_member(by) and policy.has_agreed(by))
    name = one_line(name)
    organisation = Organisation.objects.create(slug=free_slug(name), name=name, kind=kind)
    record(Verb.FOUNDED_ORGANISATION, by=by, subject=organisation)
    return organisation


def organisation_called(name: str, *, by: User) -> Organisation:
    """The organisation with this name or slug; made, unlisted, when it is new."""
    known = Organisation.objects.filter(models.Q(name__iexact=one_line(name)) | models.Q(slug=name)).order_by("pk").first()
    return known or found_organisation(by=by, name=name)


@deed
def join_organisation(person: User, organisation: Organisation, *, by: User) -> Membership:
    """Make a person one of an organisation, from today."""
    require(policy.can_change_membership(by))
    return join(person, organisation, by=by)


def join(person: User, organisation: Organisation, *, by: User) -> Membership:
    membership, is_new = Membership.objects.get_or_create(person=person, organisation=organisation, ended_on=None)
    if is_new:
        record(Verb.JOINED_ORGANISATION, by=by, subject=person, organisation=organisation.pk)
    return membership


@deed
def leave_organisation(membership: Membership, *, by: User) -> Membership:
    """End a membership today; what the organisation alone may see is closed to the person at once."""
    require(policy.can_change_membership(by) or membership.person_id == by.pk)
    if membership.ended_on is None:
        membership.ended_on = timezone.localdate()
        membership.save(update_fields=["ended_on"])
        record(Verb.LEFT_ORGANISATION, by=by, subject=membership.person, organisation=membership.organisation_id)
    return membership
