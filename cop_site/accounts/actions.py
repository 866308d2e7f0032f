"""Deeds about people, organisations and circles."""

from datetime import date, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.text import normal, one_line

from . import policy
from .models import Application, Circle, CircleMembership, Membership, Organisation, Role, Task, User
from .slugs import free_slug

EDITORS = "Editors"  # Wagtail's page permissions hang on this group
RESEARCH_TERM = timedelta(days=365)


@deed
def apply_to_join(*, by: User, organisation_name: str, requested_role: str, reason: str) -> Application:
    """Write down the wish to join; it reaches the secretariat once the address is confirmed. A second one is the first."""
    require(policy.can_apply(by))
    require(requested_role in Application.REQUESTABLE)
    application, _is_new = Application.objects.get_or_create(
        person=by,
        defaults={"organisation_name": one_line(organisation_name), "requested_role": requested_role, "reason": normal(reason)},
    )
    return application


@deed
def confirm_application(*, by: User) -> Application | None:
    """The applicant's address is theirs: now the secretariat may read the application."""
    application = Application.objects.select_for_update().filter(person=by, state=Application.State.UNCONFIRMED).first()
    if application:
        application.state, application.applied_at = Application.State.WAITING, timezone.now()
        application.save(update_fields=["state", "applied_at"])
        record(Verb.APPLIED, by=by, subject=application, role=application.requested_role)
    return application


@deed
def admit(application: Application, *, by: User, organisation: Organisation | None = None) -> Application:
    """Let an applicant in, in the role asked for, as one of an organisation (found by name, else made, unlisted)."""
    application = _locked(application)
    require(policy.can_decide(by, application))
    person = application.person
    until = timezone.localdate() + RESEARCH_TERM if application.requested_role == Role.RESEARCHER else None
    User.objects.filter(pk=person.pk).update(role=application.requested_role, role_until=until)
    organisation = organisation or organisation_called(application.organisation_name, by=by)
    _join(person, organisation, by=by)
    _decide(application, Application.State.ADMITTED, by=by)
    record(Verb.ADMITTED, by=by, subject=application, role=application.requested_role, organisation=organisation.pk)
    return application


@deed
def decline(application: Application, *, by: User, answer: str) -> Application:
    """Say no to an applicant, with an answer they read."""
    application = _locked(application)
    require(policy.can_decide(by, application))
    _decide(application, Application.State.DECLINED, by=by, answer=normal(answer))
    record(Verb.DECLINED, by=by, subject=application)
    return application


def _locked(application: Application) -> Application:
    return Application.objects.select_for_update(of=("self",)).select_related("person").get(pk=application.pk)


def _decide(application: Application, state: str, *, by: User, answer: str = "") -> None:
    application.state, application.answer, application.decided_by, application.decided_at = state, answer, by, timezone.now()
    application.save(update_fields=["state", "answer", "decided_by", "decided_at"])


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
    return _join(person, organisation, by=by)


def _join(person: User, organisation: Organisation, *, by: User) -> Membership:
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


@deed
def make_circle(*, by: User, name_id: str, purpose_id: str, ends_on: date, name_en: str = "", purpose_en: str = "") -> Circle:
    """Make a circle for a purpose, owned by its maker, until a day."""
    require(policy.can_make_circle(by))
    circle = Circle.objects.create(
        name_id=one_line(name_id), name_en=one_line(name_en), purpose_id=purpose_id, purpose_en=purpose_en, owner=by, ends_on=ends_on
    )
    CircleMembership.objects.create(circle=circle, person=by)
    record(Verb.MADE_CIRCLE, by=by, subject=circle)
    return circle


@deed
def join_circle(circle: Circle, person: User, *, by: User) -> CircleMembership:
    """Let a person into a circle."""
    require(policy.can_change_circle(by, circle) and policy.can_be_in_circle(person))
    membership, is_new = CircleMembership.objects.get_or_create(circle=circle, person=person)
    if is_new:
        record(Verb.JOINED_CIRCLE, by=by, subject=circle, person=person.pk)
    return membership


@deed
def leave_circle(circle: Circle, person: User, *, by: User) -> None:
    """Take a person out of a circle; what it shares is closed to them at once."""
    require(policy.can_take_out(by, circle, person))
    gone, _rows = CircleMembership.objects.filter(circle=circle, person=person).delete()
    if gone:
        record(Verb.LEFT_CIRCLE, by=by, subject=circle, person=person.pk)


@deed
def change_role(person: User, role: str, *, by: User, until: date | None = None) -> User:
    """Make a person something else in the network, from now until a day or for good; their tasks stay as they are."""
    person = User.objects.select_for_update().get(pk=person.pk)
    require(policy.can_change_role(by, person, Role(role)))
    if (person.role, person.role_until) != (role, until):
        was, person.role, person.role_until = person.role, Role(role), until
        person.save(update_fields=["role", "role_until"])
        record(Verb.CHANGED_ROLE, by=by, subject=person, was=was, role=role, until=until.isoformat() if until else None)
    return person


@deed
def grant_task(person: User, kind: str, *, by: User, reason: str, ends_on: date) -> Task:
    """Trust a person with a task until a day; granting it again only moves the day."""
    require(policy.can_grant_task(by, person))
    task, _is_new = Task.objects.update_or_create(
        person=person, kind=Task.Kind(kind), ended_at=None, defaults={"reason": reason, "granted_by": by, "ends_on": ends_on}
    )
    if kind == Task.Kind.EDITOR:
        person.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    record(Verb.GRANTED_TASK, by=by, subject=person, reason=reason, task=kind, ends_on=ends_on.isoformat())
    return task


@deed
def end_task(task: Task, *, by: User) -> Task:
    """End a task now."""
    require(policy.can_end_task(by))
    if task.ended_at is None:
        task.ended_at = timezone.now()
        task.save(update_fields=["ended_at"])
        if task.kind == Task.Kind.EDITOR:
            task.person.groups.remove(*Group.objects.filter(name=EDITORS))
        record(Verb.ENDED_TASK, by=by, subject=task.person, task=task.kind)
    return task


@deed
def suspend(person: User, *, by: User, reason: str) -> User:
    """Take everything from a person at once; their sessions end with the next request."""
    require(policy.can_suspend(by, person))
    if person.suspended_at is None:
        person.suspended_at = timezone.now()
        person.save(update_fields=["suspended_at"])
        record(Verb.SUSPENDED, by=by, subject=person, reason=reason)
    return person


@deed
def lift_suspension(person: User, *, by: User, reason: str) -> User:
    """Give a suspended person back what they had."""
    require(policy.can_suspend(by, person))
    if person.suspended_at is not None:
        person.suspended_at = None
        person.save(update_fields=["suspended_at"])
        record(Verb.LIFTED_SUSPENSION, by=by, subject=person, reason=reason)
    return person


@deed
def open_sealed(row: models.Model, *, by: User, reason: str) -> models.Model:
    """Open a row that one's audience does not show: written in the journal with the reason, and told to its author."""
    require(policy.can_open_sealed(by) and bool(reason.strip()))
    record(Verb.OPENED_SEALED, by=by, subject=row, reason=normal(reason))
    return row


@deed
def choose_language(*, by: User, language: str) -> User:
    """From now on mails come in this language."""
    by.language = language
    by.save(update_fields=["language"])
    return by


@deed
def note_new_browser(*, by: User) -> User:
    """Somebody signed in as this person with a browser not seen before: they hear of it, wherever they are."""
    record(Verb.CAME_ANEW, by=by, subject=by)
    return by


@deed
def note_protection(verb: Verb, *, by: User) -> User:
    """What protects a person's account is not what it was: the journal says what kind of thing, no more."""
    record(verb, by=by, subject=by)
    return by


@deed
def end_session(session: UserSession, *, by: User) -> None:
    """Sign a browser of one's own out; its next request is a visitor's."""
    require(session.user_id == by.pk)
    session.end()


@deed
def end_sessions(*, by: User) -> None:
    """Sign out everywhere, here too."""
    for session in UserSession.objects.filter(user=by):
        session.end()
