"""How much is unread: asked for every page that somebody signed in looks at, so it has to cost next to nothing."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.accounts.policy import role_of

from ..choices import MOST_COUNTED
from ..models import Notification
from ..policy import can_be_told

_WHOEVER_ASKS = -1  # no number of a person


def unread_count(user: Any) -> int:
    """How many rows one has not looked at and may still see; counted up to one more than is shown."""
    if not can_be_told(user):
        return 0
    sql, chosen = _question(role_of(user), timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(sql, [user.pk if value == _WHOEVER_ASKS else value for value in chosen])
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=32)
def _question(role: str, today: date) -> tuple[str, tuple[Any, ...]]:
    """What ``visible_to`` and ``unread`` ask, for whoever has a role on one day.

    Writing that question anew takes many times as long as answering it, and for two people of one role it differs
    by nothing but their number. A test holds it to what the queryset says for the whole cast.
    """
    somebody = User(pk=_WHOEVER_ASKS, role=role)
    rows = Notification.objects.visible_to(somebody).unread().values("pk")[: MOST_COUNTED + 1]
    sql, chosen = rows.query.sql_with_params()
    return f"SELECT COUNT(*) FROM ({sql}) unread", tuple(chosen)
