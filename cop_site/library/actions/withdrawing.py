"""The deed that takes a text off the shelves and leaves nothing of it (docs/decisions/008-withdrawal-leaves-nothing.md)."""

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core import text
from cop_site.core.access import require
from cop_site.files.actions import discard

from .. import policy
from ..models import AdaptationReport, FieldComment, ImportLine, Practice, ReadingListEntry, WithdrawalKind, WorkingText
from .parts import is_seen_by, locked, refuse_personal_data, set_on_the_shelf

# All that stays: that it was, whose, who could read it, when and why it went. A column that is not named here is emptied,
# so that a new one cannot be forgotten. The slug is the tombstone's address; the id from elsewhere keeps imports from
# bringing it back.
KEPT = frozenset(
    "id slug external_id is_imported state author organisation organisation_hidden circle visibility created_at changed_at"
    " first_published_at was_public_at shelf_changed_at withdrawn_at withdrawal_kind withdrawal_reason".split()
)


@deed
def withdraw_practice(practice: Practice, *, by: User, reason: str, kind: str = WithdrawalKind.OTHER) -> Practice:
    """Take a practice off the shelves for good, and its translations with it: their pages say when and why, nothing else."""
    practice = locked(practice)
    require(policy.can_withdraw(by, practice) and is_seen_by(by, practice) and bool(reason.strip()))
    refuse_personal_data(reason)
    why = {"withdrawal_reason": text.one_line(reason), "withdrawal_kind": WithdrawalKind(kind)}
    for translation in practice.translations.exclude(state=Practice.State.WITHDRAWN).select_for_update(of=("self",)):
        if translation.first_published_at:
            _withdraw(translation, by=by, **why)
        else:
            discard_whole(translation, by=by)
    _withdraw(practice, by=by, **why)
    return practice


def _withdraw(practice: Practice, *, by: User, **why: str) -> None:
    _leave_nothing(practice)
    set_on_the_shelf(practice, state=Practice.State.WITHDRAWN, withdrawn_at=timezone.now(), **why)
    record(Verb.WITHDREW_PRACTICE, by=by, subject=practice, kind=why["withdrawal_kind"])


def _leave_nothing(practice: Practice) -> None:
    """Empty the row and all that repeats its words: revisions, unsaved typing, files, notes, comments, reports, places in lists, imports."""
    _discard_files(practice)
    revisions = practice.revisions
    for field in Practice._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(practice, field.attname, _nothing(field))
    practice.save()
    revisions.all().delete()
    WorkingText.objects.filter(practice=practice).delete()
    FieldComment.objects.filter(review__practice=practice).delete()
    practice.reviews.update(note="", criteria_scores={}, evidence_level_set="")
    practice.guard_overrides.update(reason="")
    _lines_about(practice).update(told="", said="", named={}, reason="")
    reports = {"text": "", "html": "", "warn_reason": "", "note": "", "state": AdaptationReport.State.WITHDRAWN}
    practice.adaptation_reports.update(**reports)
    ReadingListEntry.objects.filter(practice=practice).delete()


def _lines_about(practice: Practice) -> QuerySet[ImportLine]:
    """Lines of files that brought it in, or would again."""
    is_about = Q(practice=practice) | (Q(external_id=practice.external_id) if practice.external_id else Q(pk__in=[]))
    return ImportLine.objects.filter(is_about)


def _nothing(field: models.Field) -> object:
    if field.name == "live":
        return False
    return None if field.null else field.get_default()


def _discard_files(practice: Practice) -> None:
    for kept in practice.files.select_related("file"):
        discard(kept.file)


def discard_whole(practice: Practice, *, by: User) -> None:
    """Delete a text that was never published, with its revisions and files."""
    record(Verb.DISCARDED_PRACTICE, by=by, subject=practice)
    _discard_files(practice)
    practice.delete()
