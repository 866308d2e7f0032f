"""Timed jobs about people."""

from datetime import datetime, timedelta

from cop_site.core.clock import every

from .models import Application, Role, User

UNCONFIRMED_KEPT = timedelta(days=14)


@every(timedelta(days=1), name="forget-unconfirmed-accounts")
def forget_unconfirmed_accounts(at: datetime) -> None:
    """Accounts whose address was never confirmed are somebody's typing error, or somebody else's address."""
    User.objects.filter(
        role=Role.APPLICANT, application__state=Application.State.UNCONFIRMED, date_joined__lt=at - UNCONFIRMED_KEPT
    ).delete()
