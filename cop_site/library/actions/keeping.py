"""Deeds about unfinished typing: kept for its author while she writes, dropped when it was saved."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.deeds import deed
from cop_site.core import text
from cop_site.core.access import require

from .. import policy
from ..models import Practice, WorkingText

AT_MOST = 8  # of one author; the oldest goes
LONGEST = 200_000  # characters: more than the longest form that may be handed in


class TooLong(ValueError):
    """More was typed than is kept."""


@deed
def keep_working_text(
    *, by: User, working: UUID, version: int, fields: dict[str, list[str]], practice: Practice | None = None
) -> WorkingText:
    """Keep what was typed so far, as the next version of ``working``.

    Where somebody's other tab has saved a newer version, or it is gone, this becomes a text of its own: nothing is
    written over, nothing is lost. Writes no journal and no revision: it happens every few seconds.
    """
    require(policy.can_share(by) if practice is None else policy.can_change(by, practice))
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise TooLong
    fields = {name: [text.normal(value) for value in values] for name, values in fields.items()}
    own = WorkingText.objects.visible_to(by)
    same = own.filter(key=working, version=version, practice=practice)
    if version and same.update(fields=fields, version=F("version") + 1, saved_at=timezone.now()):
        return own.get(key=working)
    new = {"practice": practice, "fields": fields}
    kept, is_new = WorkingText.objects.get_or_create(author=by, key=uuid4() if version else working, defaults=new)
    if not is_new:
        kept = WorkingText.objects.create(author=by, key=uuid4(), **new)
    _drop_oldest(by)
    return kept


@deed
def drop_working_text(*, by: User, working: UUID) -> None:
    """Forget what was typed: it was saved, or its author does not want it."""
    WorkingText.objects.visible_to(by).filter(key=working).delete()


def _drop_oldest(author: User) -> None:
    old: Any = WorkingText.objects.visible_to(author).order_by("-saved_at", "-pk").values_list("pk", flat=True)[AT_MOST:]
    WorkingText.objects.filter(pk__in=list(old)).delete()
