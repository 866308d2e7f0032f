"""Timed jobs: declared with ``@every``, run under a named lock by the embedded process or by ``manage.py clock``."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from .models import JobRun

log = logging.getLogger(__name__)

Work = Callable[[datetime], None]


@dataclass(frozen=True)
class Job:
    name: str
    period: timedelta
    work: Work


jobs: dict[str, Job] = {}


def every(period: timedelta, *, name: str) -> Callable[[Work], Work]:
    """Run the function at least ``period`` apart; it gets the time, and must do no harm when it runs twice."""

    def declare(work: Work) -> Work:
        jobs[name] = Job(name, period, work)
        return work

    return declare


def run_due(*, at: datetime | None = None, only: str | None = None) -> list[str]:
    """Run the jobs whose time has come (or the one named ``only``, whatever its time); returns their names."""
    at = at or timezone.now()
    chosen = [jobs[only]] if only else list(jobs.values())
    return [job.name for job in chosen if _run(job, at, even_if_early=bool(only))]


def _run(job: Job, at: datetime, *, even_if_early: bool) -> bool:
    if not _claim(job, at, even_if_early=even_if_early):
        return False
    try:
        job.work(at)
    except Exception:
        log.exception("The timed job %s failed; it runs again at its next time.", job.name)
        return False
    return True


@transaction.atomic
def _claim(job: Job, at: datetime, *, even_if_early: bool) -> bool:
    """Take the job's named lock; two processes that ask at once get one yes."""
    JobRun.objects.get_or_create(name=job.name)
    last = JobRun.objects.select_for_update().get(name=job.name)
    if last.ran_at and not even_if_early and at - last.ran_at < job.period:
        return False
    JobRun.objects.filter(pk=last.pk).update(ran_at=at)
    return True
