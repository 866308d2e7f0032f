"""Deeds at the door: opening the site, inviting, accepting, agreeing."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require
from cop_site.core.text import normal, one_line

from .. import first_run
from ..actions import RESEARCH_TERM, organisation_called
from ..models import Application, Membership, Role, User
from . import policy
from .models import Acceptance, Document, Edition, Invitation, SetUpCode

INVITATION_TERM = timedelta(days=7)


@deed
def open_site(*, by: User, email: str, name: str, password: str, language: str = "id") -> User:
    """Make the first steward's account; only while there is no secretariat. The set-up code ends with it."""
    list(SetUpCode.objects.select_for_update())  # two at once: the second waits, and finds a secretariat
    require(first_run.is_open())
    SetUpCode.objects.all().delete()
    person = _newcomer(email, name, password, role=Role.SECRETARIAT, language=language)
    record(Verb.OPENED_SITE, by=person, subject=person)
    return person


@deed
def invite_person(*, by: User, email: str, role: str, organisation_name: str = "", language: str = "id") -> Invitation:
    """Ask somebody in by address; a second invitation of one address takes the place of the first.

    Whether the address has an account already is told to nobody: the mail says it, to whoever owns the address.
    """
    require(policy.can_invite(by) or (by == User.objects.system() and first_run.is_open()))
    require(role in Role.values and policy.can_be_invited_as(role))
    email = User.objects.normalize_email(email).lower()
    for earlier in Invitation.objects.waiting().filter(email=email).select_for_update():
        _withdraw(earlier, by=by)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        organisation=organisation_called(organisation_name, by=by) if organisation_name else None,
        language=language,
        invited_by=by,
        expires_at=timezone.now() + INVITATION_TERM,
    )
    record(Verb.INVITED_PERSON, by=by, subject=invitation, role=role, organisation=invitation.organisation_id)
    return invitation


@deed
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Make an invitation's link worthless."""
    require(policy.can_invite(by))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state in {"waiting", "expired"}:
        _withdraw(invitation, by=by)
    return invitation


def _withdraw(invitation: Invitation, *, by: User) -> None:
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(Verb.WITHDREW_INVITATION, by=by, subject=invitation)


@deed
def accept_invitation(invitation: Invitation, *, by: User, name: str, password: str) -> User:
    """Make the invited person's account. The link came to their address, so that it counts as confirmed.

    Nobody is signed in yet: ``by`` is the system's account, the journal names the new person.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    require(invitation.state == "waiting")
    _make_room(invitation.email)
    person = _newcomer(invitation.email, name, password, role=invitation.role, language=invitation.language)
    if invitation.organisation:
        Membership.objects.create(person=person, organisation=invitation.organisation)
        record(Verb.JOINED_ORGANISATION, by=person, subject=person, organisation=invitation.organisation_id)
    invitation.accepted_by, invitation.accepted_at, invitation.email = person, timezone.now(), ""
    invitation.save(update_fields=["accepted_by", "accepted_at", "email"])
    record(Verb.ACCEPTED_INVITATION, by=person, subject=invitation, role=invitation.role)
    return person


def _make_room(email: str) -> None:
    """An account with this address that nobody ever confirmed was somebody else's attempt, or one's own that was given up."""
    unconfirmed = Application.State.UNCONFIRMED
    User.objects.filter(email=email, role=Role.APPLICANT, application__state=unconfirmed).delete()
    require(not User.objects.filter(email=email).exists())


def _newcomer(email: str, name: str, password: str, *, role: str, language: str) -> User:
    until = timezone.localdate() + RESEARCH_TERM if role == Role.RESEARCHER else None
    person = User.objects.create_user(email, one_line(name), password, role=role, role_until=until, language=language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@deed
def agree(document: str, *, by: User, version: int) -> Acceptance | None:
    """Accept a document in the edition that was shown; None where another is in force by now, which has to be read first."""
    require(policy.can_agree(by))
    if version != Edition.objects.in_force(document):
        return None
    acceptance, is_new = Acceptance.objects.get_or_create(person=by, document=Document(document), version=version)
    if is_new:
        record(Verb.AGREED, by=by, subject=by, document=document, version=version)
    return acceptance


@deed
def ask_again(document: str, *, by: User, reason: str) -> Edition:
    """A document has changed: everybody reads and accepts it again before they go on writing."""
    require(policy.can_ask_again(by))
    edition = Edition.objects.create(document=Document(document), number=Edition.objects.in_force(document) + 1, raised_by=by)
    record(Verb.ASKED_AGAIN, by=by, subject=edition, reason=normal(reason), document=document, version=edition.number)
    return edition
