"""Timed jobs of the search."""

from datetime import datetime, timedelta

from django.utils import timezone

from cop_site.core.clock import every

from .missed import KEPT_FOR
from .models import Miss


@every(timedelta(days=1), name="forget-misses")
def forget_misses(at: datetime) -> None:
    """What was not found half a year ago is no gap to look after."""
    Miss.objects.filter(day__lt=timezone.localdate(at) - KEPT_FOR).delete()
