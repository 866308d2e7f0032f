"""The deed that brings a row before moderators."""

from django.db import models

from cop_site.accounts.models import User
from cop_site.activity.actions import record
from cop_site.activity.deeds import deed
from cop_site.activity.verbs import Verb
from cop_site.core.access import require

from .. import kinds, policy
from ..choices import LONGEST_NOTE, SEVERITY_OF, Origin, Reason
from ..models import Report
from .parts import checked, keep_snapshot, open_or_found, raise_severity


@deed
def report(row: models.Model, *, by: User, reason: str, note: str = "") -> Report:
    """Tell moderators of something that one reads and somebody else made. Whoever says it twice has said it once."""
    kind, why = kinds.kind_of(row), Reason(reason)
    seen = kind.find(row.pk, by)
    require(policy.can_report(by) and seen is not None and not kind.is_hers(by, seen))
    note = checked("note", note, most=LONGEST_NOTE, is_needed=why == Reason.OTHER)
    case, _is_new = open_or_found(seen, reporter=by, origin=Origin.REPORTED, severity=SEVERITY_OF[why])
    if said := case.reports.filter(by=by).first():
        return said
    made = Report.objects.create(case=case, snapshot=keep_snapshot(case, seen), by=by, reason=why, note=note)
    raise_severity(case, SEVERITY_OF[why])
    record(Verb.REPORTED, by=by, subject=made, case=case.pk, kind=kind.name, why=why)
    return made
