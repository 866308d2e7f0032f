"""Timed jobs of the journal."""

import logging
from datetime import datetime, timedelta

from cop_site.core.clock import every

from . import sealing
from .models import Deed

log = logging.getLogger(__name__)

KEEP_KEYS = timedelta(days=30)  # nobody sends a form again after that


@every(timedelta(days=1), name="forget-old-deed-keys")
def forget_old_deed_keys(at: datetime) -> None:
    Deed.objects.filter(at__lt=at - KEEP_KEYS).delete()


@every(timedelta(days=1), name="verify-journal")
def verify_journal(at: datetime) -> None:
    """Whoever runs the site hears of it within a day where the journal was changed past the site."""
    if faults := sum(1 for _fault in sealing.verify()):
        log.error("The journal does not hold in %d places: somebody changed it past the site. See manage.py audit verify.", faults)
