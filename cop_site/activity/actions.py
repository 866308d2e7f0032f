"""Writing the journal."""

from typing import Any

from django.db import models, transaction

from cop_site.core import ring

from .listening import listeners_after, listeners_within
from .models import Activity, Delivery
from .verbs import Verb

BELL = "deliveries"
SEALS = "seals"


def record(verb: Verb, *, by: Any, subject: models.Model, reason: str = "", **facts: Any) -> Activity:
    """Write down that ``by`` did ``verb`` to ``subject``, and who must hear of it, in the deed's transaction.

    ``facts`` are ids and choices; members' words do not belong here.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside a deed: it must stand or fall with the rows.")
    activity = Activity.objects.create(verb=verb, actor=by, subject=subject, reason=reason, facts=facts)
    Delivery.objects.bulk_create(Delivery(activity=activity, listener=name) for name in listeners_after(verb))
    for listener in listeners_within(verb):
        listener(activity)
    transaction.on_commit(_ring)
    return activity


def _ring() -> None:
    ring.ring(BELL)
    ring.ring(SEALS)
