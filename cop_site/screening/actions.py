"""Deeds about what may stand in texts. Who may do them is said where the screens are (cms.policy)."""

from typing import Any

from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb

from . import selectors
from .models import Allowance


@deed
def list_contact(allowance: Allowance, *, by: Any) -> Allowance:
    """List a verified contact, or correct one; texts screened from now on may hold it."""
    allowance.full_clean()
    allowance.save()
    record(Verb.LISTED_CONTACT, by=by, subject=allowance, kind=allowance.kind)
    selectors.forget()
    return allowance


@deed
def unlist_contact(allowance: Allowance, *, by: Any) -> None:
    """Take a contact off the list; texts screened from now on may not hold it."""
    record(Verb.UNLISTED_CONTACT, by=by, subject=allowance, kind=allowance.kind)
    allowance.delete()
    selectors.forget()
