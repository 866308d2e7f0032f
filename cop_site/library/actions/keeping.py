"""Deeds about unfinished typing: kept for its author while she writes, dropped when it was saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q
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


@dataclass(frozen=True)
class Sending:
    """From which tab of a browser words come, and as its how-manieth sending; forms without scripts do not say."""

    tab: UUID | None = None
    turn: int = 0


@deed
def keep_working_text(
    *,
    by: User,
    working: UUID,
    version: int,
    fields: dict[str, list[str]],
    practice: Practice | None = None,
    sending: Sending = Sending(),
) -> WorkingText:
    """Keep what was typed so far, as the next version of ``working``.

    Where somebody's other tab has saved a newer version, or it is gone, this becomes a text of its own: nothing is
    written over, nothing is lost. What a later sending of the same tab has overtaken on its way is let go: that one held
    the same words, or better ones. Writes no journal and no revision: it happens every few seconds.
    """
    require(policy.can_share(by) if practice is None else policy.can_change(by, practice))
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise TooLong
    said = {name: [text.normal(value) for value in values] for name, values in fields.items()}
    words = {"fields": said, "tab": sending.tab, "turn": sending.turn}
    if version == 0:
        kept, is_new = WorkingText.objects.get_or_create(author=by, key=working, defaults=words | {"practice": practice})
        if is_new:
            return _among_few(kept)
    same = WorkingText.objects.filter(author=by, key=working)
    follows = Q(version=version) | (Q(tab=sending.tab) if sending.tab else Q(pk=None))
    goes_on = same.filter(follows, practice=practice, has_ended=False).exclude(_overtakes(sending))
    if goes_on.update(**words, version=F("version") + 1, saved_at=timezone.now()):
        return same.get()
    if newer := same.filter(_overtakes(sending)).first():
        return newer
    return _among_few(WorkingText.objects.create(author=by, key=uuid4(), practice=practice, **words))


def _overtakes(sending: Sending) -> Q:
    """What the same tab said later, or has saved for good."""
    return Q(tab=sending.tab) & (Q(turn__gte=sending.turn) | Q(has_ended=True)) if sending.tab else Q(pk=None)


@deed
def drop_working_text(*, by: User, working: UUID, sending: Sending = Sending()) -> None:
    """Forget what was typed: it was saved, or its author does not want it. What ``sending`` has overtaken will not bring it back."""
    if sending.tab is None:
        WorkingText.objects.visible_to(by).filter(key=working).delete()
        return
    ended = {"fields": {}, "has_ended": True, "tab": sending.tab, "turn": sending.turn, "saved_at": timezone.now()}
    WorkingText.objects.update_or_create(author=by, key=working, defaults=ended)


def _among_few(kept: WorkingText) -> WorkingText:
    old: Any = WorkingText.objects.visible_to(kept.author).order_by("-saved_at", "-pk").values_list("pk", flat=True)[AT_MOST:]
    WorkingText.objects.filter(pk__in=list(old)).delete()
    return kept
