"""Numbers of questions, polls and rounds within their room or event."""

from typing import Any

from django.db.models import Max


def next_of(rows: Any) -> int:
    """The number after the last one among ``rows``, which the caller has locked or alone writes."""
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
