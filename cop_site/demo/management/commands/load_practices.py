"""Synthetic public practices in bulk, for measurements; prints one line of JSON. Demo mode only."""

import json
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.models import User
from cop_site.demo import loading
from cop_site.demo.planting import SECRETARIAT

MOST = 1_000_000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--practices", type=int, default=100_000, help="how many there shall be in all (100000)")

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("Synthetic content is for demo mode only.")
        if not 0 <= options["practices"] <= MOST:
            raise CommandError(f"--practices must lie between 0 and {MOST}.")
        if not User.objects.filter(email=SECRETARIAT).exists():
            raise CommandError("There is no demo network yet: run seed_demo first.")
        started, told_at = time.monotonic(), [0.0]

        def tell(done: int) -> None:
            if time.monotonic() - told_at[0] > 10:
                told_at[0] = time.monotonic()
                self.stderr.write(f"{done} of {options['practices']}, {time.monotonic() - started:.0f} s")

        self.stdout.write(json.dumps(loading.load(options["practices"], tell=tell)))
