"""Timed jobs about people."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from cop_site.core.clock import every

from . import actions
from .models import Application, Invitation, Role, User

UNCONFIRMED_KEPT = timedelta(days=14)
NOWHERE = "0.0.0.0"  # noqa: S104 - no address to listen on
INVITATIONS_KEPT = timedelta(days=30)


@every(timedelta(days=1), name="forget-unconfirmed-accounts")
def forget_unconfirmed_accounts(at: datetime) -> None:
    """Accounts whose address was never confirmed are somebody's typing error, or somebody else's address."""
    User.objects.filter(
        role=Role.APPLICANT, application__state=Application.State.UNCONFIRMED, date_joined__lt=at - UNCONFIRMED_KEPT
    ).delete()


@every(timedelta(days=1), name="forget-invitations")
def forget_invitations(at: datetime) -> None:
    """Addresses of people who did not come are nobody's business for long."""
    Invitation.objects.filter(accepted_at=None, expires_at__lt=at - INVITATIONS_KEPT).delete()


@every(timedelta(days=1), name="forget-addresses-of-browsers")
def forget_addresses_of_browsers(at: datetime) -> None:
    """The list of sessions keeps no network address for more than a day, and no session that is over."""
    UserSession.objects.exclude(session_key__in=Session.objects.filter(expire_date__gt=at).values("session_key")).delete()
    UserSession.objects.filter(last_seen_at__lt=at - timedelta(days=1)).exclude(ip=NOWHERE).update(ip=NOWHERE)


@every(timedelta(minutes=5), name="end-suspensions")
def end_suspensions(at: datetime) -> None:
    """Whoever was suspended until a day comes back when it is there; the journal says that nobody had to do it."""
    for person in User.objects.filter(suspended_at__isnull=False, suspended_until__lte=at).order_by("pk"):
        actions.end_suspension(person, by=User.objects.system(), at=at)
