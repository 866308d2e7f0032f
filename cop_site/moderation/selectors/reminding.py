"""What waits too long, and who should hear of it: whoever is on duty, then who stands in, then the secretariat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from cop_site.accounts.models import Role, User

from .. import policy
from ..choices import APPEALS_REMINDED_AFTER, REMINDED_AFTER, Severity
from ..models import Appeal, Case, Duty

STAGES = 3


@dataclass(frozen=True)
class Desk:
    """Those who are told, stage by stage; where nobody has a turn, the next ones are."""

    stages: tuple[tuple[User, ...], ...]

    def told_at(self, stage: int) -> tuple[User, ...]:
        return next((people for people in self.stages[stage - 1 :] if people), ())


def desk_of(day: datetime) -> Desk:
    """Whose turn it is."""
    today = Duty.objects.on(timezone.localdate(day)).select_related("person").order_by("pk")
    on_duty = tuple(duty.person for duty in today if not duty.is_backup)
    backups = tuple(duty.person for duty in today if duty.is_backup)
    return Desk((on_duty, backups, tuple(User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk"))))


def stage_of(waited: timedelta, hours: int) -> int:
    """How often the time has passed after which a case is a reminder's business."""
    return min(int(waited / timedelta(hours=hours)), STAGES)


def due(at: datetime) -> Iterator[tuple[Case | Appeal, list[User]]]:
    """What has come to its next stage since somebody was reminded, with those who may do something about it."""
    desk = desk_of(at)
    for case in Case.objects.open().unclaimed(at).gravest_first():
        if stage := _next_stage(case.opened_at, case.reminded_at, REMINDED_AFTER[Severity(case.severity)], at):
            yield case, [person for person in desk.told_at(stage) if _sees(person, case)]
    for appeal in Appeal.objects.open().select_related("decision"):
        if stage := _next_stage(appeal.at, appeal.reminded_at, APPEALS_REMINDED_AFTER, at):
            yield appeal, _who_judge(appeal, desk.told_at(stage))


def on_duty(case: Case, *, at: datetime) -> list[User]:
    """Who is called first."""
    return [person for person in desk_of(at).told_at(1) if _sees(person, case)]


def _next_stage(since: datetime, reminded_at: datetime | None, hours: int, at: datetime) -> int:
    """The stage that was reached; 0 where nobody has to hear of it anew."""
    stage = stage_of(at - since, hours)
    return stage if stage > (stage_of(reminded_at - since, hours) if reminded_at else 0) else 0


def _sees(person: User, case: Case) -> bool:
    return policy.can_sit_at_desk(person) and Case.objects.visible_to(person).filter(pk=case.pk).exists()


def _who_judge(appeal: Appeal, people: tuple[User, ...]) -> list[User]:
    """Of those on duty whoever did not decide; where that is nobody, all moderators who did not."""
    able = [person for person in people if _may_judge(person, appeal)]
    others = User.objects.filter(role__in=[Role.MODERATOR, Role.SECRETARIAT], is_active=True).order_by("pk")
    return able or [person for person in others if _may_judge(person, appeal)]


def _may_judge(person: User, appeal: Appeal) -> bool:
    return policy.can_decide_appeal(person, appeal) and _sees(person, appeal.decision.case)
