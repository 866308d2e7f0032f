"""The link in a mail by which a suspended person reads why, and objects: she cannot sign in, and has to be heard all the same."""

from typing import cast

from django.core import signing

from cop_site.accounts.models import User

from . import policy
from .choices import APPEALED_WITHIN
from .models import Decision

SALT = "cop_site.moderation.objecting"


def path_of(decision: Decision) -> str:
    """The path in the mail: it names the decision and nothing else."""
    return f"/moderation/objection/{signing.dumps(decision.pk, salt=SALT)}/"


def behind(token: str) -> tuple[Decision, User] | None:
    """The decision that a link was made for, and whom it suspends; None where it is forged, too old, or taken back."""
    try:
        number = signing.loads(token, salt=SALT, max_age=APPEALED_WITHIN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    decision = Decision.objects.standing().select_related("case__author").filter(pk=number).first()
    if decision is None or not policy.is_suspended_by(decision.case.author, decision):
        return None
    return decision, cast(User, decision.case.author)
