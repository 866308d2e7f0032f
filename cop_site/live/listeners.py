"""What takes a right away is looked at at once, before anything more is told; what no deed takes away within a second."""

from functools import partial

from django.db import transaction

from cop_site.activity.listening import listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core import ring

TAKES_RIGHTS = (
    Verb.SUSPENDED,
    Verb.CHANGED_ROLE,
    Verb.LEFT_CIRCLE,
    Verb.LEFT_ORGANISATION,
    Verb.CHANGED_PASSWORD,
    Verb.RESET_PASSWORD,
    Verb.ASKED_AGAIN,
)


@listens_to(*TAKES_RIGHTS, within_the_deed=True)
def look_again(activity: Activity) -> None:
    """As soon as the deed is certain."""
    transaction.on_commit(partial(ring.tell, ring.RIGHTS, None))
