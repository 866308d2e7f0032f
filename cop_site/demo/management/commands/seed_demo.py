"""Fills the site with the demo network: invented organisations, people and practices. Run again it changes nothing."""

import io

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cop_site.activity.runner import run_pending
from cop_site.demo import seeding


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("Refused: COP_MODE=production. The password of the demo accounts is public.")
        if seeding.is_there():
            self.stdout.write("The demo network is there already; nothing was changed.")
            return
        call_command("prepare_site", stdout=io.StringIO())
        done = seeding.seed()
        while run_pending():
            pass  # search answers with what was planted
        parts = [f"{done[kind, True]} {kind}" for kind in ("organisations", "people", "circles", "practices")]
        left_out = sum(number for (_kind, planted), number in done.items() if planted is None)
        self.stdout.write(f"The demo network: planted {', '.join(parts)}{f'; left out {left_out}' if left_out else ''}.")
