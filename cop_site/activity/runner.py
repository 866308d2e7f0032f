"""The runner: tells listeners what happened, again and again until they took it."""

import logging
import threading
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from cop_site.core import clock, ring

from . import errands
from .actions import BELL
from .listening import AGAIN, listener_named
from .models import Delivery

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LEASE = timedelta(seconds=60)
LOOK_EVERY = 1.0  # seconds; a lost ring costs no more than this
CLOCK_EVERY = timedelta(seconds=30)


def run_pending(limit: int = 10_000) -> int:
    """Work off what waits, oldest first; returns how many deliveries were tried."""
    tried = 0
    while tried < limit and _deliver_one():
        tried += 1
    return tried


def _deliver_one() -> bool:
    """Tell one listener of one activity; says whether there was one to tell."""
    delivery = _claim()
    if delivery is None:
        return False
    listener = listener_named(delivery.listener)
    try:
        outcome = listener(delivery.activity) if listener else None
    except Exception as error:
        _try_again_later(delivery, error)
    else:
        has_more = outcome == AGAIN
        now = {"not_before": timezone.now(), "attempts": 0} if has_more else {"state": Delivery.State.DONE}
        Delivery.objects.filter(pk=delivery.pk).update(**now, error="")
    return True


@transaction.atomic
def _claim() -> Delivery | None:
    """Lease the oldest waiting delivery; whoever dies with it gives it back when the lease ends.

    The listener runs outside this transaction: it may send mail, and nobody shall wait for a mail server.
    """
    now = timezone.now()
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=now)
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    delivery = waiting.select_related("activity").order_by("not_before", "pk").first()
    if delivery:
        delivery.attempts += 1
        delivery.not_before = now + LEASE
        delivery.save(update_fields=["attempts", "not_before"])
    return delivery


def _try_again_later(delivery: Delivery, error: Exception) -> None:
    # The type alone: an exception's words may hold what a member wrote.
    log.error("Listener %s failed on activity %s: %s", delivery.listener, delivery.activity_id, type(error).__name__)
    Delivery.objects.filter(pk=delivery.pk).update(
        error=type(error).__name__,
        state=Delivery.State.PARKED if delivery.attempts >= MOST_ATTEMPTS else Delivery.State.WAITING,
        not_before=timezone.now() + timedelta(seconds=min(2**delivery.attempts, 3600)),
    )


class Runner(threading.Thread):
    """Delivers and runs timed jobs: beside the web server in the embedded shape, alone in ``manage.py worker``."""

    def __init__(self) -> None:
        super().__init__(name="runner", daemon=True)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the delivery at hand."""
        self._stopped.set()
        ring.ring(BELL)
        errands.wake_all()

    def run(self) -> None:
        beside = errands.threads(self._stopped)
        for thread in beside:
            thread.start()
        self._deliver()
        for thread in beside:
            thread.join(timeout=5)

    def _deliver(self) -> None:
        clock_at = timezone.now()
        while not self._stopped.is_set():
            try:
                run_pending()
                if timezone.now() >= clock_at:
                    clock.run_due()
                    clock_at = timezone.now() + CLOCK_EVERY
            except Exception as error:
                log.error("The runner stumbled (%s) and goes on.", type(error).__name__)
                self._stopped.wait(2)
            close_old_connections()
            ring.wait_for(BELL, LOOK_EVERY)
        connection.close()
