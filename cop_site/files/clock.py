"""Timed jobs about files: the net under ``discard``, for what an ended process left lying."""

from datetime import datetime, timedelta

from cop_site.core.clock import every

from . import keeping, selectors
from .actions import discard

CLAIMED_WITHIN = timedelta(days=1)
ROW_WITHIN = timedelta(minutes=2)  # longer than any deed lasts between the bytes and its end
DESK_WITHIN = timedelta(minutes=10)


@every(timedelta(seconds=30), name="sweep-files")
def sweep_files(at: datetime) -> None:
    """Bytes without a row are gone within a minute: the deed that let go of them was certain."""
    for file_id in selectors.without_row(keeping.kept_before(at - ROW_WITHIN)):
        keeping.drop(file_id)
    keeping.forget_desks_before(at - DESK_WITHIN)


@every(timedelta(hours=1), name="forget-unclaimed-files")
def forget_unclaimed_files(at: datetime) -> None:
    """What somebody uploaded and nobody listed anywhere is gone after a day."""
    for file in selectors.unclaimed_before(at - CLAIMED_WITHIN):
        discard(file)
