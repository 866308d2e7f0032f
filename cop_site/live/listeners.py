"""What follows from deeds at once: who may have lost a right is looked at before anything more is told; whoever reads a topic hears that it has grown."""

from functools import partial

from django.db import transaction

from cop_site.activity.listening import listens_to
from cop_site.activity.models import Activity
from cop_site.activity.verbs import Verb
from cop_site.core import ring

TOPIC = "topic"  # rings with the number of a topic in which more can be read
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
    """As soon as the deed is certain; what no deed takes away is noticed in the next look."""
    transaction.on_commit(partial(ring.tell, ring.RIGHTS, None))


@listens_to(Verb.REPLIED, Verb.RELEASED_POST, Verb.MERGED_TOPICS, within_the_deed=True)
def ring_for_a_topic(activity: Activity) -> None:
    """As soon as a post can be read, and never for one that waits."""
    if not activity.facts.get("held"):
        transaction.on_commit(partial(ring.tell, TOPIC, activity.facts.get("topic", activity.subject_id)))
