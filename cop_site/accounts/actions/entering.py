"""Coming in: the wish to join, and the answer to it."""

from datetime import timedelta

from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.text import normal, one_line

from .. import policy
from ..models import Application, Organisation, Role, User
from .belonging import join, organisation_called

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
    join(person, organisation, by=by)
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
