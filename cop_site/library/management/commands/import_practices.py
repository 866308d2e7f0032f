"""Brings in practices from a JSONL or CSV file, line by line; run again it updates by id. docs/import.md tells the keys."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cop_site.accounts.models import Level, Role, User
from cop_site.activity.runner import run_pending
from cop_site.library import actions, policy
from cop_site.library.importing.content import Refused, record_of
from cop_site.library.importing.reading import Line, Unreadable, lines_in
from cop_site.library.importing.weighing import Outcome, Weighed, Wish, row_of, weigh

DRY = {Outcome.CREATED: "would create", Outcome.UPDATED: "would update", Outcome.HELD: "would hold"}
REFUSED = "refused"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="JSONL, or CSV where the name ends in .csv")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--publish", action="store_true", help="put them on the shelf; for publik, your recorded safety approval")
        levels = [level for level in Level.values if level not in {Level.CIRCLE, Level.ORGANISATION}]
        parser.add_argument("--visibility", choices=levels, default=Level.NETWORK, help="for lines that name none (jaringan)")
        parser.add_argument("--by", metavar="ACCOUNT", help="e-mail address of the secretariat account that imports (the first one)")

    def handle(self, *args, **options):
        self.by = self._importer(options["by"])
        self.wish = Wish(options["publish"], options["visibility"])
        self.is_dry, self.met, done = options["dry_run"], {}, Counter()
        try:
            for line in lines_in(options["file"]):
                done[self._bring_in(line)] += 1
        except Unreadable as why:
            raise CommandError(f"{options['file']} {why}") from None
        while not self.is_dry and run_pending():
            pass  # search and API answer with what came in
        self._sum_up(options["file"], done)

    def _importer(self, address):
        accounts = User.objects.filter(role=Role.SECRETARIAT, is_active=True).order_by("pk")
        importer = (User.objects.filter(email__iexact=address) if address else accounts).first()
        if importer is None:
            raise CommandError(f"There is no account {address}." if address else "There is no secretariat account yet that could import.")
        if not policy.can_import(importer):
            raise CommandError(f"The account {importer.email} may not import: only the secretariat may.")
        return importer

    def _bring_in(self, line: Line) -> str:
        """Do what one line asks, say so, and return what was done."""
        try:
            if line.refusal:
                raise Refused(line.refusal)
            told = record_of(line.told)
            if first := self.met.get(told.external_id):
                raise Refused(f"id {told.external_id!r} stands in line {first} already")
            self.met[told.external_id] = line.number
            weighed = weigh(row_of(told.external_id), told, self.wish)
            if not self.is_dry:
                actions.import_practice(by=self.by, told=told, wish=self.wish)
        except Refused as why:
            self.stdout.write(f"line {line.number}: {REFUSED}: {why}")
            return REFUSED
        self.stdout.write(f"line {line.number}: {self._what(weighed, told.external_id)}")
        return weighed.outcome

    def _what(self, weighed: Weighed, external_id: str) -> str:
        done = DRY.get(weighed.outcome, weighed.outcome) if self.is_dry else weighed.outcome
        if weighed.outcome == Outcome.HELD:
            return f"{done} {external_id} as a private draft: {', '.join(weighed.types)}"
        return f"{done} {external_id}"

    def _sum_up(self, file, done):
        if not done:
            raise CommandError(f"{file} holds no lines.")
        parts = [f"{number} {DRY.get(what, what) if self.is_dry else what}" for what, number in sorted(done.items())]
        self.stdout.write(f"{done.total()} lines: {', '.join(parts)}.")
        if set(done) == {REFUSED}:
            raise CommandError("Nothing was brought in: every line was refused.")
