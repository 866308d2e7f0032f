"""Runs the timed jobs that are due; with --at as if it were then."""

from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cop_site.core import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--job", help="only this job, whether it is due or not")
        parser.add_argument("--at", help="a time like 2027-01-31T08:00+07:00 (tests and drills)")

    def handle(self, *args, job=None, at=None, **options):
        if job and job not in clock.jobs:
            raise CommandError(f"There is no job {job}. Jobs: {', '.join(sorted(clock.jobs))}.")
        if at and not settings.IS_DEMO:
            raise CommandError("--at is for tests and drills; production runs by the real clock.")
        for name in clock.run_due(at=self.time(at), only=job):
            self.stdout.write(name)

    def time(self, at):
        if not at:
            return None
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            raise CommandError(f"{at} is not a time like 2027-01-31T08:00+07:00.") from None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
