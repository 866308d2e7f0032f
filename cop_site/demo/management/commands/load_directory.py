"""Synthetic public organisations in bulk, for measurements; prints one line of JSON. Demo mode only."""

import json
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.models import User
from cop_site.demo import listing
from cop_site.demo.planting import SECRETARIAT

MOST = 100_000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--organisations", type=int, default=5_000, help="how many there shall be in all (5000)")

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("Synthetic content is for demo mode only.")
        if not 0 <= options["organisations"] <= MOST:
            raise CommandError(f"--organisations must lie between 0 and {MOST}.")
        if not User.objects.filter(email=SECRETARIAT).exists():
            raise CommandError("There is no demo network yet: run seed_demo first.")
        started, told_at = time.monotonic(), [0.0]

        def tell(done: int) -> None:
            if time.monotonic() - told_at[0] > 10:
                told_at[0] = time.monotonic()
                self.stderr.write(f"{done} of {options['organisations']}, {time.monotonic() - started:.0f} s")

        self.stdout.write(json.dumps(listing.load(options["organisations"], tell=tell)))
