"""The links of invitations: signed, for one row, and worthless once that row was accepted, withdrawn or has expired."""

from django.conf import settings
from django.core import signing

from .models import Invitation

SALT = "accounts.invitation"


def path_of(invitation: Invitation) -> str:
    """The path that an invitation's mail leads to; it names the row and holds no address."""
    return f"/accounts/invited/{signing.dumps(invitation.pk, salt=SALT)}/"


def address_of(invitation: Invitation) -> str:
    """The whole link, for a mail or a terminal."""
    return f"{settings.SITE_URL}{'/en' if invitation.language == 'en' else ''}{path_of(invitation)}"


def behind(token: str) -> Invitation | None:
    """The invitation that a link was made for, in whatever state; None where the link was never ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.filter(pk=number).first()
