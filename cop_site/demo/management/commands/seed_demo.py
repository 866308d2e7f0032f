"""Fills the site with the demo network: invented organisations, people, practices and documents. Run again it changes nothing."""

import io

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cop_site.demo import seeding

KINDS = (
    *("organisations", "entries", "statements about regions", "people", "circles", "practices", "documents"),
    *("translations", "adaptations", "reading_lists", "saved_searches", "forums", "topics", "cases", "events"),
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--named", action="store_true", help="also the organisations that reports name: unverified, for the network")

    def handle(self, *args, **options):
        if not settings.IS_DEMO:
            raise CommandError("Refused: COP_MODE=production. The password of the demo accounts is public.")
        self._seed()
        if options["named"]:
            self.stdout.write(f"Organisations that reports name: planted {seeding.name_organisations()}.")

    def _seed(self):
        if seeding.is_there():
            self.stdout.write("The demo network is there already; nothing was changed.")
            return
        call_command("prepare_site", stdout=io.StringIO())
        done = seeding.seed()
        parts = [f"{done[kind, True]} {kind.replace('_', ' ')}" for kind in KINDS]
        left_out = sum(number for (_kind, planted), number in done.items() if planted is None)
        self.stdout.write(f"The demo network: planted {', '.join(parts)}{f'; left out {left_out}' if left_out else ''}.")
