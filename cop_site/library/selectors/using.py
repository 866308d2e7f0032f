"""What became of a practice elsewhere: reports of those who tried it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import cached_property

from cop_site.accounts.models import Organisation, User

from .. import evidence_policy
from ..models import AdaptationReport, AdaptationReportQuerySet, Practice
from .desk import is_colleague, is_colleague_of_report


@dataclass(frozen=True)
class Adaptation:
    """A report as ``viewer`` finds it: an organisation that she may not know of is not named."""

    report: AdaptationReport
    viewer: User
    organisation: Organisation | None

    @property
    def is_own(self) -> bool:
        return self.viewer.pk is not None and self.report.author_id == self.viewer.pk

    @property
    def can_withdraw(self) -> bool:
        return evidence_policy.can_withdraw_adaptation(self.viewer, self.report)

    @property
    def waits_for_viewer(self) -> bool:
        """A link to the desk: whether it is hers to decide, the desk says."""
        return self.report.state == AdaptationReport.State.WAITING and not self.is_own


@dataclass(frozen=True)
class Adaptations:
    """The reports about ``practice`` that ``viewer`` may read, and what she may add."""

    practice: Practice
    viewer: User

    @cached_property
    def shown(self) -> list[Adaptation]:
        found = AdaptationReport.objects.visible_to(self.viewer).filter(practice=self.practice).select_related("organisation")
        reports = list(found)
        for report in reports:
            if report.author_id != self.viewer.pk:
                report.note = ""  # between its author and those who weighed it
        known = set(
            Organisation.objects.visible_to(self.viewer)
            .filter(pk__in={report.organisation_id for report in reports})
            .values_list("pk", flat=True)
            if reports
            else ()
        )
        return [Adaptation(one, self.viewer, one.organisation if one.organisation_id in known else None) for one in reports]

    @property
    def can_report(self) -> bool:
        return evidence_policy.can_report_adaptation(self.viewer, self.practice)

    @cached_property
    def can_set_evidence(self) -> bool:
        if not evidence_policy.can_set_evidence(self.viewer, self.practice, is_colleague=False):
            return False
        return not is_colleague(self.viewer, self.practice)


def adaptations(practice: Practice, viewer: User) -> Adaptations:
    """For the practice's page (``library/_adaptations.html``)."""
    return Adaptations(practice, viewer)


@dataclass(frozen=True)
class ReportItem:
    """A report on the desk of ``viewer``, and whether it is hers to decide."""

    report: AdaptationReport
    may_decide: bool


def report_item(viewer: User, pk: int) -> ReportItem | None:
    """The report with this number, if it waits for ``viewer``."""
    report = _whole(AdaptationReport.objects.on_the_desk_of(viewer)).filter(pk=pk).first()
    if report is None:
        return None
    colleague = is_colleague_of_report(viewer, report)
    return ReportItem(report, evidence_policy.can_decide_adaptation(viewer, report, is_colleague=colleague))


def sent_about(viewer: User, pk: int) -> AdaptationReport | None:
    """The report that a sent decision is about: on her desk, or decided by her before (a second sending)."""
    here = Q(pk__in=AdaptationReport.objects.on_the_desk_of(viewer).values("pk"))
    return _whole(AdaptationReport.objects.filter(here | Q(decided_by=viewer), pk=pk)).first()


def may_be_withdrawn(viewer: User, pk: int) -> AdaptationReport | None:
    """A report that ``viewer`` reads, or one she took back before (a second sending)."""
    seen = Q(pk__in=AdaptationReport.objects.visible_to(viewer).values("pk"))
    return _whole(AdaptationReport.objects.filter(seen | Q(decided_by=viewer), pk=pk)).first()


def _whole(reports: AdaptationReportQuerySet) -> AdaptationReportQuerySet:
    return reports.select_related("practice__author", "practice__organisation", "organisation", "author")
