"""Timed jobs of the journal."""

from datetime import datetime, timedelta

from cop_site.core.clock import every

from .models import Deed

KEEP_KEYS = timedelta(days=30)  # nobody sends a form again after that


@every(timedelta(days=1), name="forget-old-deed-keys")
def forget_old_deed_keys(at: datetime) -> None:
    Deed.objects.filter(at__lt=at - KEEP_KEYS).delete()
